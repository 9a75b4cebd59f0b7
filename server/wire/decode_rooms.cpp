// Commands of people in rooms.
#include "kindroom/v1/commands.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {
namespace {

Result<Position> place(RoomId room, const std::string& cursor, const char* field, const crypto::CursorSealer& cursors) {
    const auto position = cursors.open(room, as_bytes(cursor));
    if (!position) return Error{.code = Errc::cursor_invalid, .field = field};
    return *position;
}

Result<std::vector<PersonToken>> mentions_of(const v1::PostMessage& post, const Limits& limits) {
    if (static_cast<std::uint32_t>(post.mentions_size()) > limits.mentions_max) return bad_field("mentions");
    std::vector<PersonToken> mentions;
    for (const auto& bytes : post.mentions()) {
        const auto token = required_id<PersonToken>(bytes, "mentions");
        if (!token) return token.error();
        mentions.push_back(*token);
    }
    return mentions;
}

}  // namespace

Read read(v1::GetRoom& get) { return only_room<domain::GetRoom>(get); }
Read read(v1::GetRoster& get) { return only_room<domain::GetRoster>(get); }
Read read(v1::GetHeadsUp& get) { return only_room<domain::GetHeadsUp>(get); }
Read read(v1::HearMessage& hear) { return only_message<domain::HearMessage>(hear); }
Read read(v1::RevealMessage& reveal) { return only_message<domain::RevealMessage>(reveal); }
Read read(v1::RetractMessage& retract) { return only_message<domain::RetractMessage>(retract); }

Read read(v1::JoinRoom& join) {
    const auto room = room_of(join.room_id());
    if (!room) return room.error();
    return domain::JoinRoom{
        .room = *room, .name = std::move(*join.mutable_name()), .invite_code = Secret{join.invite_code()}};
}

Read read(v1::LeaveRoom& leave) {
    const auto room = room_of(leave.room_id());
    if (!room) return room.error();
    return domain::LeaveRoom{.room = *room, .take_words_along = leave.take_words_along()};
}

Read read(v1::ResumeRoom& resume, const crypto::CursorSealer& cursors) {
    const auto room = room_of(resume.room_id());
    if (!room) return room.error();
    domain::ResumeRoom wanted{.room = *room, .after = std::nullopt, .catch_up = resume.catch_up()};
    if (resume.cursor().empty()) return wanted;
    const auto after = place(*room, resume.cursor(), "cursor", cursors);
    if (!after) return after.error();
    wanted.after = *after;
    return wanted;
}

Read read(v1::PostMessage& post, const Limits& limits) {
    const auto room = room_of(post.room_id());
    if (!room) return room.error();
    const auto client_key = required_id<ClientKey>(post.client_key(), "client_key");
    if (!client_key) return client_key.error();
    const auto reply_to = optional_id<MessageId>(post.reply_to(), "reply_to");
    if (!reply_to) return reply_to.error();
    const auto voice = enumerator<domain::Voice>(post.voice(), v1::Voice_IsValid, "voice", domain::Voice::person);
    if (!voice) return voice.error();
    if (static_cast<std::uint32_t>(post.labels_size()) > limits.message_labels_max) return bad_field("labels");
    const Duration breath{post.breath_ms()};
    if (breath > limits.breath_max) return bad_field("breath_ms");
    auto mentions = mentions_of(post, limits);
    if (!mentions) return mentions.error();
    return domain::PostMessage{.room = *room,
                               .client_key = *client_key,
                               .text = std::move(*post.mutable_text()),
                               .reply_to = *reply_to,
                               .voice = *voice,
                               .labels = {post.labels().begin(), post.labels().end()},
                               .breath = breath,
                               .mentions = std::move(*mentions),
                               .moderator_first = post.moderator_first()};
}

Read read(v1::EditMessage& edit) {
    const auto room = room_of(edit.room_id());
    if (!room) return room.error();
    const auto message = required_id<MessageId>(edit.message_id(), "message_id");
    if (!message) return message.error();
    return domain::EditMessage{.room = *room, .message = *message, .text = std::move(*edit.mutable_text())};
}

// A cursor that is there but empty is refused: a client that passes on the empty `earlier` of a page would otherwise be
// given the newest messages again, and again.
Read read(v1::GetHistory& get, const crypto::CursorSealer& cursors) {
    const auto room = room_of(get.room_id());
    if (!room) return room.error();
    domain::GetHistory wanted{.room = *room, .before = std::nullopt, .after = std::nullopt, .limit = get.limit()};
    switch (get.from_case()) {
        case v1::GetHistory::FROM_NOT_SET:
            break;
        case v1::GetHistory::kBefore: {
            const auto before = place(*room, get.before(), "before", cursors);
            if (!before) return before.error();
            wanted.before = *before;
            break;
        }
        case v1::GetHistory::kAfter: {
            const auto after = place(*room, get.after(), "after", cursors);
            if (!after) return after.error();
            wanted.after = *after;
            break;
        }
    }
    return wanted;
}

}  // namespace kindroom::wire
