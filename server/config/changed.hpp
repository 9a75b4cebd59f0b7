// What an operator changed in the file of a running server.
#pragma once

#include <string>
#include <vector>

#include "config/config.hpp"

namespace kindroom::config {

// The full names of the keys that differ and that a reload does not take in: all but the texts of the house and the
// limits of its filters. In the order of the sample. No values: nobody has asked to see them in a log.
std::vector<std::string> changed_for_a_restart(const Config& running, const Config& fresh);

}  // namespace kindroom::config
