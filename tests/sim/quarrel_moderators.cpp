// What those do who look after such a house: decide, confirm, judge cases, look at what waits, come and go.
#include "sim/quarrel.hpp"

namespace kindroom::sim {

void Quarrel::moderate(Person& person) {
    const auto dice = chance_.below(12);
    if (dice < 2) return confirm_something(person);
    if (dice < 5) return look_after_a_case(person);
    if (dice < 7) return review_something(person);
    if (dice < 9) return change_shift(person);
    person.device->ask(request(some_decision()));
}

// ---- decisions ------------------------------------------------------------------------------------------------------

v1::Decide Quarrel::some_decision() {
    static constexpr v1::DecisionAction actions[] = {v1::DECISION_ACTION_WARN,        v1::DECISION_ACTION_RETRACT,
                                                     v1::DECISION_ACTION_LISTEN_ONLY, v1::DECISION_ACTION_OUT_OF_ROOM,
                                                     v1::DECISION_ACTION_NO_CONTACTS, v1::DECISION_ACTION_REMOVE,
                                                     v1::DECISION_ACTION_ROOM_BAN,    v1::DECISION_ACTION_SERVER_BAN,
                                                     v1::DECISION_ACTION_NETWORK_BAN, v1::DECISION_ACTION_HOLD};
    Person& about_whom = some_member();
    const auto action = actions[chance_.below(std::size(actions))];
    const bool is_over_at_once = action == v1::DECISION_ACTION_WARN || action == v1::DECISION_ACTION_RETRACT ||
                                 action == v1::DECISION_ACTION_REMOVE;
    const auto& room = some_room();
    auto decide = about({room, {}}, action);
    if (!is_over_at_once) decide.set_lasts_ms(some_time(500, 8'000).count());
    if (action == v1::DECISION_ACTION_ROOM_BAN && chance_.one_in(2)) decide.set_lasts_ms(0);
    const auto account = account_of(about_whom).value();
    decide.set_token(to_field(world_.ground().names.person_token(account, id_from<RoomId>(room), false)));
    if (!about_whom.said.empty() && (action == v1::DECISION_ACTION_RETRACT || chance_.one_in(3))) {
        const Mine& words = chance_.any_of(about_whom.said);
        decide.clear_token();
        decide.set_room_id(words.room);
        decide.set_message_id(words.message);
    }
    decide.set_everywhere(action == v1::DECISION_ACTION_LISTEN_ONLY && chance_.one_in(3));
    decide.set_urgent(chance_.one_in(5));
    if (chance_.one_in(3)) decide.set_source(v1::DECISION_SOURCE_REPORT);
    if (chance_.one_in(20)) decide.clear_facts();
    return decide;
}

void Quarrel::confirm_something(Person& person) {
    person.device->ask(list_unconfirmed(), [this, &person](const v1::Reply* reply) {
        if (!reply || reply->unconfirmed().decisions().empty()) return;
        const auto& waiting = reply->unconfirmed().decisions();
        const auto one = static_cast<int>(chance_.below(static_cast<std::uint64_t>(waiting.size())));
        person.device->ask(confirm(waiting.at(one).decision().decision_id()));
    });
}

// ---- cases ----------------------------------------------------------------------------------------------------------

void Quarrel::look_after_a_case(Person& person) {
    person.device->ask(list_cases(), [this, &person](const v1::Reply* reply) {
        if (!reply || reply->cases().cases().empty()) return;
        const auto& waiting = reply->cases().cases();
        look_after(person, waiting.at(static_cast<int>(chance_.below(static_cast<std::uint64_t>(waiting.size())))));
    });
}

// Also those that somebody else has claimed: that is to be refused.
void Quarrel::look_after(Person& person, const v1::CaseCard& card) {
    const auto& id = card.case_id();
    const auto dice = chance_.below(10);
    if (dice < 2) return person.device->ask(open_case(id));
    if (dice < 5) return person.device->ask(claim_case(id));
    // Whoever ends a case gives it back, too.
    cases_.gives_back(person.login_id);
    if (dice < 6) {
        v1::Request request;
        request.mutable_release_case()->set_case_id(id);
        return person.device->ask(request);
    }
    if (card.kind() != v1::CASE_KIND_APPEAL && dice < 8) return person.device->ask(dismiss_case(id));
    auto request = resolve_case(id);
    if (card.kind() == v1::CASE_KIND_APPEAL)
        request.mutable_resolve_case()->set_outcome(chance_.one_in(2) ? v1::CASE_OUTCOME_REVERSED
                                                                      : v1::CASE_OUTCOME_UPHELD);
    person.device->ask(request);
}

// ---- what waits, and shifts -----------------------------------------------------------------------------------------

void Quarrel::review_something(Person& person) {
    const auto& room = some_room();
    v1::Request list;
    list.mutable_list_held_for_review()->set_room_id(room);
    person.device->ask(list, [this, &person, room](const v1::Reply* reply) {
        if (!reply || reply->held_for_review().held().empty()) return;
        const auto& waiting = reply->held_for_review().held();
        const auto& one = waiting.at(static_cast<int>(chance_.below(static_cast<std::uint64_t>(waiting.size()))));
        v1::Request request;
        if (chance_.one_in(2)) {
            request.mutable_release_held()->set_room_id(room);
            request.mutable_release_held()->set_message_id(one.message_id());
        } else {
            request.mutable_return_held()->set_room_id(room);
            request.mutable_return_held()->set_message_id(one.message_id());
            request.mutable_return_held()->set_note("Without the address, please.");
        }
        person.device->ask(request);
    });
}

void Quarrel::change_shift(Person& person) {
    const auto& room = some_room();
    switch (chance_.below(8)) {
        case 0:
            cases_.gives_back(person.login_id);
            return person.device->ask(tap_out());
        case 1:
        case 2:
            return person.device->ask(go_off_duty(room, "All quiet."));
        case 3:
            return person.device->ask(pause_room(room, "A break."));
        case 4:
            return person.device->ask(resume_talk(room));
        default:
            return person.device->ask(go_on_duty(room));
    }
}

}  // namespace kindroom::sim
