// Every way in which Kindroom says no. Numbers are those of proto/kindroom/v1/errors.proto; wire/errc.cpp pins them.
#pragma once

#include <cstdint>

namespace kindroom {

enum class Errc : std::uint16_t {
    malformed = 1,
    invalid_argument = 2,
    unknown_command = 3,
    hello_needed = 4,
    sign_in_needed = 5,
    already_signed_in = 6,
    rules_needed = 7,
    not_allowed = 8,

    sign_in_failed = 20,
    invite_invalid = 21,
    passphrase_unsuitable = 22,
    banned = 23,

    room_unavailable = 30,
    not_in_room = 31,
    room_paused = 32,
    floor_taken = 33,
    listen_only = 34,
    slow_mode = 35,
    room_out_of_hours = 36,
    many_to_one = 37,

    text_empty = 40,
    text_too_long = 41,
    name_unsuitable = 42,
    message_gone = 43,
    edit_too_late = 44,
    idempotency_mismatch = 45,
    cursor_invalid = 46,

    connection_resting = 50,
    stepped_away = 51,
    offered_before = 52,
    no_shared_room = 53,
    person_unknown = 54,
    too_many = 55,

    rate_limited = 60,
    unavailable = 61,

    not_found = 70,

    recused = 80,
    out_of_room = 81,
    no_contacts = 82,
    needs_another = 83,
    network_banned = 84,
    case_claimed = 90,
    case_closed = 91,
    appeal_invalid = 92,
    would_be_held = 95,

    not_seated = 100,
    not_now = 101,
    nobody_drawn = 102,
    draw_full = 103,
};

}  // namespace kindroom
