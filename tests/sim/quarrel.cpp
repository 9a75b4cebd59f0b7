// How such a house is furnished, what befalls it, and what must be true of it. Its people act in quarrel_acts.cpp and
// quarrel_moderators.cpp.
#include "sim/quarrel.hpp"

namespace kindroom::sim {

namespace {

// So short that within seconds timeouts end and bans lapse, claims go back and what waits comes back, and rooms and
// accounts leave the memory between.
Limits hasty(Chance& chance) {
    Limits limits;
    limits.posts_burst = limits.newcomer_posts_burst = 10'000;
    limits.joins_burst = limits.commands_burst = 100'000;
    limits.reports_per_day = 10'000;
    limits.cases_listed_max = 10'000;
    limits.roster_tick = Duration{2'000};
    limits.roster_tick_jitter = Duration{500};
    limits.window_steps = static_cast<std::uint32_t>(chance.between(3, 24));
    limits.room_idle_max = limits.account_idle_max = Duration{chance.one_in(2) ? 1'000 : 10'000};
    limits.timeout_min = Duration{500};
    limits.timeout_max = limits.network_ban_max = Duration{8'000};
    limits.timeout_unconfirmed_max = Duration{2'000};
    limits.confirm_within = Duration{3'000};
    limits.decisions_max = 200;
    limits.claim_kept = Duration{chance.one_in(2) ? 1'500 : 10'000};
    limits.review_max = Duration{chance.one_in(2) ? 1'500 : 10'000};
    limits.duty_linger = Duration{chance.one_in(2) ? 0 : 300};
    limits.unattended_grace = Duration{500};
    limits.winding_down = Duration{1'000};
    without_first_visits(limits);
    return limits;
}

}  // namespace

Quarrel::Quarrel(std::uint64_t seed)
    : own_chance_(seed * 2 + 1),
      world_(seed, {.shards = static_cast<std::uint32_t>(own_chance_.between(1, 4)),
                    .limits = hasty(own_chance_),
                    .filters = any_filters(own_chance_)}) {
    world_.witness().set_listener([this](const Connection& connection, const v1::Batch& batch) {
        watch_.sees(connection, batch);
        cases_.sees(connection, batch);
        holds_.sees(connection, batch);
    });
    operator_.begin();
    for (const bool is_careful : {false, true}) {
        auto request = create_room(is_careful ? "Night" : "Evening");
        auto& settings = *request.mutable_create_room()->mutable_settings();
        settings.add_content_labels("anger");
        settings.set_needs_moderator(is_careful);
        settings.set_hold_first_messages(is_careful ? 1 : 0);
        rooms_.push_back(world_.ask(operator_, request).room_card().room().room_id());
    }
    for (const char* name : {"Ana", "Ben", "Cleo", "Mia", "Noa", "Oda"}) {
        Person& person = people_.emplace_back(Person{.name = name, .is_moderator = people_.size() >= members});
        person.device = &world_.new_device();
        person.device->begin();
        const auto made = world_.ask(*person.device, create_account()).account_created();
        person.login_id = made.login_id();
        world_.ask(*person.device, consent(1));
        for (const auto& room : rooms_) world_.ask(*person.device, join(room, person.name));
        if (person.is_moderator) world_.ask(operator_, set_role(person.login_id, v1::ROLE_MODERATOR));
    }
    // Mia has blocked Ben, and so does not judge him.
    Person& mia = people_[members];
    const auto blocked =
        world_.ask(*mia.device, block({{rooms_.front(), people_[1].device->screen(rooms_.front()).my_token}}));
    if (blocked.has_people_blocked()) watch_.has_blocked(mia.login_id, account_of(people_[1]).value());
    for (Person& person : people_) act_later(person);
}

Quarrel::Lived Quarrel::lived() {
    Lived lived{.decisions = 0,
                .reports = cases_.reports(),
                .appeals = cases_.appeals(),
                .reversals = cases_.reversals(),
                .held = holds_.held(),
                .by_filters = holds_.by_filters()};
    for (const Person& person : people_) lived.decisions += watch_.decisions_of(account_of(person).value()).size();
    return lived;
}

void Quarrel::live(Duration time) {
    fault_later();
    change_filters_later();
    keep_watch_later();
    world_.pass(time);
    is_over_ = true;
    world_.set_store_policy({});
    // Until what nobody confirmed has lapsed, and all who were cut off are back.
    world_.pass(world_.ground().limits.confirm_within + Duration{10'000});
}

// ---- what must be true ----------------------------------------------------------------------------------------------

void Quarrel::check() {
    if (!violations().empty()) return;
    std::vector<std::string> all;
    for (const Person& person : people_) all.push_back(person.login_id);
    watch_.check_at_rest(all);
    holds_.check_kept();
    for (Person& person : people_) check_what_is_in_force(person);
    check_queue();
}

// What is not over yet is in force, and nothing else is.
void Quarrel::check_what_is_in_force(Person& person) {
    if (person.device->has_given_up()) person.device->begin();
    if (!person.device->is_signed_in()) world_.ask(*person.device, sign_in(person.login_id));
    for (const auto& room : rooms_) {
        const auto code = world_.ask(*person.device, join(room, person.name)).error().code();
        const auto sanctions = watch_.sanctions_of(account_of(person).value());
        const TimePoint now = world_.ground().clock.now();
        const auto expected = sanctions.ban(now)                             ? v1::ERROR_CODE_BANNED
                              : sanctions.out_of(id_from<RoomId>(room), now) ? v1::ERROR_CODE_OUT_OF_ROOM
                                                                             : v1::ERROR_CODE_UNSPECIFIED;
        if (code != expected) world_.witness().violation("what is in force is not what was decided: " + person.name);
    }
}

// To a moderator who has come just now all is shown that waits.
void Quarrel::check_queue() {
    Device& zoe = world_.new_device();
    zoe.begin();
    const auto made = world_.ask(zoe, create_account()).account_created();
    world_.ask(operator_, set_role(made.login_id(), v1::ROLE_MODERATOR));
    cases_.check_at_rest(world_.ask(zoe, list_cases()).cases());
}

void Quarrel::keep_watch_later() {
    world_.outside().after(Duration{1'000}, [this] {
        cases_.check_kept();
        holds_.check_kept();
        if (!is_over_) keep_watch_later();
    });
}

// ---- what befalls it ------------------------------------------------------------------------------------------------

void Quarrel::change_filters_later() {
    world_.outside().after(some_time(500, 6'000), [this] {
        if (is_over_) return;
        world_.change_filters(any_filters(chance_));
        holds_.filters_change();
        change_filters_later();
    });
}

void Quarrel::fault_later() {
    world_.outside().after(some_time(200, 4'000), [this] {
        if (is_over_) return;
        fault();
        fault_later();
    });
}

void Quarrel::fault() {
    switch (chance_.below(4)) {
        case 0:
            return people_[chance_.below(people_.size())].device->cut();
        case 1:
            return world_.set_store_policy([left = chance_.between(1, 3)](auto) mutable {
                return left > 0 && left-- > 0 ? Outcome::refuse : Outcome::ok;
            });
        case 2:
            return world_.set_store_policy(
                [left = chance_.between(0, 3), after = chance_.one_in(2)](auto work) mutable {
                    if (work != store::MemoryStore::Work::commit || left-- > 0) return Outcome::ok;
                    return after ? Outcome::crash_after : Outcome::crash_before;
                });
        default:
            return world_.outside().post([this] { world_.kill_server(some_time(10, 3'000)); });
    }
}

}  // namespace kindroom::sim
