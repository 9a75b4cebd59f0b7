// What the operator does with the data as a whole: copies it, brings a copy back, gives it a new master key. On the
// files themselves, and not through a running server.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <variant>

#include "config/config.hpp"

namespace kindroom::operator_ {

// While the server runs, or not.
struct MakeBackup {
    std::filesystem::path file{};
    // Where the newest copy of the key ring is kept; empty: beside the backup, under the ring's own name.
    std::filesystem::path ring{};
};
// Only while no server runs, but for `only_verify`, which changes nothing.
struct Restore {
    std::filesystem::path file{};
    bool only_verify = false;
    // A copy of the key ring, for where there is none any more; empty: the one beside the backup.
    std::filesystem::path ring{};
    // The master key that the backup was made under, if another one is in use by now.
    std::filesystem::path master_key{};
};
// Only while no server runs.
struct RotateKeys {};
using DataOrder = std::variant<MakeBackup, Restore, RotateKeys>;

// Does it and says what it did. Gives the code to leave with: 0; 1 for a backup that is refused; 2 for what cannot be
// done.
int look_after_data(const DataOrder& order, const config::Config& config, std::ostream& out, std::ostream& err);

}  // namespace kindroom::operator_
