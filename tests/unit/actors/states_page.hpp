// What each call answers in each state, as docs/states.md prints it: the table of the code and nothing else.
#pragma once

#include <array>
#include <string>
#include <variant>

#include "actors/permissions.hpp"

namespace kindroom::actors::test {

inline constexpr std::array states{State::not_signed_in, State::without_consent, State::listen_only, State::words_held,
                                   State::out_of_room,   State::no_contacts,     State::banned,      State::away,
                                   State::firmly_away,   State::room_paused,     State::out_of_hours};
inline constexpr std::array titles{"not signed in",   "no consent",  "listen only", "words held",
                                   "out of the room", "no contacts", "banned",      "away",
                                   "firmly away",     "room paused", "out of hours"};

inline constexpr std::size_t commands = std::variant_size_v<domain::Command>;
inline const RoomId the_room(std::array<std::uint8_t, 16>{7});

// Of `the_room`, and meant.
domain::Command command_at(std::size_t index);
std::string name_of(std::size_t index);
std::string code_name(Errc code);
std::string states_page();

}  // namespace kindroom::actors::test
