// The samples of circles, for wire_samples.cpp.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

domain::CircleView circle_view();
void add_circle_commands(std::vector<CommandSample>& all);
void add_circle_replies(std::vector<ReplySample>& all);
void add_circle_events(std::vector<EventSample>& all);

}  // namespace kindroom::samples
