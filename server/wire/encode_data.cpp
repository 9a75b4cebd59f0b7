// One's own data, piece by piece.
#include "kindroom/v1/data.pb.h"
#include "wire/encode_parts.hpp"
#include "wire/export_place.hpp"

namespace kindroom::wire {
namespace {

// The kinds of pieces, one function each.
struct PieceWriter {
    v1::OwnPiece& to;

    void operator()(const domain::OwnAccount& account) const {
        auto& out = *to.mutable_account();
        out.set_login_id(account.login_id);
        out.set_role(static_cast<v1::Role>(account.standing.role));
        for (const auto& room : account.standing.moderates) out.add_moderates(room.bytes().data(), RoomId::size);
        out.set_rules_consented(account.rules_consented);
        out.set_created_at_ms(to_ms(account.created_at));
        out.set_contacts_open(account.contacts_open);
    }
    void operator()(const domain::OwnSession& session) const {
        auto& out = *to.mutable_session();
        out.set_device_label(session.device_label);
        out.set_created_at_ms(to_ms(session.created_at));
        out.set_last_used_at_ms(to_ms(std::chrono::floor<std::chrono::hours>(session.last_used_at)));
    }
    void operator()(const domain::Mute& mute) const { put(mute, *to.mutable_mute()); }
    void operator()(const domain::Block& block) const { put(block, *to.mutable_block()); }
    void operator()(const domain::OwnLabelChoice& choice) const {
        to.mutable_label()->set_label(choice.label);
        to.mutable_label()->set_choice(static_cast<v1::LabelChoice>(choice.choice));
    }
    void operator()(const domain::Away& away) const { put(away, *to.mutable_away()); }
    void operator()(const domain::OwnContact& contact) const {
        to.mutable_contact()->set_room_id(contact.room.bytes().data(), RoomId::size);
        put(contact.person, *to.mutable_contact()->mutable_person());
    }
    void operator()(const domain::OwnOffer& offer) const {
        put(offer.offer, *to.mutable_offer()->mutable_offer());
        to.mutable_offer()->set_made(offer.made);
    }
    void operator()(const domain::Decision& decision) const { put(decision, *to.mutable_decision()); }
    void operator()(const domain::OwnRoom& room) const {
        auto& out = *to.mutable_room();
        out.set_room_id(room.room.bytes().data(), RoomId::size);
        out.set_topic(room.topic);
        put(room.you, *out.mutable_you());
        for (const auto& name : room.former_names) out.add_former_names(name);
        out.set_joined(room.joined);
        out.set_left_at_ms(to_ms(room.left_at));
    }
    void operator()(const domain::OwnMessage& message) const {
        auto& out = *to.mutable_message();
        out.set_room_id(message.room.bytes().data(), RoomId::size);
        out.set_message_id(message.message.bytes().data(), MessageId::size);
        out.set_voice(static_cast<v1::Voice>(message.voice));
        out.set_name(message.name);
        out.set_posted_at_ms(to_ms(message.posted_at));
        out.set_text(message.text);
        for (const auto& label : message.labels) out.add_labels(label);
        out.set_edited_at_ms(to_ms(message.edited_at));
        for (const auto& before : message.earlier) {
            auto& version = *out.add_earlier();
            version.set_text(before.text);
            version.set_at_ms(to_ms(before.at));
        }
    }
    void operator()(const domain::OwnReport& report) const {
        put(report.status, *to.mutable_report()->mutable_status());
        to.mutable_report()->set_words(report.words);
        to.mutable_report()->set_rule_id(report.rule_id);
    }
};

}  // namespace

void put(const domain::MyData& from, v1::MyData& to, const crypto::CursorSealer& cursors) {
    for (const auto& piece : from.pieces) std::visit(PieceWriter{*to.add_pieces()}, piece);
    if (from.next) to.set_next(std::string(as_text(write_place(*from.next, cursors))));
}

}  // namespace kindroom::wire
