// Scripts in which a house is looked after: reports, decisions, objections, holds, knocks, a circle, shifts. They are
// quiet scripts (two_worlds_script.cpp) of other seeds, with more people, rooms and acts; and how those acts are
// played.
//
// What moderators do is what a third person does: it stands in the script, and does not depend on A. So they end no
// case that only A's report made after the turn; and what A does from a while before the turn on makes nobody else's
// way longer: where many at once are too many, A turns to nobody and third people do not turn to A, and A comes to no
// room for the first time, but for the scenes of two_worlds_scenes.cpp. Words of A that had not reached B are left out
// where A leaves; so nothing may rest on them, nor on how many A has said: the house does not look for pace, and A says
// nothing before the turn in the room that holds the first words of everybody and is slow. A sitting is held after the
// turn, with a seat for everybody: in the midst of one A could leave with the floor. Of B all is compared, of A nothing:
// a house that was full of people may be so afterwards.
#include <algorithm>

#include "sim/filters_of_a_house.hpp"
#include "sim/two_worlds.hpp"

namespace kindroom::sim {

namespace {

using House = HouseAct::Kind;

const std::string link = ", see https://example.org/a";

filters::FilterSetPtr filters_of_the_house() {
    return filters_of_a_house({links_are_held(),
                               {.id = "anger",
                                .says = "Said in anger.",
                                .what = filters::What::words,
                                .words = {"hate"},
                                .actions = {.label = true, .call_moderator = true},
                                .label = "anger"},
                               a_cry_for_help_is_answered()});
}

// Short times, so that in a quarter of a minute all of them are met.
void hasten(Limits& limits) {
    limits.timeout_min = Duration{500};
    limits.timeout_unconfirmed_max = Duration{1'000};
    limits.confirm_within = Duration{2'500};
    limits.review_max = Duration{2'000};
    limits.duty_linger = Duration{200};
    limits.unattended_grace = Duration{300};
    limits.winding_down = Duration{600};
    limits.wave_joins_max = 2;
    limits.wave_window = Duration{3'000};
    limits.wave_listen_only = Duration{1'200};
    limits.pile_on_people_max = 2;
    limits.pile_on_window = Duration{2'000};
    limits.knock_fades = Duration{1'500};
    limits.knock_opens = Duration{2'000};
    limits.reports_per_day = 1'000;
    // A draw in which only A gets a seat is none where A has left.
    limits.blank_tickets_per_cent = 0;
}

class Moderation {
  public:
    explicit Moderation(std::uint64_t seed) : chance_(seed * 3), script_(script_of(seed + 1'000'000, Turn::settled)) {
        script_.seed = seed;
        // Whom B keeps away sits apart from B in a circle, for as long as they are there: see domain/seating.hpp.
        std::erase_if(script_.acts, [](const Act& act) { return act.kind == Act::Kind::block_back; });
        script_.filters = filters_of_the_house();
        hasten(script_.limits);
        for (const Act& act : script_.acts) moments_.insert(act.at);
        for (const auto kind : {Script::Place::Kind::night, Script::Place::Kind::knocking, Script::Place::Kind::circle})
            script_.rooms.push_back({.kind = kind});
        circle_ = script_.rooms.size() - 1;
        knocking_ = circle_ - 1;
        night_ = circle_ - 2;
        members_ = script_.people.size();
        for (int i = 0; i < 2; ++i) {
            script_.moderators.insert(script_.people.size());
            script_.people.push_back(1);
        }
    }

    Script write() {
        begin_shifts();
        for (auto acts = chance_.between(50, 90); acts > 0; --acts) write_act();
        write_knocks();
        write_sitting();
        spare_third_people();
        add_scenes(script_, chance_);
        return std::move(script_);
    }

  private:
    Duration some_ms(std::int64_t least, std::int64_t most) { return chance_.between(Duration{least}, Duration{most}); }
    // One at which nothing else is done, and not just at the turn.
    Duration some_moment(Duration least, Duration most) {
        while (true) {
            const Duration at = chance_.between(least, most);
            const bool is_quiet = at > script_.turn - Duration{1'500} && at < script_.turn + Duration{200};
            if (!is_quiet && moments_.insert(at).second) return at;
            // There is room enough later.
            if (is_quiet) most = std::max(most, script_.turn + Duration{1'000});
        }
    }

    std::size_t some_moderator() { return members_ + chance_.below(2); }
    std::size_t other(std::size_t moderator) const { return members_ + (moderator - members_ + 1) % 2; }
    std::size_t some_room() { return chance_.below(script_.rooms.size()); }
    // A and B do as much as all others.
    std::size_t some_member() { return chance_.one_in(2) ? chance_.below(2) : chance_.below(members_); }

    Act& keep(Duration at, std::size_t person, House kind, std::size_t room = 0) {
        Act& act = script_.acts.emplace_back();
        act.at = at;
        act.kind = Act::Kind::of_the_house;
        act.house.kind = kind;
        act.person = person;
        act.device = kind == House::join ? 0 : chance_.below(script_.people[person]);
        act.room = room;
        return act;
    }

    void begin_shifts() {
        for (std::size_t room = 0; room < script_.rooms.size(); ++room)
            keep(some_moment(Duration{50}, Duration{400}), members_, House::go_on_duty, room);
    }

    void write_act() {
        const Duration at = some_moment(Duration{500}, Duration{14'000});
        const auto dice = chance_.below(100);
        if (dice < 25) return say(at);
        if (dice < 43) return decide(at);
        if (dice < 53) return report(at);
        if (dice < 70) return follow_up(at);
        if (dice < 75) return void(keep(at, some_moderator(), House::speak, some_room()));
        if (dice < 80) return change_shift(at);
        if (dice < 83) return pause(at);
        ask_something(at);
    }

    void say(Duration at) {
        const std::size_t person = some_member();
        Act act{.at = at, .kind = Act::Kind::say, .person = person};
        act.device = chance_.below(script_.people[person]);
        act.room = some_room();
        act.moderator_first = chance_.one_in(6);
        if (chance_.one_in(2)) act.more = link;
        if (chance_.one_in(5)) act.more = ", I hate it";
        if (chance_.one_in(8)) act.more = ", and I want to die";
        const std::size_t number = script_.acts.size();
        script_.acts.push_back(act);
        // Somebody looks at it, if it waits, in time or too late.
        const Duration later = at + some_ms(500, 2'500);
        if (later > Duration{14'500} || chance_.one_in(4)) return;
        const auto kind = chance_.one_in(3) ? House::give_back : House::release;
        keep(some_moment(later, later + Duration{200}), members_, kind, act.room).about = number;
    }

    void decide(Duration at) {
        const std::size_t by = some_moderator();
        const std::size_t about = some_member();
        static constexpr v1::DecisionAction actions[] = {
            v1::DECISION_ACTION_WARN,        v1::DECISION_ACTION_RETRACT,   v1::DECISION_ACTION_LISTEN_ONLY,
            v1::DECISION_ACTION_OUT_OF_ROOM, v1::DECISION_ACTION_ROOM_BAN,  v1::DECISION_ACTION_NO_CONTACTS,
            v1::DECISION_ACTION_REMOVE,      v1::DECISION_ACTION_SERVER_BAN};
        const auto action = actions[chance_.below(std::size(actions))];
        // What another device of theirs holds of a room is worth nothing then.
        if (action == v1::DECISION_ACTION_REMOVE && script_.people[about] > 1) return;
        // A is to be here at the turn, all others for all of it, and for the circle some others than A and B.
        const bool is_needed = about != Script::a || at < script_.turn + Duration{1'000};
        if (action == v1::DECISION_ACTION_SERVER_BAN && is_needed) return;
        const std::size_t number = script_.acts.size();
        Act& act = keep(at, by, House::decide, chance_.below(about > Script::b ? circle_ : circle_ + 1));
        act.house.action = action;
        act.house.person = about;
        // What keeps A away rests on no words that might not be there.
        if (action == v1::DECISION_ACTION_RETRACT || (about != Script::a && chance_.one_in(4))) {
            const auto words = some_words(at, about);
            // Of two who take back the same nobody could say afterwards which it was.
            if (!words || (action == v1::DECISION_ACTION_RETRACT && is_taken_back(*words)))
                return void(script_.acts.pop_back());
            act.about = words;
            act.room = script_.acts[*words].room;
        }
        act.house.lasts = some_ms(600, 3'000);
        const Duration later = at + some_ms(400, 2'000);
        if (chance_.one_in(3) && later < Duration{14'500})
            keep(some_moment(later, later + Duration{200}), other(by), House::confirm).about = number;
    }

    bool is_taken_back(std::size_t words) const {
        return std::any_of(script_.acts.begin(), script_.acts.end(),
                           [&](const Act& act) { return act.kind == Act::Kind::retract && act.about == words; });
    }

    // What that person has said by then, and knows that it was taken.
    std::optional<std::size_t> some_words(Duration now, std::optional<std::size_t> person) {
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < script_.acts.size(); ++i) {
            const Act& act = script_.acts[i];
            const bool is_known = act.kind == Act::Kind::say && act.at < now - Duration{700};
            if (is_known && (!person || act.person == *person)) all.push_back(i);
        }
        return all.empty() ? std::nullopt : std::optional(chance_.any_of(all));
    }

    void report(Duration at) {
        const std::size_t by = some_member();
        const auto words = some_words(at, std::nullopt);
        const auto dice = chance_.below(5);
        const std::size_t number = script_.acts.size();
        // What others know of A is not the same where A's words are not there.
        const bool is_known_to_all = words && (by <= Script::b || script_.acts[*words].person != Script::a);
        if (dice < 3 && is_known_to_all) {
            keep(at, by, House::report_words, script_.acts[*words].room).about = words;
        } else if (dice < 4) {
            keep(at, by, House::report_person, some_room()).house.person = chance_.below(members_);
        } else {
            keep(at, by, House::report_nothing, some_room());
        }
        const bool is_of_a_alone = by == Script::a && at > script_.turn - Duration{1'500};
        if (is_of_a_alone) return;
        const Duration later = at + some_ms(500, 3'000);
        if (chance_.one_in(4) || later > Duration{14'500}) return;
        const auto kind = chance_.one_in(2) ? House::dismiss : House::resolve;
        keep(some_moment(later, later + Duration{200}), some_moderator(), kind).about = number;
    }

    // An objection to what was decided about somebody, or to their report having been dismissed.
    void follow_up(Duration at) {
        const std::size_t by = some_member();
        const std::size_t number = script_.acts.size();
        keep(at, by, House::appeal);
        const bool is_of_a_alone = by == Script::a && at > script_.turn - Duration{1'500};
        const Duration later = at + some_ms(500, 2'000);
        if (is_of_a_alone || later > Duration{14'500}) return;
        const auto kind = chance_.one_in(2) ? House::uphold : House::reverse;
        // One of the two may not, because they decided it.
        for (const std::size_t moderator : {members_, members_ + 1})
            keep(some_moment(later, later + Duration{200}), moderator, kind).about = number;
    }

    // The first looks after the circle and the door all the time.
    void change_shift(Duration at) {
        const std::size_t who = some_moderator();
        const std::size_t room = chance_.below(night_ + 1);
        keep(at, who, chance_.one_in(2) ? House::go_on_duty : House::go_off_duty, room);
    }

    void pause(Duration at) {
        const std::size_t room = chance_.below(night_ + 1);
        const std::size_t who = some_moderator();
        keep(at, who, House::pause, room);
        const Duration later = at + some_ms(200, 1'500);
        keep(some_moment(later, later + Duration{200}), who, House::resume_talk, room);
    }

    void ask_something(Duration at) {
        static constexpr House kinds[] = {House::call,      House::get_reports, House::list_decisions,
                                          House::list_held, House::list_rooms,  House::get_circle};
        keep(at, some_member(), kinds[chance_.below(std::size(kinds))], some_room());
    }

    // Only people with one device: what another one holds of a room would be worth nothing.
    void write_knocks() {
        for (std::size_t person = 0; person < members_; ++person) {
            if (script_.people[person] > 1 || chance_.one_in(4)) continue;
            // See the head of this file about A.
            const Duration last = person == Script::a ? script_.turn - Duration{3'000} : Duration{11'000};
            const Duration at = some_moment(std::min(Duration{500}, last), last);
            keep(at, person, House::knock, knocking_);
            Act& answer =
                keep(some_moment(at + Duration{300}, at + Duration{700}), members_, House::answer_knock, knocking_);
            answer.house.person = person;
            answer.house.lets_in = !chance_.one_in(5);
            const bool is_late = person == Script::a && at + Duration{1'300} > script_.turn - Duration{1'600};
            if (!is_late) keep(some_moment(at + Duration{900}, at + Duration{1'300}), person, House::join, knocking_);
        }
    }

    void write_sitting() {
        const Duration turn = script_.turn;
        for (std::size_t person = 0; person < members_; ++person)
            if (person > Script::b || !chance_.one_in(5))
                keep(some_moment(turn + Duration{300}, turn + Duration{1'300}), person, House::sign_up, circle_);
        draw_at_ = some_moment(turn + Duration{1'600}, turn + Duration{1'700});
        keep(draw_at_, members_, House::draw, circle_);
        for (int i = 0; i < 8; ++i) {
            const Duration at = turn + Duration{1'900 + 350 * i};
            keep(some_moment(at, at + Duration{100}), members_, House::next_turn, circle_);
            keep(some_moment(at, at + Duration{300}), chance_.below(members_),
                 chance_.one_in(2) ? House::raise_hand : House::pass_turn, circle_);
            keep(some_moment(at, at + Duration{300}), chance_.below(members_), House::share, circle_);
        }
        for (const int after : {4'900, 5'100})
            keep(some_moment(turn + Duration{after}, turn + Duration{after + 50}), members_, House::close_circle,
                 circle_);
        // Those who had no seat come back.
        for (std::size_t person = 0; person < members_; ++person)
            for (std::size_t device = 0; device < script_.people[person]; ++device)
                keep(some_moment(turn + Duration{5'300}, turn + Duration{6'300}), person, House::join, circle_).device =
                    device;
    }

    // See the head of this file.
    void spare_third_people() {
        const auto is_about_a = [&](const Act& act) {
            return act.whom == Script::a || (act.about && script_.acts[*act.about].person == Script::a);
        };
        for (Act& act : script_.acts) {
            if (act.person > Script::b && act.kind == Act::Kind::say && is_about_a(act)) {
                act.whom.reset();
                act.about.reset();
            }
            if (act.person != Script::a) continue;
            const bool is_at_draw = std::chrono::abs(act.at - draw_at_) < Duration{250};
            const bool is_counted = act.kind == Act::Kind::say && act.room == night_ && act.at < script_.turn;
            if (is_at_draw || is_counted) {
                act.kind = Act::Kind::ping;
                continue;
            }
            if (act.kind != Act::Kind::say) continue;
            act.about.reset();
            act.whom.reset();
        }
    }

    Chance chance_;
    Script script_;
    std::set<Duration> moments_;
    std::size_t members_ = 0;
    std::size_t night_ = 0;
    std::size_t knocking_ = 0;
    std::size_t circle_ = 0;
    Duration draw_at_{};
};

}  // namespace

Script moderated_script_of(std::uint64_t seed) { return Moderation(seed).write(); }

}  // namespace kindroom::sim
