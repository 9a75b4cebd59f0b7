// Who may ask what, in which state, and what it costs: one table with a row for each command.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/command.hpp"

namespace kindroom::actors {

class Client;

// States that close something to somebody; one can be in several at once.
enum class State : std::uint8_t {
    not_signed_in,
    without_consent,
    listen_only,
    words_held,
    out_of_room,
    no_contacts,
    banned,
    away,
    firmly_away,
    room_paused,
    out_of_hours,
};

// How the table answers a member in this state, of the room that the command is about; nothing: it is open. What it
// says is printed in docs/states.md.
std::optional<Errc> closed_in(State state, const domain::Command& command);

// Whether the client may ask this now. Refuses with hello_needed, already_signed_in, sign_in_needed, rules_needed,
// not_allowed, banned, out_of_room and no_contacts (with retry_at where a decision ends by itself), and stepped_away
// (with retry_at where there is no way back before).
Result<void> may_ask(const domain::Command& command, const Client& client, std::uint32_t rules_version, TimePoint now);

// Which room a command is about, if it is about one.
std::optional<RoomId> room_of(const domain::Command& command);

// Takes from the client's rates. Refuses with rate_limited.
Result<void> charge(const domain::Command& command, Client& client, const Limits& limits, TimePoint now);

}  // namespace kindroom::actors
