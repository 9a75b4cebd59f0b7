// Events, and the things of which events and replies speak.
#include "kindroom/v1/frames.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {
namespace {

void put(const domain::RoomSettings& from, v1::RoomSettings& to) {
    to.set_topic(from.topic);
    to.set_welcome_text(from.welcome_text);
    for (const auto& label : from.content_labels) to.add_content_labels(label);
    to.set_kind(static_cast<v1::RoomKind>(from.kind));
    to.set_join_policy(static_cast<v1::JoinPolicy>(from.join_policy));
    to.set_retention(static_cast<v1::Retention>(from.retention));
    to.set_slow_mode_ms(static_cast<std::uint32_t>(from.slow_mode.count()));
    to.set_seats(from.seats);
    to.set_history_before_joining(from.history_before_joining);
    to.set_needs_moderator(from.needs_moderator);
    for (const auto& span : from.opening_hours) {
        auto& out = *to.add_opening_hours();
        out.set_opens_minute(span.opens);
        out.set_closes_minute(span.closes);
    }
    to.set_opening_words(from.opening_words);
    to.set_closing_words(from.closing_words);
    if (from.listen_only) to.set_listen_only_ms(static_cast<std::uint32_t>(from.listen_only->count()));
    to.set_hold_first_messages(from.hold_first_messages);
    to.set_turn_soft_ms(static_cast<std::uint32_t>(from.turn_soft.count()));
    to.set_turn_hard_ms(static_cast<std::uint32_t>(from.turn_hard.count()));
}

// The kinds of steps and events, one function each.
struct StepWriter {
    v1::RoomEvent& to;

    void operator()(const domain::MessagePosted& posted) const {
        wire::put(posted.message, *to.mutable_posted()->mutable_message());
    }
    void operator()(const domain::MessageEdited& edited) const {
        to.mutable_edited()->set_message_id(edited.message.bytes().data(), MessageId::size);
        to.mutable_edited()->set_withheld(edited.withheld);
        if (!edited.withheld) to.mutable_edited()->set_text(edited.text);
    }
    void operator()(const domain::MessageRetracted& retracted) const {
        to.mutable_retracted()->set_message_id(retracted.message.bytes().data(), MessageId::size);
    }
};

struct EventWriter {
    v1::Event& to;
    const crypto::CursorSealer& cursors;

