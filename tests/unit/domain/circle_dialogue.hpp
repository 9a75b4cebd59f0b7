// A circle and those who sit in it, so that a test reads as what they do and whose turn it is.
#pragma once

#include "domain/circle.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {

inline const Somebody dan{an_id<AccountId>(4), "Dan"};

inline constexpr CircleTimes times_of_a_test{.turn = {.soft = Duration{180'000}, .hard = Duration{240'000}},
                                             .short_turn = {.soft = Duration{45'000}, .hard = Duration{60'000}},
                                             .extension = Duration{30'000},
                                             .grace = Duration{20'000},
                                             .abandoned_after = Duration{900'000}};

// Decides and applies at once, as the actor does.
class CircleDialogue {
  public:
    TimePoint now() const { return at; }

    // What is due happens when it is due, and not only at the end.
    void pass(Duration time) {
        const TimePoint until = at + time;
        while (circle.due_at() <= until) {
            at = std::max(at, circle.due_at());
            circle.apply(circle.decide_due(at).value());
        }
        at = until;
    }
    // Those who sit down are here.
    void seat(const std::vector<Somebody>& people) {
        std::vector<Seat> seats;
        for (const Somebody& who : people) seats.push_back({.account = who.account, .here = true});
        make_so(circle.decide_draw(seats, now()));
    }
    // With the check-in over.
    void seat_in_turns(const std::vector<Somebody>& people) {
        seat(people);
        while (circle.phase() == CirclePhase::check_in) make_so(circle.decide_next(now()));
    }
    Errc sign_up(const Somebody& who) { return make_so(circle.decide_sign_up(who.account)); }
    Errc raise_hand(const Somebody& who) { return make_so(circle.decide_raise_hand(who.account, now())); }
    Errc lower_hand(const Somebody& who) { return make_so(circle.decide_lower_hand(who.account)); }
    Errc pass_turn(const Somebody& who) { return make_so(circle.decide_pass(who.account, now())); }
    Errc next() { return make_so(circle.decide_next(now())); }
    Errc extend() { return make_so(circle.decide_extend()); }
    Errc reflect() { return make_so(circle.decide_reflections(now())); }
    Errc close() { return make_so(circle.decide_close(now())); }
    void comes(const Somebody& who) { make_so(circle.decide_came(who.account, now())); }
    void goes(const Somebody& who) { make_so(circle.decide_went(who.account, now())); }
    void leaves(const Somebody& who) { make_so(circle.decide_left(who.account, now())); }
    // What they are answered when they say something.
    Errc says(const Somebody& who, Voice voice = Voice::person) {
        const auto may = circle.may_say(who.account, voice);
        if (!may) return may.error().code;
        if (voice == Voice::person) make_so(circle.decide_heard(who.account));
        return {};
    }
    void restart() { circle = Circle::unpack(circle.pack(), times_of_a_test, now()).value(); }

    // Whose turn it is; empty for nobody's.
    std::string floor() const { return circle.floor() ? name_of(circle.floor()->holder) : ""; }
    std::vector<std::string> queue() const {
        std::vector<std::string> names;
        for (const AccountId account : circle.queue()) names.push_back(name_of(account));
        return names;
    }
    static std::string name_of(AccountId account) {
        for (const Somebody& who : {ana, ben, cleo, dan})
            if (who.account == account) return who.name;
        return "somebody";
    }

    TimePoint at = from_ms(1'000'000);
    Circle circle{times_of_a_test};

  private:
    Errc make_so(const Circle::Decided& decided) {
        if (!decided) return decided.error().code;
        make_so(*decided);
        return {};
    }
    void make_so(const std::optional<CircleStep>& step) {
        if (step) circle.apply(*step);
    }
};

}  // namespace kindroom::domain::test
