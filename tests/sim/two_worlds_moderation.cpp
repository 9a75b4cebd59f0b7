// How the acts of a moderated script are played: see two_worlds_moderated_script.cpp.
#include "sim/deciding.hpp"
#include "sim/reporting.hpp"
#include "sim/two_worlds.hpp"

namespace kindroom::sim {

using House = HouseAct::Kind;

void Play::furnish(v1::RoomSettings& settings, const Script::Place& place) const {
    using Kind = Script::Place::Kind;
    if (!script_.is_moderated()) return;
    settings.add_content_labels("anger");
    switch (place.kind) {
        case Kind::plain:
            return;
        case Kind::night:
            settings.set_needs_moderator(true);
            settings.set_hold_first_messages(1);
            settings.set_slow_mode_ms(300);
            return;
        case Kind::knocking:
            settings.set_join_policy(v1::JOIN_POLICY_KNOCK);
            settings.set_listen_only_ms(400);
            return;
        case Kind::circle:
            settings.set_kind(v1::ROOM_KIND_CIRCLE);
            settings.set_seats(8);
            return;
    }
}

// Those who look after the house do so from before the script begins.
void Play::appoint() {
    if (!script_.is_moderated()) return;
    for (const std::size_t moderator : script_.moderators)
        operator_->ask(set_role(people_[moderator].login_id, v1::ROLE_MODERATOR));
    world_.pass(Duration{2'000});
    for (const std::size_t moderator : script_.moderators)
        for (const std::string& room : rooms_)
            people_[moderator].devices[0]->ask(join(room, std::string(1, static_cast<char>('A' + moderator))));
    world_.pass(Duration{2'000});
    const auto& ground = world_.ground();
    for (std::size_t room = 0; room < rooms_.size(); ++room)
        for (std::size_t person = 0; person < people_.size(); ++person)
            if (const auto account = ground.disk->find_account(people_[person].login_id))
                tokens_[{room, person}] =
                    to_field(ground.names.person_token(*account, id_from<RoomId>(rooms_[room]), false));
}

// Codes are drawn at random, and are the only ids that are texts. The one that somebody was told last they object with.
void Play::note_codes(const Connection& connection, v1::Event& event) {
    const auto note = [&](std::string& code) {
        for (Person& person : people_)
            if (!person.login_id.empty() && person.login_id == connection.login_id) person.code = code;
        code = "a code";
    };
    if (event.has_decision_made()) note(*event.mutable_decision_made()->mutable_decision()->mutable_appeal_code());
    for (auto* decision :
         {event.has_decision_confirmed() ? event.mutable_decision_confirmed()->mutable_decision() : nullptr,
          event.has_decision_lapsed() ? event.mutable_decision_lapsed()->mutable_decision() : nullptr,
          event.has_decision_reversed() ? event.mutable_decision_reversed()->mutable_decision() : nullptr,
          event.has_session_ended() ? event.mutable_session_ended()->mutable_decision() : nullptr})
        if (decision) decision->clear_appeal_code();
    if (!event.has_reply()) return;
    v1::Reply& reply = *event.mutable_reply();
    if (reply.has_report_received()) note(*reply.mutable_report_received()->mutable_receipt());
    if (reply.has_my_decisions())
        for (auto& decision : *reply.mutable_my_decisions()->mutable_decisions()) decision.clear_appeal_code();
    if (reply.error().has_decision()) reply.mutable_error()->mutable_decision()->clear_appeal_code();
    if (reply.signed_in().me().has_ban()) reply.mutable_signed_in()->mutable_me()->mutable_ban()->clear_appeal_code();
}

std::optional<CaseId> Play::case_of(std::size_t number) const {
    const auto used = codes_.find(number);
    if (used == codes_.end()) return std::nullopt;
    const auto& ground = world_.ground();
    SecretHash hash = ground.names.hash_secret(crypto::tidy_code(used->second).reveal());
    if (script_.acts[number].house.kind == House::appeal)
        hash = ground.names.digest({hash.bytes(), as_bytes(std::string_view("appeal"))});
    const auto report = ground.disk->find_report(hash);
    return report ? std::optional(report->case_id) : std::nullopt;
}

v1::Request Play::decision_of(const Act& act) {
    const auto action = act.house.action;
    const bool is_over_at_once = action == v1::DECISION_ACTION_WARN || action == v1::DECISION_ACTION_RETRACT ||
                                 action == v1::DECISION_ACTION_REMOVE;
    auto decide = sim::about({rooms_[act.room], tokens_[{act.room, *act.house.person}]}, action,
                             is_over_at_once ? Duration{0} : act.house.lasts);
    if (act.about) {
        decide.clear_token();
        decide.set_message_id(*words_of(act.about));
    }
    return request(std::move(decide));
}

// Whether B would be told after the turn of what is heard at this moment: authors are told at the end of the clock's
// minute. Just at the turn does not count.
bool Play::is_told_after_the_turn() const {
    const Duration every = script_.limits.heard_every;
    // At the earliest: on its way there a minute may end.
    const TimePoint heard = world_.ground().clock.now();
    const TimePoint told = heard + every - heard.time_since_epoch() % every;
    return told > begin_ + script_.turn + script_.pace.up + Duration{100};
}

void Play::in_house(std::size_t number, const Act& act, Device& device, const std::string& room) {
    v1::Request request;
    const auto here = [&](auto* command) {
        command->set_room_id(room);
        device.ask(request);
    };
    const std::string* words = words_of(act.about);
    const auto about_case = act.about ? case_of(*act.about) : std::nullopt;
    const auto in_case = [&](v1::Request asked, v1::CaseOutcome outcome) {
        if (asked.has_resolve_case()) asked.mutable_resolve_case()->set_outcome(outcome);
        device.ask(asked);
    };
    const auto reports = [&](const v1::Request& asked) {
        device.ask(asked, [this, number](const v1::Reply* reply) {
            if (reply && reply->has_report_received()) codes_.emplace(number, reply->report_received().receipt());
        });
    };
    switch (act.house.kind) {
        // -- of moderators --
        case House::go_on_duty:
            return device.ask(go_on_duty(room));
        case House::go_off_duty:
            return device.ask(go_off_duty(room, "All quiet."));
        case House::speak: {
            auto said = post(room, key_of(number), "The house says " + std::to_string(number));
            said.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
            return device.ask(said);
        }
        case House::pause:
            return device.ask(pause_room(room, "A break."));
        case House::resume_talk:
            return device.ask(resume_talk(room));
        case House::decide:
            if (act.about && !words) return;
            return device.ask(decision_of(act), [this, number](const v1::Reply* reply) {
                if (reply && reply->has_decision_taken())
                    decisions_.emplace(number, reply->decision_taken().decision().decision_id());
            });
        case House::confirm:
            if (decisions_.contains(*act.about)) device.ask(confirm(decisions_[*act.about]));
            return;
        case House::release:
            request.mutable_release_held()->set_message_id(words ? *words : std::string());
            if (words) here(request.mutable_release_held());
            return;
        case House::give_back:
            request.mutable_return_held()->set_message_id(words ? *words : std::string());
            request.mutable_return_held()->set_note("Without the link, please.");
            if (words) here(request.mutable_return_held());
            return;
        case House::resolve:
            if (about_case) in_case(resolve_case(to_field(*about_case)), v1::CASE_OUTCOME_ACTED);
            return;
        case House::dismiss:
            if (about_case) device.ask(dismiss_case(to_field(*about_case)));
            return;
        case House::uphold:
            if (about_case) in_case(resolve_case(to_field(*about_case)), v1::CASE_OUTCOME_UPHELD);
            return;
        case House::reverse:
            if (about_case) in_case(resolve_case(to_field(*about_case)), v1::CASE_OUTCOME_REVERSED);
            return;
        case House::answer_knock:
            request.mutable_answer_knock()->set_token(tokens_[{act.room, *act.house.person}]);
            request.mutable_answer_knock()->set_let_in(act.house.lets_in);
            return here(request.mutable_answer_knock());
        case House::draw:
            return here(request.mutable_draw_seats());
        case House::next_turn:
            return here(request.mutable_next_turn());
        case House::close_circle:
            return here(request.mutable_close_circle());
        // -- of members --
        case House::report_words:
            return reports(report_message(room, known_to(act) ? *words : std::string(16, '?'), "was unkind"));
        case House::report_person:
            return reports(report_person({room, tokens_[{act.room, *act.house.person}]}, "is unkind"));
        case House::report_nothing:
            return reports(report_message(room, std::string(16, '?'), "I do not find it any more"));
        case House::appeal: {
            const std::string& code = people_[act.person].code;
            if (code.empty()) return;
            codes_.emplace(number, code);
            return device.ask(appeal(code));
        }
        case House::call:
            return here(request.mutable_call_moderator());
        case House::knock:
            return here(request.mutable_knock());
        case House::join:
            return device.ask(join(room, std::string(1, static_cast<char>('A' + act.person))));
        case House::sign_up:
            return here(request.mutable_sign_up());
        case House::raise_hand:
            return here(request.mutable_raise_hand());
        case House::pass_turn:
            return here(request.mutable_pass_turn());
        case House::get_circle:
            return here(request.mutable_get_circle());
        case House::share: {
            auto said = post(room, key_of(number), "Somebody says " + std::to_string(number));
            said.mutable_post_message()->set_voice(v1::VOICE_UNSIGNED);
            return device.ask(said);
        }
        case House::hear_all_the_same:
            if (words && (has_turned() || is_told_after_the_turn())) device.ask(hear(room, *words));
            return;
        case House::list_held:
            return here(request.mutable_list_held());
        case House::get_reports:
            return device.ask(get_reports());
        case House::list_decisions:
            return device.ask(list_my_decisions());
        case House::list_rooms:
            request.mutable_list_rooms();
            return device.ask(request);
    }
}

}  // namespace kindroom::sim
