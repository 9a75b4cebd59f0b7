#include "ops/literal.hpp"

namespace kindroom::ops {

Literal name_of(Errc code) {
    switch (code) {
        case Errc::malformed:
            return "malformed";
        case Errc::invalid_argument:
            return "invalid_argument";
        case Errc::unknown_command:
            return "unknown_command";
        case Errc::hello_needed:
            return "hello_needed";
        case Errc::sign_in_needed:
            return "sign_in_needed";
        case Errc::already_signed_in:
            return "already_signed_in";
        case Errc::rules_needed:
            return "rules_needed";
        case Errc::not_allowed:
            return "not_allowed";
        case Errc::sign_in_failed:
            return "sign_in_failed";
        case Errc::invite_invalid:
            return "invite_invalid";
        case Errc::passphrase_unsuitable:
            return "passphrase_unsuitable";
        case Errc::banned:
            return "banned";
        case Errc::room_unavailable:
            return "room_unavailable";
        case Errc::not_in_room:
            return "not_in_room";
        case Errc::room_paused:
            return "room_paused";
        case Errc::floor_taken:
            return "floor_taken";
        case Errc::listen_only:
            return "listen_only";
        case Errc::slow_mode:
            return "slow_mode";
        case Errc::room_out_of_hours:
            return "room_out_of_hours";
        case Errc::text_empty:
            return "text_empty";
        case Errc::text_too_long:
            return "text_too_long";
        case Errc::name_unsuitable:
            return "name_unsuitable";
        case Errc::message_gone:
            return "message_gone";
        case Errc::edit_too_late:
            return "edit_too_late";
        case Errc::idempotency_mismatch:
            return "idempotency_mismatch";
        case Errc::cursor_invalid:
            return "cursor_invalid";
        case Errc::connection_resting:
            return "connection_resting";
        case Errc::stepped_away:
            return "stepped_away";
        case Errc::offered_before:
            return "offered_before";
        case Errc::no_shared_room:
            return "no_shared_room";
        case Errc::person_unknown:
            return "person_unknown";
        case Errc::too_many:
            return "too_many";
        case Errc::rate_limited:
            return "rate_limited";
        case Errc::unavailable:
            return "unavailable";
        case Errc::not_found:
            return "not_found";
        case Errc::recused:
            return "recused";
        case Errc::out_of_room:
            return "out_of_room";
        case Errc::no_contacts:
            return "no_contacts";
        case Errc::needs_another:
            return "needs_another";
        case Errc::network_banned:
            return "network_banned";
        case Errc::case_claimed:
            return "case_claimed";
        case Errc::case_closed:
            return "case_closed";
    }
    return "unknown";
}

}  // namespace kindroom::ops
