// The samples of decisions, for wire_samples.cpp.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

void add_decision_commands(std::vector<CommandSample>& all);
// Came later than other commands: the ids of those stay.
void add_hold_commands(std::vector<CommandSample>& all);
void add_decision_replies(std::vector<ReplySample>& all);
void add_decision_events(std::vector<EventSample>& all);

}  // namespace kindroom::samples
