// A new master key for a house.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "config/config.hpp"

namespace kindroom::operator_ {

// Makes a new master key and wraps every data key under it. The new key lies beside the old one until the database has
// been changed, in one transaction; then it takes the old one's place, which is kept under another name. Whatever crash
// comes between, settle_rotation() ends it one way or the other. Says to `out` which keys lie where then. Nothing, or a
// sentence about what is in the way.
std::optional<std::string> rotate_keys(const config::Config& config, std::ostream& out);

// Ends a rotation that was cut short: as the database is wrapped, so the key in place will be. Nothing, or a sentence.
// Before a server opens its database.
std::optional<std::string> settle_rotation(const config::Config& config);

}  // namespace kindroom::operator_
