// `kindroom --json`: one Request a line in, one Event a line out. docs/cli.md is the contract.
#pragma once

#include "cli/options.hpp"

namespace kindroom::cli {

Exit run_script(const Settings& settings);

}  // namespace kindroom::cli
