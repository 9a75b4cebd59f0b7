// Scenes that a moderated script (two_worlds_moderated_script.cpp) has around its turn besides what comes by chance:
//   - several turn to one person, so that one more would be many to one if A were counted;
//   - several come into a room for the first time, by its door or by knocking, so that B would come in a wave, or make
//     one, if A were counted;
//   - A hears words of B, and the minute at the end of which B would be told ends after the turn.
//
// In each of them a third person comes first and then falls silent there. What A does after that changes what that
// person may do, who sees A; B must not notice it. The person turned to is one of those who look after the house, whom
// nobody else turns to.
#include <algorithm>
#include <array>

#include "sim/two_worlds.hpp"

namespace kindroom::sim {

namespace {

using House = HouseAct::Kind;

class Scenes {
  public:
    Scenes(Script& script, Chance& chance)
        : script_(script), chance_(chance), members_(script.people.size() - script.moderators.size()) {
        moments_.insert(script.turn);
        for (const Act& act : script.acts) moments_.insert(act.at);
        plain_rooms_ = static_cast<std::size_t>(
            std::ranges::count(script.rooms, Script::Place::Kind::plain, &Script::Place::kind));
    }

    void write() {
        hear_over_the_turn();
        turn_to_one(members_, soon());
        turn_to_one(members_ + 1, later());
        come_in(chance_.one_in(2) ? soon() : later());
        knock(later());
    }

  private:
    // Not when seats are drawn in the circle, nor so late that the script is over.
    Duration soon() { return script_.turn + some_ms(210, 400); }
    Duration later() { return script_.turn + some_ms(2'100, 4'500); }
    Duration some_ms(std::int64_t least, std::int64_t most) { return chance_.between(Duration{least}, Duration{most}); }
    std::size_t third() { return Script::b + 1 + chance_.below(members_ - Script::b - 1); }

    Act& keep(Duration at, std::size_t person, std::size_t room) {
        while (!moments_.insert(at).second) at += Duration{1};
        Act& act = script_.acts.emplace_back();
        act.at = at;
        act.person = person;
        act.room = room;
        return act;
    }
    Act& keep(Duration at, std::size_t person, std::size_t room, House kind) {
        Act& act = keep(at, person, room);
        act.kind = Act::Kind::of_the_house;
        act.house.kind = kind;
        return act;
    }
    void say(Duration at, std::size_t person, std::size_t room) { keep(at, person, room).kind = Act::Kind::say; }

    void turn_to_one(std::size_t one, Duration at) {
        const std::size_t room = chance_.below(plain_rooms_);
        for (const std::size_t person : {third(), Script::a, Script::b}) {
            Act& act = keep(at, person, room);
            act.kind = Act::Kind::say;
            act.whom = one;
            at += some_ms(100, 300);
        }
    }

    // A room into which nobody has come but those who look after the house.
    std::size_t new_room(Script::Place::Kind kind) {
        script_.rooms.push_back({.kind = kind, .is_empty_at_first = true});
        return script_.rooms.size() - 1;
    }
    // B is the last, or the first and then in the midst of it. A is never before the third person, who could otherwise
    // be in a wave from the beginning.
    std::array<std::size_t, 3> in_some_order() {
        const std::size_t other = third();
        if (chance_.one_in(2)) return {other, Script::a, Script::b};
        return {Script::b, other, Script::a};
    }

    void come_in(Duration at) {
        const std::size_t room = new_room(Script::Place::Kind::plain);
        for (const std::size_t person : in_some_order()) {
            keep(at, person, room, House::join);
            at += some_ms(100, 300);
        }
        say(at + Duration{100}, Script::b, room);
        say(at + Duration{300}, Script::a, room);
    }

    void knock(Duration at) {
        const std::size_t room = new_room(Script::Place::Kind::knocking);
        keep(at - Duration{300}, members_, room, House::go_on_duty);
        for (const std::size_t person : in_some_order()) {
            keep(at, person, room, House::knock);
            Act& answer = keep(at + some_ms(200, 300), members_, room, House::answer_knock);
            answer.house.person = person;
            answer.house.lets_in = true;
            keep(at + some_ms(450, 550), person, room, House::join);
            at += some_ms(200, 400);
        }
        say(at + Duration{900}, Script::b, room);
    }

    void hear_over_the_turn() {
        const std::size_t room = chance_.below(plain_rooms_);
        const std::size_t words = script_.acts.size();
        say(script_.turn - some_ms(1'900, 2'600), Script::b, room);
        for (const Duration at : {script_.turn - some_ms(120, 800), soon(), later()})
            keep(at, Script::a, room, House::hear_all_the_same).about = words;
    }

    Script& script_;
    Chance& chance_;
    std::set<Duration> moments_;
    std::size_t members_;
    std::size_t plain_rooms_ = 0;
};

}  // namespace

void add_scenes(Script& script, Chance& chance) { Scenes(script, chance).write(); }

}  // namespace kindroom::sim
