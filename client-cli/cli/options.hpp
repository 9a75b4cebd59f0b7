// What was asked for on the command line. The one file that knows CLI11 is options.cpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "cli/profiles.hpp"
#include "lib/line.hpp"

namespace kindroom::cli {

// Stable: docs/cli.md.
enum class Exit : int { done = 0, refused = 1, usage = 2, connection = 3 };

enum class Colour { automatic, always, never };

struct Settings {
    client::LineOptions line;
    ProfileStore profiles{ProfileStore::default_home()};
    // The profile in use; empty for a script without --profile, which then leaves no trace on disk.
    std::string profile_name;
    Profile profile;
    // What is said to somebody whose account is at another house than this; else empty.
    std::string elsewhere;
    std::string device_label;
    Colour colour = Colour::automatic;

    // -- people --
    std::string room;
    std::string name;
    std::optional<int> passphrase_fd;
    std::string history_file;

    // -- scripts --
    bool json = false;
    bool resume = false;
    bool reconnect = false;
    bool stay = false;
    bool wait_for_replies = true;
    bool hello = true;
    std::optional<std::chrono::milliseconds> timeout;
    std::chrono::milliseconds reply_timeout{30'000};
};

// Settings, or the code to leave with at once (after --help, or a mistake that has been told on stderr).
std::variant<Settings, int> read_options(int argc, char** argv);

}  // namespace kindroom::cli
