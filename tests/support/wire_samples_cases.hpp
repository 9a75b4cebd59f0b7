// The samples of reports and cases, for wire_samples.cpp.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

void add_case_commands(std::vector<CommandSample>& all);
void add_case_replies(std::vector<ReplySample>& all);
void add_case_events(std::vector<EventSample>& all);

}  // namespace kindroom::samples
