// Pins the numbers of base/errc.hpp to those of proto/kindroom/v1/errors.proto. Nothing here runs.
#include "base/errc.hpp"

#include "kindroom/v1/errors.pb.h"

namespace kindroom::wire {
namespace {

constexpr bool same(Errc ours, v1::ErrorCode theirs) { return static_cast<int>(ours) == static_cast<int>(theirs); }

static_assert(same(Errc::malformed, v1::ERROR_CODE_MALFORMED));
static_assert(same(Errc::invalid_argument, v1::ERROR_CODE_INVALID_ARGUMENT));
static_assert(same(Errc::unknown_command, v1::ERROR_CODE_UNKNOWN_COMMAND));
static_assert(same(Errc::hello_needed, v1::ERROR_CODE_HELLO_NEEDED));
static_assert(same(Errc::sign_in_needed, v1::ERROR_CODE_SIGN_IN_NEEDED));
static_assert(same(Errc::already_signed_in, v1::ERROR_CODE_ALREADY_SIGNED_IN));
static_assert(same(Errc::rules_needed, v1::ERROR_CODE_RULES_NEEDED));
static_assert(same(Errc::not_allowed, v1::ERROR_CODE_NOT_ALLOWED));
static_assert(same(Errc::sign_in_failed, v1::ERROR_CODE_SIGN_IN_FAILED));
static_assert(same(Errc::invite_invalid, v1::ERROR_CODE_INVITE_INVALID));
static_assert(same(Errc::passphrase_unsuitable, v1::ERROR_CODE_PASSPHRASE_UNSUITABLE));
static_assert(same(Errc::banned, v1::ERROR_CODE_BANNED));
static_assert(same(Errc::room_unavailable, v1::ERROR_CODE_ROOM_UNAVAILABLE));
static_assert(same(Errc::not_in_room, v1::ERROR_CODE_NOT_IN_ROOM));
static_assert(same(Errc::room_paused, v1::ERROR_CODE_ROOM_PAUSED));
static_assert(same(Errc::floor_taken, v1::ERROR_CODE_FLOOR_TAKEN));
static_assert(same(Errc::listen_only, v1::ERROR_CODE_LISTEN_ONLY));
static_assert(same(Errc::slow_mode, v1::ERROR_CODE_SLOW_MODE));
static_assert(same(Errc::room_out_of_hours, v1::ERROR_CODE_ROOM_OUT_OF_HOURS));
static_assert(same(Errc::many_to_one, v1::ERROR_CODE_MANY_TO_ONE));
static_assert(same(Errc::text_empty, v1::ERROR_CODE_TEXT_EMPTY));
static_assert(same(Errc::text_too_long, v1::ERROR_CODE_TEXT_TOO_LONG));
static_assert(same(Errc::name_unsuitable, v1::ERROR_CODE_NAME_UNSUITABLE));
static_assert(same(Errc::message_gone, v1::ERROR_CODE_MESSAGE_GONE));
static_assert(same(Errc::edit_too_late, v1::ERROR_CODE_EDIT_TOO_LATE));
static_assert(same(Errc::idempotency_mismatch, v1::ERROR_CODE_IDEMPOTENCY_MISMATCH));
static_assert(same(Errc::cursor_invalid, v1::ERROR_CODE_CURSOR_INVALID));
static_assert(same(Errc::connection_resting, v1::ERROR_CODE_CONNECTION_RESTING));
static_assert(same(Errc::stepped_away, v1::ERROR_CODE_STEPPED_AWAY));
static_assert(same(Errc::offered_before, v1::ERROR_CODE_OFFERED_BEFORE));
static_assert(same(Errc::no_shared_room, v1::ERROR_CODE_NO_SHARED_ROOM));
static_assert(same(Errc::person_unknown, v1::ERROR_CODE_PERSON_UNKNOWN));
static_assert(same(Errc::too_many, v1::ERROR_CODE_TOO_MANY));
static_assert(same(Errc::rate_limited, v1::ERROR_CODE_RATE_LIMITED));
static_assert(same(Errc::unavailable, v1::ERROR_CODE_UNAVAILABLE));
static_assert(same(Errc::not_found, v1::ERROR_CODE_NOT_FOUND));
static_assert(same(Errc::recused, v1::ERROR_CODE_RECUSED));
static_assert(same(Errc::out_of_room, v1::ERROR_CODE_OUT_OF_ROOM));
static_assert(same(Errc::no_contacts, v1::ERROR_CODE_NO_CONTACTS));
static_assert(same(Errc::needs_another, v1::ERROR_CODE_NEEDS_ANOTHER));
static_assert(same(Errc::network_banned, v1::ERROR_CODE_NETWORK_BANNED));
static_assert(same(Errc::case_claimed, v1::ERROR_CODE_CASE_CLAIMED));
static_assert(same(Errc::case_closed, v1::ERROR_CODE_CASE_CLOSED));
static_assert(same(Errc::appeal_invalid, v1::ERROR_CODE_APPEAL_INVALID));
static_assert(same(Errc::would_be_held, v1::ERROR_CODE_WOULD_BE_HELD));
static_assert(same(Errc::not_seated, v1::ERROR_CODE_NOT_SEATED));
static_assert(same(Errc::not_now, v1::ERROR_CODE_NOT_NOW));
static_assert(same(Errc::nobody_drawn, v1::ERROR_CODE_NOBODY_DRAWN));
static_assert(same(Errc::draw_full, v1::ERROR_CODE_DRAW_FULL));

// A code that the proto gains must be added above and to base/errc.hpp: this names the newest.
static_assert(v1::ErrorCode_MAX == v1::ERROR_CODE_DRAW_FULL);

}  // namespace
}  // namespace kindroom::wire
