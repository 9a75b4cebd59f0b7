// The samples of rooms that never run unattended, for wire_samples.cpp.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

void add_attendance_commands(std::vector<CommandSample>& all);
void add_attendance_replies(std::vector<ReplySample>& all);
void add_attendance_events(std::vector<EventSample>& all);

}  // namespace kindroom::samples
