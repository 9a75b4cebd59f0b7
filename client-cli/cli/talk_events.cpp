#include <algorithm>

#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

// What stands in for a reply that will not come.
v1::Reply Talk::no_answer() {
    v1::Reply reply;
    reply.mutable_error()->set_code(v1::ERROR_CODE_UNAVAILABLE);
    return reply;
}

void Talk::answer(std::uint32_t id, v1::Reply reply) {
    const auto waiter = waiters_.find(id);
    if (waiter == waiters_.end()) return;
    waiter->second->reply = std::move(reply);
    waiter->second->timer.cancel();
}

void Talk::opened() {
    open_ = true;
    wake_.cancel();
}

void Talk::coming_back(std::chrono::milliseconds wait, const client::Ending&) {
    if (!away_)
        notice("The connection is away. What you say meanwhile is kept; trying again " + how_long(wait.count()) + ".");
    away_ = true;
}

void Talk::back() {
    if (away_) notice("Back.");
    if (away_) look_for_returned();
    away_ = false;
}

void Talk::ended(const client::Ending& ending) {
    over_ = true;
    if (ending.kind != client::EndKind::closed_by_us && !quitting_ && !leaving_) {
        const bool never = !open_;
        notice((never ? "Cannot reach the house: " : "The connection is over: ") + clean_line(ending.words) + ".");
        exit_ = ending.kind == client::EndKind::misconfigured ? Exit::usage : Exit::connection;
    }
    for (const auto& [id, waiter] : waiters_) waiter->timer.cancel();
    quitting_ = true;
    terminal_.interrupt();
    wake_.cancel();
}

void Talk::unanswered(std::uint32_t id) {
    if (!over_ && !quitting_)
        notice("The connection was lost before an answer came. That may or may not have been done.");
    answer(id, no_answer());
}

void Talk::room_gone(const std::string& room_id) {
    const auto room = rooms_.find(room_id);
    if (room == rooms_.end()) return;
    notice("You are no longer in " + title(room_id) + ".");
    forget_room(room_id);
}

void Talk::room_gap(const std::string&) {
    notice("Some of what was said meanwhile may be missing here; /older shows it.");
}

void Talk::event(const v1::Event& event) {
    switch (event.kind_case()) {
        case v1::Event::kReply:
            on_reply(event.reply());
            break;
        case v1::Event::kRoomEvent:
            on_room_event(event.room_event());
            break;
        // Silent on purpose: nobody's coming and going is announced. /who shows who is here.
        case v1::Event::kRosterChanged:
            if (const auto room = rooms_.find(event.roster_changed().room_id()); room != rooms_.end())
                room->second.see(event.roster_changed().people());
            break;
        case v1::Event::kRoomChanged:
            on_room_changed(event.room_changed().room());
            break;
        case v1::Event::kRulesChanged:
            welcome_.set_rules_version(event.rules_changed().version());
            notice("The house rules have changed. /rules shows them; /agree, and you can go on writing.");
            break;
        case v1::Event::kRoleChanged:
            me_.set_role(event.role_changed().role());
            *me_.mutable_moderates() = event.role_changed().moderates();
            notice("What you may do in this house has changed.");
            break;
        case v1::Event::kSessionEnded:
            if (event.session_ended().has_decision()) {
                say(screen_.decision(event.session_ended().decision()));
            } else if (!quitting_ && !leaving_) {
                notice("This session has ended.");
            }
            profile_.device_token.clear();
            keep_profile();
            break;
        case v1::Event::kComeBack:
            notice("The house restarts and will be back shortly.");
            break;
        case v1::Event::kWordsHeard:
            on_heard(event.words_heard().room_id());
            break;
        case v1::Event::kMessageReturned:
            on_returned(event.message_returned());
            break;
        case v1::Event::kContactOffered:
            on_offered(event.contact_offered().offer());
            break;
        case v1::Event::kDecisionMade:
            say(screen_.notice("Something has been decided about you.") + "\n" +
                screen_.decision(event.decision_made().decision(), titles()));
            notice("/decisions shows it again.");
            break;
        case v1::Event::kDecisionConfirmed:
            notice("A second moderator has confirmed what was decided about you. /decisions shows it.");
            break;
        case v1::Event::kDecisionLapsed:
            notice("No second moderator confirmed what was decided about you: it is over. /decisions shows it.");
            break;
        case v1::Event::kDecisionReversed:
            say(screen_.notice("A decision about you was wrong, and is undone.") + "\n" +
                screen_.decision(event.decision_reversed().decision(), titles()));
            break;
        case v1::Event::kCaseWaiting:
            notice("Something waits for a moderator: /queue.");
            break;
        case v1::Event::kReportAnswered:
            notice("The moderators have answered a report of yours: /reports.");
            break;
        case v1::Event::kAppealAnswered:
            notice("Your appeal is decided: /appeal and its code.");
            break;
        case v1::Event::kKnockHeard:
            on_knock(event.knock_heard());
            break;
        case v1::Event::kDoorOpened:
            on_door(event.door_opened());
            break;
        case v1::Event::kWaveNoticed:
            on_wave(event.wave_noticed());
            break;
        case v1::Event::kListeningChanged:
            on_listening(event.listening_changed());
            break;
        case v1::Event::kHeldWaiting:
            on_waiting(event.held_waiting());
            break;
        // What was shown has its letter from the room by now.
        case v1::Event::kHeldSettled:
            break;
        case v1::Event::kModeratorNeeded:
            on_needed(event.moderator_needed());
            break;
        case v1::Event::kHelpOffered:
            say(screen_.help_offered(event.help_offered()));
            break;
        case v1::Event::kFiltersActed:
            on_filters_acted(event.filters_acted());
            break;
        case v1::Event::kCircleChanged:
            on_circle(event.circle_changed().circle());
            break;
        case v1::Event::kNotSeated:
            on_not_seated(event.not_seated());
            break;
        case v1::Event::KIND_NOT_SET:
            break;
    }
}

