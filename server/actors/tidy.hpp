// Texts of people, made safe before anybody judges or keeps them.
#pragma once

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/command.hpp"

namespace kindroom::actors {

// Cleans the texts of a command in place. Refuses with name_unsuitable, passphrase_unsuitable or bad_field. Lengths of
// messages and of rooms' texts are the domain's to judge, after this.
Result<void> tidy(domain::Command& command, const Limits& limits);

}  // namespace kindroom::actors
