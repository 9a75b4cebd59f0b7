// Who may ask what, in which state, and what it costs: one table with a row for each command.
#pragma once

#include <cstdint>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/command.hpp"

namespace kindroom::actors {

class Client;

// Whether the client may ask this now. Refuses with hello_needed, already_signed_in, sign_in_needed, rules_needed,
// not_allowed, and stepped_away (with retry_at where there is no way back before).
Result<void> may_ask(const domain::Command& command, const Client& client, std::uint32_t rules_version, TimePoint now);

// Takes from the client's rates. Refuses with rate_limited.
Result<void> charge(const domain::Command& command, Client& client, const Limits& limits, TimePoint now);

}  // namespace kindroom::actors