void Talk::on_heard(const std::string& room_id) {
    notice(room_id == current_ ? "Somebody heard you." : "Somebody heard you, in " + title(room_id) + ".");
}

void Talk::on_offered(const v1::Offer& offer) {
    *contacts_.add_received() = offer;
    const std::string letter = letter_of(offer.offer_id());
    notice(screen_.person(offer.person()) + " from " + title(offer.room_id()) + " offers to be your contact. /accept " +
           letter + " or /decline " + letter + "; or leave it. They cannot tell which.");
}

void Talk::on_reply(const v1::Reply& reply) {
    if (reply.request_id() < client::own_ids_from) return answer(reply.request_id(), reply);
    if (reply.has_room_resumed()) {
        const v1::RoomResumed& resumed = reply.room_resumed();
        RoomView& view = rooms_[resumed.room().room_id()];
        view.card = resumed.room();
        view.you = resumed.you();
        view.see(resumed.roster());
        if (std::exchange(view.away, false)) notice("You are back in " + title(resumed.room().room_id()) + ".");
        wake_.cancel();
    } else if (reply.has_error() && !quitting_) {
        notice(screen_.refusal(reply.error(), now_ms()));
    }
}

void Talk::on_room_changed(const v1::RoomCard& room) {
    const auto known = rooms_.find(room.room_id());
    if (known == rooms_.end()) return;
    const v1::RoomCard before = known->second.card;
    known->second.card = room;
    const std::string topic = title(room.room_id());
    if (room.state() == v1::ROOM_STATE_CLOSED) {
        notice(topic + " is over. Thank you for having been there.");
        return forget_room(room.room_id());
    }
    const bool says_more = room.pause_sentence() != before.pause_sentence() && !room.pause_sentence().empty();
    if (room.state() != before.state() || says_more) {
        notice(topic + ": " + screen_.room_state(room, now_ms()));
        const bool opens = before.state() == v1::ROOM_STATE_OUT_OF_HOURS && room.state() != v1::ROOM_STATE_OUT_OF_HOURS;
        if (opens && !room.settings().opening_words().empty()) say(screen_.paragraph(room.settings().opening_words()));
    }
    if (room.moderator_on_duty() != before.moderator_on_duty()) {
        notice(topic + (room.moderator_on_duty() ? ": a moderator is on duty." : ": no moderator is on duty now."));
    }
}

void Talk::on_room_event(const v1::RoomEvent& event) {
    const auto room = rooms_.find(event.room_id());
    if (room != rooms_.end() && room->second.loading) {
        room->second.held.push_back(event);
    } else {
        show_step(event);
    }
}

void Talk::show_step(const v1::RoomEvent& event) {
    switch (event.step_case()) {
        case v1::RoomEvent::kPosted:
            show_message(event.room_id(), event.posted().message());
            break;
        case v1::RoomEvent::kEdited:
            if (const auto mark = marks_.find(event.edited().message_id()); !mark.empty()) {
                say(screen_.edited(mark, event.edited()));
            }
            break;
        // Without a trace, as PRODUCT has it: what is on the screen stays there, nothing points at it.
        case v1::RoomEvent::kRetracted:
            marks_.forget(event.retracted().message_id());
            break;
        case v1::RoomEvent::STEP_NOT_SET:
            break;
    }
}

void Talk::show_message(const std::string& room_id, const v1::Message& message) {
    Screen::Spoken how;
    how.mark = marks_.mark({room_id, message.message_id(), message.author()});
    how.reply_mark = marks_.find(message.reply_to());
    if (const auto room = rooms_.find(room_id); room != rooms_.end()) {
        const std::string& you = room->second.you.token();
        how.mine = message.author().token() == you;
        how.names_me = std::find(message.mentions().begin(), message.mentions().end(), you) != message.mentions().end();
    }
    if (room_id != current_) how.room = title(room_id);
    say(screen_.message(message, how));
}

}  // namespace kindroom::cli
