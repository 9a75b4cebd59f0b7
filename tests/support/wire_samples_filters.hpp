// The samples of filters, of what waits for a moderator and of help, for wire_samples.cpp.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

void add_filter_commands(std::vector<CommandSample>& all);
void add_filter_replies(std::vector<ReplySample>& all);
void add_filter_events(std::vector<EventSample>& all);

}  // namespace kindroom::samples