    void operator()(const domain::RoomStep& step) const { wire::put(step, *to.mutable_room_event(), cursors); }
    void operator()(const domain::RosterChanged& changed) const {
        auto& roster = *to.mutable_roster_changed();
        roster.set_room_id(changed.room.bytes().data(), RoomId::size);
        for (const auto& person : changed.people) wire::put(person, *roster.add_people());
    }
    void operator()(const domain::RoomChanged& changed) const {
        wire::put(changed.card, *to.mutable_room_changed()->mutable_room());
    }
    void operator()(const domain::RulesChanged& changed) const {
        to.mutable_rules_changed()->set_version(changed.version);
    }
    void operator()(const domain::RoleChanged& changed) const {
        auto& role = *to.mutable_role_changed();
        role.set_role(static_cast<v1::Role>(changed.standing.role));
        for (const auto& room : changed.standing.moderates) role.add_moderates(room.bytes().data(), RoomId::size);
    }
    void operator()(const domain::SessionEnded& ended) const {
        auto& session = *to.mutable_session_ended();
        session.set_reason(static_cast<v1::SessionEndReason>(ended.reason));
        if (ended.decision) wire::put(*ended.decision, *session.mutable_decision());
    }
    void operator()(const domain::ComeBack& come_back) const {
        to.mutable_come_back()->set_after_ms(static_cast<std::uint32_t>(come_back.after.count()));
    }
    // That they were heard is all that an author learns: neither by whom, nor by how many.
    void operator()(const domain::WordsHeard& heard) const {
        to.mutable_words_heard()->set_room_id(heard.room.bytes().data(), RoomId::size);
    }
    void operator()(const domain::MessageReturned& returned) const {
        auto& message = *to.mutable_message_returned();
        message.set_room_id(returned.room.bytes().data(), RoomId::size);
        message.set_message_id(returned.message.bytes().data(), MessageId::size);
        message.set_text(returned.text);
        // Of those that were given back before there were causes, this was the only one.
        if (returned.why.cause != domain::ReturnCause::could_not_be_shown)
            message.set_cause(static_cast<v1::ReturnCause>(returned.why.cause));
        message.set_note(returned.why.note);
    }
    void operator()(const domain::ContactOffered& offered) const {
        wire::put(offered.offer, *to.mutable_contact_offered()->mutable_offer());
    }
    void operator()(const domain::DecisionMade& made) const {
        wire::put(made.decision, *to.mutable_decision_made()->mutable_decision());
    }
    void operator()(const domain::DecisionConfirmed& confirmed) const {
        wire::put(confirmed.decision, *to.mutable_decision_confirmed()->mutable_decision());
    }
    void operator()(const domain::DecisionLapsed& lapsed) const {
        wire::put(lapsed.decision, *to.mutable_decision_lapsed()->mutable_decision());
    }
    void operator()(const domain::DecisionReversed& reversed) const {
        wire::put(reversed.decision, *to.mutable_decision_reversed()->mutable_decision());
    }
    // That there is something to look at, and no more: whoever stands beside a moderator reads it too.
    void operator()(const domain::CaseWaiting&) const { to.mutable_case_waiting(); }
    void operator()(const domain::ReportAnswered& answered) const {
        to.mutable_report_answered()->set_reported_at_ms(to_ms(answered.reported_at));
    }
    void operator()(const domain::AppealAnswered&) const { to.mutable_appeal_answered(); }
    void operator()(const domain::KnockHeard& heard) const {
        to.mutable_knock_heard()->set_room_id(heard.room.bytes().data(), RoomId::size);
        wire::put(heard.who.person, *to.mutable_knock_heard()->mutable_person());
    }
    void operator()(const domain::DoorOpened& opened) const {
        to.mutable_door_opened()->set_room_id(opened.room.bytes().data(), RoomId::size);
        to.mutable_door_opened()->set_until_ms(to_ms(opened.until));
    }
    void operator()(const domain::WaveNoticed& wave) const {
        to.mutable_wave_noticed()->set_room_id(wave.room.bytes().data(), RoomId::size);
        to.mutable_wave_noticed()->set_until_ms(to_ms(wave.until));
    }
    void operator()(const domain::ListeningChanged& changed) const {
        to.mutable_listening_changed()->set_room_id(changed.room.bytes().data(), RoomId::size);
        put_listening(changed.listening, *to.mutable_listening_changed());
    }
    void operator()(const domain::HeldWaiting& waiting) const { wire::put(waiting, *to.mutable_held_waiting()); }
    void operator()(const domain::HeldSettled& settled) const { wire::put(settled, *to.mutable_held_settled()); }
    void operator()(const domain::ModeratorNeeded& needed) const { wire::put(needed, *to.mutable_moderator_needed()); }
    void operator()(const domain::HelpOffered& offered) const { wire::put(offered, *to.mutable_help_offered()); }
    void operator()(const domain::FiltersActed& acted) const { wire::put(acted, *to.mutable_filters_acted()); }
    void operator()(const domain::CircleChanged& changed) const {
        wire::put(changed.circle, *to.mutable_circle_changed()->mutable_circle());
    }
    void operator()(const domain::NotSeated& not_seated) const {
        to.mutable_not_seated()->set_room_id(not_seated.room.bytes().data(), RoomId::size);
        to.mutable_not_seated()->set_cause(static_cast<v1::NoSeatCause>(not_seated.cause));
    }
};

}  // namespace

void put(const domain::Person& from, v1::Person& to) {
    // Nobody in particular: of an unsigned share.
    if (!from.token.is_nil()) to.set_token(from.token.bytes().data(), PersonToken::size);
    to.set_name(from.name);
    to.set_sign(from.sign);
    to.set_voice(static_cast<v1::Voice>(from.voice));
    to.set_kept_away(from.is_kept_away);
}

void put(const domain::Message& from, v1::Message& to) {
    to.set_message_id(from.id.bytes().data(), MessageId::size);
    put(from.author, *to.mutable_author());
    // What is held back does not leave the server: a client cannot show by mistake what it does not have.
    to.set_withheld(from.withheld);
    if (!from.withheld) to.set_text(from.text);
    if (from.reply_to) to.set_reply_to(from.reply_to->bytes().data(), MessageId::size);
    to.set_posted_at_ms(to_ms(from.posted_at));
    to.set_edited(from.edited);
    for (const auto& label : from.labels) to.add_labels(label);
    for (const auto& mention : from.mentions) to.add_mentions(mention.token.bytes().data(), PersonToken::size);
}

void put(const domain::RoomCard& from, v1::RoomCard& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    put(from.settings, *to.mutable_settings());
    to.set_state(static_cast<v1::RoomState>(from.state));
    to.set_moderator_on_duty(from.moderator_on_duty);
    to.set_joined(from.joined);
    to.set_pause_sentence(from.pause_sentence);
    if (from.pauses_at != never) to.set_pauses_at_ms(to_ms(from.pauses_at));
    if (from.opens_at != never) to.set_opens_at_ms(to_ms(from.opens_at));
}

void put(const domain::RoomStep& from, v1::RoomEvent& to, const crypto::CursorSealer& cursors) {
    const auto cursor = cursors.seal(from.room, from.position);
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    to.set_cursor(cursor.data(), cursor.size());
    std::visit(StepWriter{to}, from.what);
}

void put(const domain::Event& from, v1::Event& to, const crypto::CursorSealer& cursors) {
    std::visit(EventWriter{to, cursors}, from);
}

}  // namespace kindroom::wire
