// Commands about what waits for a moderator, about filters, and calls for help.
#include "kindroom/v1/filters.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {

Read read(v1::ListHeld& list) { return only_room<domain::ListHeld>(list); }
Read read(v1::ListHeldForReview& list) { return only_room<domain::ListHeldForReview>(list); }

Read read(v1::ReleaseHeld& release) { return only_message<domain::ReleaseHeld>(release); }

Read read(v1::ReturnHeld& give_back) {
    const auto room = room_of(give_back.room_id());
    if (!room) return room.error();
    const auto message = required_id<MessageId>(give_back.message_id(), "message_id");
    if (!message) return message.error();
    return domain::ReturnHeld{.room = *room, .message = *message, .note = std::move(*give_back.mutable_note())};
}

Read read(v1::TryFilters& try_out) {
    switch (try_out.on_case()) {
        case v1::TryFilters::kRoomId: {
            const auto room = room_of(try_out.room_id());
            if (!room) return room.error();
            return domain::TryFilters{.in_room = *room, .text = {}};
        }
        case v1::TryFilters::kText:
            return domain::TryFilters{.in_room = std::nullopt, .text = std::move(*try_out.mutable_text())};
        case v1::TryFilters::ON_NOT_SET:
            break;
    }
    return bad_field("on");
}

Read read(v1::CallModerator& call) {
    const auto room = optional_id<RoomId>(call.room_id(), "room_id");
    if (!room) return room.error();
    return domain::CallModerator{.in_room = *room};
}

Read read(v1::PointToHelp& point) {
    const auto room = room_of(point.person().room_id());
    if (!room) return room.error();
    const auto token = required_id<PersonToken>(point.person().token(), "token");
    if (!token) return token.error();
    return domain::PointToHelp{.room = *room, .token = *token};
}

}  // namespace kindroom::wire
