// Replies.
#include "kindroom/v1/frames.pb.h"
#include "wire/encode_parts.hpp"
#include "wire/errors_text.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {
namespace {

void put(const Limits& from, v1::Limits& to) {
    to.set_frame_bytes_max(from.frame_bytes_max);
    to.set_text_code_points_max(from.text_code_points_max);
    to.set_name_code_points_max(from.name_code_points_max);
    to.set_passphrase_code_points_min(from.passphrase_code_points_min);
    to.set_passphrase_code_points_max(from.passphrase_code_points_max);
    to.set_history_page_max(from.history_page_max);
    to.set_requests_in_flight_max(from.requests_in_flight_max);
    to.set_edit_window_ms(static_cast<std::uint32_t>(from.edit_window.count()));
    to.set_idle_ms_max(static_cast<std::uint32_t>(from.idle_max.count()));
    to.set_breath_ms_max(static_cast<std::uint32_t>(from.breath_max.count()));
    to.set_firm_ms_max(static_cast<std::uint32_t>(from.firm_max.count()));
    to.set_people_per_command_max(from.people_per_command_max);
    to.set_message_labels_max(from.message_labels_max);
    to.set_mentions_max(from.mentions_max);
    to.set_catch_up_max(from.catch_up_max);
    to.set_timeout_ms_min(static_cast<std::uint32_t>(from.timeout_min.count()));
    to.set_timeout_ms_max(static_cast<std::uint32_t>(from.timeout_max.count()));
    to.set_network_ban_ms_max(static_cast<std::uint32_t>(from.network_ban_max.count()));
}

void put(const domain::Me& from, v1::Me& to) {
    to.set_login_id(from.login_id);
    to.set_role(static_cast<v1::Role>(from.standing.role));
    for (const auto& room : from.standing.moderates) to.add_moderates(room.bytes().data(), RoomId::size);
    to.set_rules_consented(from.rules_consented);
    for (const auto& room : from.rooms) to.add_rooms(room.bytes().data(), RoomId::size);
    if (from.ban) wire::put(*from.ban, *to.mutable_ban());
}

void put(const domain::SignedIn& from, v1::SignedIn& to) {
    to.set_device_token(std::string(from.device_token.reveal()));
    put(from.me, *to.mutable_me());
}

void put(const domain::SessionCard& from, v1::Session& to) {
    to.set_session_id(from.session.bytes().data(), SessionId::size);
    to.set_device_label(from.device_label);
    to.set_created_at_ms(to_ms(from.created_at));
    // To the hour, so that the list does not tell somebody at the same device when exactly another was in use.
    to.set_last_used_at_ms(to_ms(std::chrono::floor<std::chrono::hours>(from.last_used_at)));
    to.set_current(from.current);
}

// The kinds of replies, one function each.
struct ReplyWriter {
    v1::Reply& to;
    const crypto::CursorSealer& cursors;

    std::string cursor(RoomId room, Position position) const {
        const auto sealed = cursors.seal(room, position);
        return std::string(as_text(sealed));
    }

