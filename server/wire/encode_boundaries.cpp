// What its owner is shown of a boundary or a contact.
#include "kindroom/v1/types.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {
namespace {

// The kinds of things that are muted, one function each.
struct MutedThingWriter {
    v1::Mute& to;

    void operator()(const domain::Person& person) const { wire::put(person, *to.mutable_person()); }
    void operator()(const domain::WholeRoom&) const { to.set_room(true); }
    void operator()(const domain::Words& words) const {
        // Set even if there are none, so that the reader sees the kind.
        auto& out = *to.mutable_words();
        for (const auto& word : words.words) out.add_word(word);
    }
    void operator()(const domain::Label& label) const { to.set_label(label.label); }
};

}  // namespace

void put(const domain::Mute& from, v1::Mute& to) {
    to.set_mute_id(from.id.bytes().data(), MatterId::size);
    std::visit(MutedThingWriter{to}, from.what);
    if (from.room) to.set_room_id(from.room->bytes().data(), RoomId::size);
    if (from.ends_at != never) to.set_ends_at_ms(to_ms(from.ends_at));
}

void put(const domain::Block& from, v1::Block& to) {
    to.set_block_id(from.id.bytes().data(), MatterId::size);
    put(from.person, *to.mutable_person());
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    if (from.ends_at != never) to.set_ends_at_ms(to_ms(from.ends_at));
}

void put(const domain::Away& from, v1::Away& to) {
    if (from.room) to.set_room_id(from.room->bytes().data(), RoomId::size);
    if (from.until != never) to.set_until_ms(to_ms(from.until));
    to.set_firm(from.firm);
}

void put(const domain::Contact& from, v1::Contact& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    put(from.person, *to.mutable_person());
    to.set_resting(from.resting);
}

void put(const domain::Offer& from, v1::Offer& to) {
    to.set_offer_id(from.id.bytes().data(), MatterId::size);
    put(from.person, *to.mutable_person());
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    to.set_fades_at_ms(to_ms(from.fades_at));
}

}  // namespace kindroom::wire
