// The server as a process: everything is made, started, watched and taken down again here.
#pragma once

#include <filesystem>

#include "config/config.hpp"

namespace kindroom {

// How the process ends, for scripts and for systemd.
enum class ExitCode : int {
    done = 0,
    cannot_start = 1,   // an address in use, a store that cannot be opened, a missing key: said on standard error
    bad_usage = 2,      // a configuration or command line that cannot be understood
    storage_failed = 3  // a write whose outcome on the disk is unknown: restart, and the store recovers
};

// Serves until SIGTERM or SIGINT. `file` is where the configuration came from and is read again on SIGHUP.
ExitCode serve(const config::Config& config, const std::filesystem::path& file);

}  // namespace kindroom
