// Commands of and for rooms that never run unattended.
#include "kindroom/v1/attendance.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {

Read read(v1::PauseRoom& pause) {
    const auto room = room_of(pause.room_id());
    if (!room) return room.error();
    return domain::PauseRoom{.room = *room, .sentence = std::move(*pause.mutable_sentence())};
}

Read read(v1::ResumeTalk& resume) { return only_room<domain::ResumeTalk>(resume); }
Read read(v1::Knock& knock) { return only_room<domain::Knock>(knock); }
Read read(v1::ListKnocks& list) { return only_room<domain::ListKnocks>(list); }

Read read(v1::AnswerKnock& answer) {
    const auto room = room_of(answer.room_id());
    if (!room) return room.error();
    const auto token = required_id<PersonToken>(answer.token(), "token");
    if (!token) return token.error();
    return domain::AnswerKnock{.room = *room, .token = *token, .let_in = answer.let_in()};
}

Read read(v1::CreateRoomInvite& create) {
    const auto room = room_of(create.room_id());
    if (!room) return room.error();
    const auto holds_for = duration(create.holds_for_ms(), "holds_for_ms");
    if (!holds_for) return holds_for.error();
    return domain::CreateRoomInvite{.room = *room, .uses = create.uses(), .holds_for = *holds_for};
}

Read read(v1::SetJoinPolicy& set) {
    const auto room = room_of(set.room_id());
    if (!room) return room.error();
    const auto policy = enumerator<domain::JoinPolicy>(set.join_policy(), v1::JoinPolicy_IsValid, "join_policy");
    if (!policy) return policy.error();
    return domain::SetJoinPolicy{.room = *room, .join_policy = *policy};
}

Read read(v1::LetSpeak& let) {
    const auto room = room_of(let.room_id());
    if (!room) return room.error();
    const auto token = optional_id<PersonToken>(let.token(), "token");
    if (!token) return token.error();
    return domain::LetSpeak{.room = *room, .token = *token};
}

}  // namespace kindroom::wire
