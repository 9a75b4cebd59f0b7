// The samples of one's own data, for wire_samples.cpp.
#pragma once

#include <vector>

#include "support/wire_samples.hpp"

namespace kindroom::samples {

void add_data_commands(std::vector<CommandSample>& all);
void add_data_replies(std::vector<ReplySample>& all);

// A place in the middle of somebody's words.
domain::ExportPlace place();

}  // namespace kindroom::samples
