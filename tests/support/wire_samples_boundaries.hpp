// The samples of boundaries and contacts, for wire_samples.cpp. Kept apart because they are many.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

void add_boundary_commands(std::vector<CommandSample>& all);
void add_boundary_replies(std::vector<ReplySample>& all);
void add_boundary_events(std::vector<EventSample>& all);

}  // namespace kindroom::samples
