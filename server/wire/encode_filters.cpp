// What its author or a moderator is shown of a message that waits, of filters and of help.
#include "kindroom/v1/filters.pb.h"
#include "kindroom/v1/types.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {

void put(const domain::Hold& from, TimePoint until, v1::Hold& to) {
    to.set_cause(static_cast<v1::HeldFor>(from.cause));
    to.set_filter_id(from.filter_id);
    to.set_says(from.says);
    if (until != never) to.set_until_ms(to_ms(until));
}

void put(const domain::HeldCard& from, v1::HeldMessage& to) {
    to.set_message_id(from.message.bytes().data(), MessageId::size);
    to.set_text(from.text);
    for (const auto& label : from.labels) to.add_labels(label);
    put(from.why, from.until, *to.mutable_hold());
    to.set_accepted_at_ms(to_ms(from.accepted_at));
    if (from.why.cause != domain::HeldFor::returned) return;
    to.set_return_cause(static_cast<v1::ReturnCause>(from.back.cause));
    to.set_note(from.back.note);
}

void put(const domain::FilterNote& from, v1::FilterNote& to) {
    to.set_filter_id(from.filter_id);
    to.set_says(from.says);
}

void put(const domain::HelpEntry& from, v1::HelpEntry& to) {
    to.set_name(from.name);
    to.set_about(from.about);
    to.set_country(from.country);
    for (const auto& language : from.languages) to.add_languages(language);
    to.set_contact(from.contact);
    to.set_hours(from.hours);
    to.set_verified_on(from.verified_on);
    to.set_doubtful(from.doubtful);
}

void put(const domain::HeldWaiting& from, v1::HeldWaiting& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    put(from.held, *to.mutable_held());
}

void put(const domain::HeldSettled& from, v1::HeldSettled& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    to.set_message_id(from.message.bytes().data(), MessageId::size);
}

void put(const domain::ModeratorNeeded& from, v1::ModeratorNeeded& to) {
    if (from.room) to.set_room_id(from.room->bytes().data(), RoomId::size);
    if (from.message) to.set_message_id(from.message->bytes().data(), MessageId::size);
}

void put(const domain::HelpOffered& from, v1::HelpOffered& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    if (from.message) to.set_message_id(from.message->bytes().data(), MessageId::size);
    put(from.filter, *to.mutable_filter());
    to.set_introduction(from.help.introduction);
    for (const auto& entry : from.help.entries) put(entry, *to.add_entries());
    to.set_moderator_called(from.moderator_called);
}

void put(const domain::FiltersActed& from, v1::FiltersActed& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    if (from.message) to.set_message_id(from.message->bytes().data(), MessageId::size);
    for (const auto& filter : from.filters) put(filter, *to.add_filters());
    for (const auto& label : from.labels) to.add_labels(label);
}

}  // namespace kindroom::wire
