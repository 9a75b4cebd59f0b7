// What people do in such a house, whoever they are.
#include "sim/quarrel.hpp"

namespace kindroom::sim {

void Quarrel::act_later(Person& person) {
    world_.outside().after(some_time(10, 400), [this, &person] {
        if (is_over_) return;
        act(person);
        act_later(person);
    });
}

void Quarrel::act(Person& person) {
    if (person.device->waiting() > 6) return;
    if (person.device->has_given_up()) return person.device->begin();
    if (!person.device->is_signed_in()) return come_in(person);
    const auto& room = some_room();
    if (!person.device->screen(room).is_in) person.device->ask(join(room, person.name));
    if (chance_.one_in(30)) return look_after_the_house();
    if (person.is_moderator && chance_.below(3) < 2) return moderate(person);
    live_on(person);
}

void Quarrel::come_in(Person& person) {
    if (person.device->waiting() > 0) return;
    person.device->ask(get_help());
    // Whoever is banned may object without coming in.
    if (chance_.one_in(2)) object(person);
    person.device->ask(sign_in(person.login_id));
}

void Quarrel::live_on(Person& person) {
    if (chance_.one_in(4)) return what_is_open_in_every_state(person);
    if (chance_.one_in(6)) return person.device->ask(history(some_room(), 5));
    if (chance_.one_in(8)) return person.device->ask(go_on_duty(some_room()));
    if (chance_.one_in(12)) return edit_something(person);
    if (chance_.one_in(5)) return report_something(person);
    if (chance_.one_in(6)) return object(person);
    post_something(person);
}

void Quarrel::post_something(Person& person) {
    const auto& room = some_room();
    auto request = post(room, some_key(chance_), any_words(chance_));
    auto& words = *request.mutable_post_message();
    if (chance_.one_in(8))
        words.set_breath_ms(1'000);
    else if (chance_.one_in(8))
        words.set_moderator_first(true);
    if (chance_.one_in(10)) words.add_labels("anger");
    if (!person.is_moderator && words.breath_ms() == 0) holds_.asks(words, person.device->connection());
    person.device->ask(request, [&person, room](const v1::Reply* reply) {
        if (reply && reply->has_message_accepted())
            person.said.push_back({room, reply->message_accepted().message_id()});
    });
}

void Quarrel::edit_something(Person& person) {
    if (person.said.empty()) return;
    const Mine& mine = chance_.any_of(person.said);
    person.device->ask(edit(mine.room, mine.message, any_words(chance_)));
}

const Quarrel::Mine* Quarrel::some_words() {
    Person& person = people_[chance_.below(people_.size())];
    return person.said.empty() ? nullptr : &chance_.any_of(person.said);
}

// Of what is there, and of what is not: the answer is the same.
void Quarrel::report_something(Person& person) {
    const auto& room = some_room();
    const Mine* words = chance_.one_in(5) ? nullptr : some_words();
    auto request = words ? report_message(words->room, words->message, "was unkind")
                         : report_message(room, some_key(chance_), "I do not find it any more");
    if (chance_.one_in(4)) {
        const auto account = account_of(people_[chance_.below(people_.size())]).value();
        const auto token = world_.ground().names.person_token(account, id_from<RoomId>(room), chance_.one_in(4));
        request = report_person({room, to_field(token)}, "is unkind");
    }
    person.device->ask(request, [&person](const v1::Reply* reply) {
        if (reply && reply->has_report_received()) person.receipts.push_back(reply->report_received().receipt());
    });
}

void Quarrel::object(Person& person) {
    std::vector<std::string> codes = person.receipts;
    for (const auto& kept : watch_.decisions_of(account_of(person).value())) codes.push_back(kept.decision.appeal_code);
    if (codes.empty()) return;
    const std::string& code = chance_.any_of(codes);
    person.device->ask(chance_.one_in(3) ? get_appeal(code) : appeal(code));
}

void Quarrel::what_is_open_in_every_state(Person& person) {
    v1::Request request;
    switch (chance_.below(9)) {
        case 0:
            request = get_help();
            break;
        case 1:
            request.mutable_list_boundaries();
            break;
        case 2:
            request.mutable_get_me();
            break;
        case 3: {
            if (person.said.empty()) return;
            const Mine& mine = chance_.any_of(person.said);
            watch_.takes_back(mine.message);
            holds_.takes_back(mine.message);
            request = retract(mine.room, mine.message);
            break;
        }
        case 4:
            // Only Cleo: that the others are out needs a reason.
            if (&person != &people_[members - 1]) return;
            watch_.leaves_a_room(person.login_id);
            request = leave(some_room());
            break;
        case 5:
            request.mutable_call_moderator()->set_room_id(some_room());
            break;
        case 6:
            request.mutable_list_held()->set_room_id(some_room());
            break;
        case 7:
            request = get_reports();
            break;
        default:
            request = list_my_decisions();
    }
    person.device->ask(request);
}

void Quarrel::look_after_the_house() {
    if (operator_.waiting() > 0) return;
    const Person& person = some_member();
    operator_.ask(chance_.one_in(3) ? ban(person.login_id) : lift_ban(person.login_id));
}

}  // namespace kindroom::sim