    void operator()(const domain::Refused& refused) const {
        auto& error = *to.mutable_error();
        error.set_code(static_cast<v1::ErrorCode>(refused.error.code));
        if (refused.error.retry_at) error.set_retry_at_ms(to_ms(*refused.error.retry_at));
        error.set_field(refused.error.field);
        error.set_detail(text_of(refused.error.code));
        error.set_help(refused.help);
        if (refused.decision) wire::put(*refused.decision, *error.mutable_decision());
        if (refused.listen_cause) error.set_listen_cause(static_cast<v1::ListenCause>(*refused.listen_cause));
    }
    void operator()(const domain::Done&) const { to.mutable_done(); }
    void operator()(const domain::Welcome& welcome) const {
        auto& out = *to.mutable_welcome();
        out.set_protocol_version(welcome.protocol_version);
        out.set_house_name(welcome.house_name);
        out.set_open_registration(welcome.open_registration);
        out.set_rules_version(welcome.rules_version);
        put(welcome.limits, *out.mutable_limits());
    }
    void operator()(const domain::HouseRules& rules) const {
        auto& out = *to.mutable_house_rules();
        out.set_version(rules.version);
        for (const auto& rule : rules.rules) {
            auto& one = *out.add_rules();
            one.set_rule_id(rule.rule_id);
            one.set_text(rule.text);
        }
    }
    void operator()(const domain::DataPolicy& policy) const { to.mutable_data_policy()->set_text(policy.text); }
    void operator()(const domain::HelpDirectory& help) const {
        auto& out = *to.mutable_help_directory();
        out.set_introduction(help.introduction);
        for (const auto& entry : help.entries) wire::put(entry, *out.add_entries());
    }
    void operator()(const domain::AccountCreated& created) const {
        auto& out = *to.mutable_account_created();
        out.set_login_id(created.login_id);
        out.set_recovery_code(std::string(created.recovery_code.reveal()));
        put(created.signed_in, *out.mutable_signed_in());
    }
    void operator()(const domain::AccountRecovered& recovered) const {
        auto& out = *to.mutable_account_recovered();
        out.set_recovery_code(std::string(recovered.recovery_code.reveal()));
        put(recovered.signed_in, *out.mutable_signed_in());
    }
    void operator()(const domain::SignedIn& signed_in) const { put(signed_in, *to.mutable_signed_in()); }
    void operator()(const domain::Me& me) const { put(me, *to.mutable_me()); }
    void operator()(const domain::Sessions& sessions) const {
        auto& out = *to.mutable_sessions();
        for (const auto& session : sessions.sessions) put(session, *out.add_sessions());
    }
    void operator()(const domain::Rooms& rooms) const {
        auto& out = *to.mutable_rooms();
        for (const auto& card : rooms.rooms) wire::put(card, *out.add_rooms());
    }
    void operator()(const domain::RoomCard& card) const { wire::put(card, *to.mutable_room_card()->mutable_room()); }
    void operator()(const domain::RoomJoined& joined) const {
        auto& out = *to.mutable_room_joined();
        wire::put(joined.card, *out.mutable_room());
        wire::put(joined.you, *out.mutable_you());
        for (const auto& entry : joined.roster.people) wire::put(entry.person, *out.add_roster());
        out.set_cursor(cursor(joined.card.room, joined.at));
        put_listening(joined.listening, out);
    }
    void operator()(const domain::RoomResumed& resumed) const {
        auto& out = *to.mutable_room_resumed();
        wire::put(resumed.card, *out.mutable_room());
        wire::put(resumed.you, *out.mutable_you());
        for (const auto& entry : resumed.roster.people) wire::put(entry.person, *out.add_roster());
        for (const auto& step : resumed.steps) wire::put(step, *out.add_events(), cursors);
        out.set_cursor(cursor(resumed.card.room, resumed.at));
        out.set_caught_up(resumed.caught_up);
        put_listening(resumed.listening, out);
    }
    void operator()(const domain::Roster& roster) const {
        auto& out = *to.mutable_roster();
        for (const auto& entry : roster.roster.people) wire::put(entry.person, *out.add_people());
    }
    void operator()(const domain::MessageAccepted& accepted) const {
        auto& out = *to.mutable_message_accepted();
        out.set_message_id(accepted.message.bytes().data(), MessageId::size);
        out.set_posted_at_ms(to_ms(accepted.posted_at));
        if (accepted.appears_at) out.set_appears_at_ms(to_ms(*accepted.appears_at));
        if (accepted.held) wire::put(*accepted.held, accepted.held_until.value_or(never), *out.mutable_held());
    }
    void operator()(const domain::HistoryPage& page) const {
        auto& out = *to.mutable_history_page();
        for (const auto& message : page.messages) wire::put(message, *out.add_messages());
        if (page.earlier) out.set_earlier(cursor(page.room, *page.earlier));
        if (page.later) out.set_later(cursor(page.room, *page.later));
    }
    void operator()(const domain::OnDuty& duty) const {
        auto& out = *to.mutable_on_duty();
        out.set_handover_note(duty.handover_note);
        wire::put(duty.role_voice, *out.mutable_role_voice());
    }
    void operator()(const domain::InviteCreated& invite) const {
        auto& out = *to.mutable_invite_created();
        out.set_code(invite.code);
        out.set_ends_at_ms(to_ms(invite.ends_at));
    }
    void operator()(const domain::MessageRevealed& revealed) const {
        wire::put(revealed.message, *to.mutable_message_revealed()->mutable_message());
    }
    void operator()(const domain::HeadsUp& heads_up) const {
        to.mutable_heads_up()->set_blocked_person_here(heads_up.blocked_person_here);
    }
    void operator()(const domain::Muted& muted) const {
        to.mutable_muted()->set_mute_id(muted.mute.bytes().data(), MatterId::size);
    }
    void operator()(const domain::PeopleBlocked& blocked) const {
        auto& out = *to.mutable_people_blocked();
        for (const auto& block : blocked.blocks) wire::put(block, *out.add_blocks());
        out.set_report_receipt(blocked.report_receipt);
    }
    void operator()(const domain::UnblockPlanned& planned) const {
        to.mutable_unblock_planned()->set_takes_effect_at_ms(to_ms(planned.takes_effect_at));
    }
    void operator()(const domain::Boundaries& boundaries) const {
        auto& out = *to.mutable_boundaries();
        for (const auto& mute : boundaries.mutes) wire::put(mute, *out.add_mutes());
        for (const auto& block : boundaries.blocks) wire::put(block, *out.add_blocks());
        for (const auto& [label, choice] : boundaries.labels) {
            auto& chosen = *out.add_labels();
            chosen.set_label(label);
            chosen.set_choice(static_cast<v1::LabelChoice>(choice));
        }
        for (const auto& away : boundaries.away) wire::put(away, *out.add_away());
    }
    void operator()(const domain::SteppedAway& stepped) const {
        wire::put(stepped.away, *to.mutable_stepped_away()->mutable_away());
    }
    void operator()(const domain::Returned& returned) const {
        to.mutable_returned()->set_something_new(returned.something_new);
    }
    void operator()(const domain::OfferMade& made) const {
        wire::put(made.offer, *to.mutable_offer_made()->mutable_offer());
    }
    void operator()(const domain::ContactMade& made) const {
        wire::put(made.contact, *to.mutable_contact_made()->mutable_contact());
    }
    void operator()(const domain::Contacts& contacts) const {
        auto& out = *to.mutable_contacts();
        for (const auto& contact : contacts.contacts) wire::put(contact, *out.add_contacts());
        for (const auto& offer : contacts.received) wire::put(offer, *out.add_received());
        for (const auto& offer : contacts.made) wire::put(offer, *out.add_made());
        out.set_open(contacts.open);
    }
    void operator()(const domain::MyDecisions& mine) const {
        auto& out = *to.mutable_my_decisions();
        for (const auto& decision : mine.decisions) wire::put(decision, *out.add_decisions());
    }
    void operator()(const domain::DecisionTaken& taken) const {
        wire::put(taken.decision, *to.mutable_decision_taken()->mutable_decision());
    }
    void operator()(const domain::Unconfirmed& unconfirmed) const {
        auto& out = *to.mutable_unconfirmed();
        for (const auto& one : unconfirmed.decisions) wire::put(one, *out.add_decisions());
    }
    void operator()(const domain::ReportReceived& received) const {
        to.mutable_report_received()->set_receipt(received.receipt);
    }
    void operator()(const domain::Reports& reports) const {
        auto& out = *to.mutable_reports();
        for (const auto& status : reports.reports) wire::put(status, *out.add_reports());
    }
    void operator()(const domain::Cases& cases) const {
        auto& out = *to.mutable_cases();
        for (const auto& card : cases.cases) wire::put(card, *out.add_cases());
    }
    void operator()(const domain::CaseOpened& opened) const { wire::put(opened, *to.mutable_case_opened()); }
    void operator()(const domain::AppealStatus& status) const { wire::put(status, *to.mutable_appeal_status()); }
    void operator()(const domain::Knocked& knocked) const {
        to.mutable_knocked()->set_fades_at_ms(to_ms(knocked.fades_at));
    }
    void operator()(const domain::Knocks& knocks) const {
        auto& out = *to.mutable_knocks();
        for (const auto& who : knocks.people) wire::put(who.person, *out.add_people());
    }
    void operator()(const domain::HeldMessages& messages) const {
        auto& out = *to.mutable_held_messages();
        for (const auto& held : messages.held) wire::put(held, *out.add_held());
    }
    void operator()(const domain::HeldForReview& messages) const {
        auto& out = *to.mutable_held_for_review();
        for (const auto& held : messages.held) wire::put(held, *out.add_held());
    }
    void operator()(const domain::FiltersTried& tried) const {
        auto& out = *to.mutable_filters_tried();
        for (const auto& message : tried.messages) {
            auto& one = *out.add_messages();
            if (message.message) one.set_message_id(message.message->bytes().data(), MessageId::size);
            for (const auto& filter : message.filters) wire::put(filter, *one.add_filters());
        }
    }
    void operator()(const domain::ModeratorCalled& called) const {
        to.mutable_moderator_called()->set_moderator_on_duty(called.on_duty);
    }
    void operator()(const domain::CircleShown& shown) const {
        wire::put(shown.view, *to.mutable_circle_shown()->mutable_circle());
    }
    void operator()(const domain::MyData& data) const { wire::put(data, *to.mutable_my_data(), cursors); }
};

}  // namespace

void put(const domain::Reply& from, v1::Reply& to, const crypto::CursorSealer& cursors) {
    std::visit(ReplyWriter{to, cursors}, from);
}

void wipe_secrets(v1::Reply& reply) {
    if (reply.has_account_created()) {
        wipe(*reply.mutable_account_created()->mutable_recovery_code());
        wipe(*reply.mutable_account_created()->mutable_signed_in()->mutable_device_token());
    } else if (reply.has_account_recovered()) {
        wipe(*reply.mutable_account_recovered()->mutable_recovery_code());
        wipe(*reply.mutable_account_recovered()->mutable_signed_in()->mutable_device_token());
    } else if (reply.has_signed_in()) {
        wipe(*reply.mutable_signed_in()->mutable_device_token());
    }
}

}  // namespace kindroom::wire
