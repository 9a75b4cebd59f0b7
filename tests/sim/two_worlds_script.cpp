// How a script comes from a seed.
#include <algorithm>

#include "sim/two_worlds.hpp"

namespace kindroom::sim {

namespace {

using Kind = Act::Kind;

// Short windows and pages, quick ticks and minutes: in a quarter of a minute of a house's life all of them are met.
Limits quick(Chance& chance) {
    Limits limits;
    limits.window_steps = static_cast<std::uint32_t>(chance.one_in(2) ? 1'000 : chance.between(3, 40));
    limits.history_page_max = static_cast<std::uint32_t>(chance.between(3, 8));
    limits.roster_tick = Duration{1'999};
    limits.roster_tick_jitter = Duration{0};
    limits.presence_linger = Duration{2'500};
    limits.heard_every = Duration{1'500};
    limits.posts_burst = limits.newcomer_posts_burst = 10'000;
    limits.joins_burst = limits.commands_burst = 100'000;
    limits.seats_default = 50;
    without_first_visits(limits);
    return limits;
}

class Writer {
  public:
    Writer(std::uint64_t seed, Turn turn) : chance_(seed * 3 + (turn == Turn::racing ? 1 : 2)), turn_(turn) {
        script_.seed = seed;
        script_.kind = turn;
        script_.shards = static_cast<std::uint32_t>(chance_.between(1, 4));
        script_.limits = quick(chance_);
        script_.pace = {.up = some_ms(0, 40), .down = some_ms(0, 40), .flush = some_ms(0, 60)};
        for (auto rooms = chance_.between(1, 3); rooms > 0; --rooms)
            script_.rooms.push_back({.history_before_joining = chance_.one_in(3)});
        for (auto people = chance_.between(3, 6); people > 0; --people) script_.people.push_back(chance_.between(1, 3));
        script_.length = Duration{16'000};
        script_.turn = some_ms(5'000, 8'000);
        script_.named_in = chance_.below(script_.rooms.size());
    }

    Script write() {
        for (auto acts = chance_.between(60, 140); acts > 0; --acts) moments_.insert(some_ms(0, 14'000));
        // Where the turn comes in mid-traffic, there is plenty of it just then.
        if (turn_ == Turn::racing)
            for (auto acts = chance_.between(10, 40); acts > 0; --acts)
                moments_.insert(script_.turn + some_ms(0, 240) - Duration{160});
        moments_.erase(script_.turn);
        for (const Duration at : moments_)
            if (!is_quiet(at)) write_act(at);
        befriend();
        spare_failures();
        spare_signs();
        spare_pages();
        block_back();
        return std::move(script_);
    }

  private:
    Duration some_ms(std::int64_t least, std::int64_t most) { return chance_.between(Duration{least}, Duration{most}); }

    bool is_quiet(Duration at) const {
        return turn_ == Turn::settled && at > script_.turn - Duration{1'500} && at < script_.turn + Duration{200};
    }

    void write_act(Duration at) {
        // A and B do as much as all the others.
        Act act{.at = at, .person = chance_.one_in(2) ? chance_.below(2) : chance_.below(script_.people.size())};
        act.device = chance_.below(script_.people[act.person]);
        act.room = chance_.below(script_.rooms.size());
        act.limit = static_cast<std::uint32_t>(chance_.between(1, 7));
        const auto dice = chance_.below(100);
        if (dice < 48)
            say(act);
        else if (dice < 54)
            change(act, Kind::edit);
        else if (dice < 57)
            change(act, Kind::retract);
        else if (dice < 63)
            about_words(act, Kind::hear);
        else if (dice < 65)
            about_words(act, Kind::reveal);
        else if (dice < 73)
            act.kind = Kind::read, act.goes_on = chance_.one_in(2);
        else if (dice < 76)
            act.kind = Kind::look_around;
        else if (dice < 79)
            go(act);
        else if (dice < 82)
            offer(act);
        else if (dice < 87)
            act.kind = Kind::say_directly, act.whom = somebody_else(act.person);
        else if (dice < 89)
            act.kind = Kind::list_contacts;
        else if (dice < 90)
            act.kind = Kind::ask_for_warning;
        else if (dice < 98)
            trouble(act);
        keep(act);
    }

    void keep(const Act& act) { script_.acts.push_back(act); }

    // Something that somebody has said in that room by now, long enough ago that its author knows it: when exactly an
    // answer arrives depends on what else goes to that device.
    std::optional<std::size_t> some_words(const Act& now, std::optional<std::size_t> person) {
        // See has_large_windows(): where words must be looked up first, B's acts of one moment could change places.
        if (now.person == Script::b && !script_.has_large_windows()) return std::nullopt;
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < script_.acts.size(); ++i) {
            const Act& act = script_.acts[i];
            const bool is_known = act.kind == Kind::say && act.at < now.at - Duration{600};
            if (is_known && act.room == now.room && (!person || act.person == *person)) all.push_back(i);
        }
        if (all.empty()) return std::nullopt;
        // Mostly of late.
        if (chance_.one_in(2)) return all[all.size() - 1 - chance_.below(std::min<std::size_t>(all.size(), 4))];
        return chance_.any_of(all);
    }

    void say(Act& act) {
        act.kind = Kind::say;
        if (chance_.one_in(3)) act.about = some_words(act, std::nullopt);
        if (chance_.one_in(5)) act.whom = somebody_else(act.person);
        // Whoever is mentioned may have gone when the words appear; then they are mentioned all the same.
        if (!act.whom && chance_.one_in(8)) take_a_breath(act);
        act.labelled = chance_.one_in(8);
    }

    // Where two breaths end in one millisecond, the ids of the words decide which are seen first, and ids are drawn.
    // Words that appear are said then: not at a quiet moment.
    void take_a_breath(Act& act) {
        const Duration breath = some_ms(1, 3'000);
        const Duration end = act.at + breath;
        if (is_quiet(end)) return;
        const auto near = breaths_end_.lower_bound(end - script_.pace.up);
        if (near != breaths_end_.end() && *near <= end + script_.pace.up) return;
        breaths_end_.insert(end);
        act.breath = breath;
    }

    void change(Act& act, Kind kind) {
        const auto words = some_words(act, act.person);
        const bool is_changed = words && std::any_of(script_.acts.begin(), script_.acts.end(), [&](const Act& other) {
                                    return other.about == words && other.kind == kind;
                                });
        if (!words || is_changed) return;
        act.kind = kind;
        act.about = words;
    }

    void about_words(Act& act, Kind kind) {
        act.about = some_words(act, std::nullopt);
        if (act.about) act.kind = kind;
    }

    std::size_t somebody_else(std::size_t person) {
        return (person + 1 + chance_.below(script_.people.size() - 1)) % script_.people.size();
    }

    // Only people with one device come and go: what another device holds of a room is worth nothing then.
    void go(Act& act) {
        if (act.person == Script::a && act.at < script_.turn) return;
        if (script_.people[act.person] > 1) return;
        act.kind = chance_.one_in(2) ? Kind::leave : Kind::join;
    }

    void offer(Act& act) {
        act.whom = somebody_else(act.person);
        // Whoever has blocked somebody does not offer them contact.
        if (act.person != Script::a || act.whom != Script::b || act.at < script_.turn) act.kind = Kind::offer;
    }

    // Of a network. A has none before the turn: when A's words come would depend on what A has to catch up with.
    void trouble(Act& act) {
        // When others post is their own affair; it would depend on how much they have to catch up with.
        if (act.person > Script::b) return;
        if (act.person == Script::a && act.at < script_.turn + Duration{1'000}) return;
        const bool stands_still = chance_.one_in(2);
        Act end = act;
        act.kind = stands_still ? Kind::stall : chance_.one_in(2) ? Kind::cut : Kind::go_away;
        if (act.kind == Kind::cut) return;
        end.kind = stands_still ? Kind::go_on : Kind::come_back;
        end.at += some_ms(100, 5'000);
        keep(end);
    }

    // In some houses A and B are contacts.
    void befriend() {
        // Where devices come back, they take up their rooms in the order of their ids, and this one's is drawn.
        const bool comes_back = std::any_of(script_.acts.begin(), script_.acts.end(), [](const Act& act) {
            return act.person <= Script::b && (act.kind == Kind::cut || act.kind == Kind::go_away);
        });
        if (comes_back || !chance_.one_in(2)) return;
        const bool a_offers = chance_.one_in(2);
        const std::size_t one = a_offers ? Script::a : Script::b;
        const std::size_t other = a_offers ? Script::b : Script::a;
        const Duration at = some_ms(100, 1'500);
        keep({.at = at, .kind = Kind::offer, .person = one, .whom = other});
        keep({.at = at + Duration{700}, .kind = Kind::accept, .person = other, .whom = one});
        for (std::size_t device = 0; device < script_.people[one]; ++device)
            keep({.at = at + some_ms(1'000, 2'000), .kind = Kind::list_contacts, .person = one, .device = device});
        for (auto words = chance_.between(2, 12); words > 0; --words) {
            const bool by_one = chance_.one_in(2);
            const Duration when = some_ms(3'000, 14'000);
            if (!is_quiet(when))
                keep({.at = when,
                      .kind = Kind::say_directly,
                      .person = by_one ? one : other,
                      .whom = by_one ? other : one});
        }
    }

    // In some houses B keeps A away as well, and asks until after the next tick whether A is there: as long as the
    // roster is that of before, A is, whichever of the two A did.
    void block_back() {
        if (!chance_.one_in(3)) return;
        const Duration after = script_.turn + Duration{turn_ == Turn::racing ? 700 : 201};
        const Duration at = chance_.one_in(2) ? chance_.between(Duration{1'000}, script_.turn - Duration{1'700})
                                              : after + some_ms(0, 1'500);
        const auto keep_bs = [&](Duration when, Kind kind) {
            if (!moments_.insert(when).second) return;
            const std::size_t room = chance_.below(script_.rooms.size());
            const std::size_t device = chance_.below(script_.people[Script::b]);
            keep({.at = when, .kind = kind, .person = Script::b, .device = device, .room = room, .whom = Script::a});
        };
        keep_bs(at, Kind::block_back);
        for (auto asks = chance_.between(4, 10); asks > 0; --asks)
            keep_bs(std::max(at, after) + some_ms(1, 3'000), Kind::ask_for_warning);
    }

    // Where the turn comes in mid-traffic, a few milliseconds decide what still goes out before a line fails, or before B
    // has left a room.
    void spare_failures() {
        if (turn_ != Turn::racing) return;
        for (Act& act : script_.acts) {
            const Duration since = act.at - script_.turn;
            const bool goes = is_failure(act) || act.kind == Kind::leave;
            if (act.person == Script::b && goes && since > Duration{-300} && since < Duration{700})
                act.kind = Kind::ping;
        }
    }

    // Signs have no place in a room's story, so no mark tells whether one had reached B, and on which device: A makes
    // none towards B just before the turn, nor at all before it where B's network fails.
    void spare_signs() {
        const bool b_has_trouble = std::any_of(script_.acts.begin(), script_.acts.end(), [&](const Act& act) {
            return is_failure(act) && act.person == Script::b && act.at < script_.turn;
        });
        for (Act& act : script_.acts) {
            // On whose side of the turn a mention arrives is a matter of milliseconds.
            const Duration until_turn = act.at - script_.turn;
            if (act.kind == Kind::say && act.whom == Script::a && std::chrono::abs(until_turn) < Duration{300})
                act.whom.reset();
            if (act.person != Script::a || act.at >= script_.turn) continue;
            const bool hears_b = act.kind == Kind::hear && script_.acts[*act.about].person == Script::b;
            const bool is_sign = hears_b || (act.kind == Kind::offer && act.whom == Script::b);
            // What is said in a room while B leaves it wakes B's device and is not shown: an answer goes out sooner.
            if (act.makes_a_step() && is_while_b_leaves(act)) act.kind = Kind::ping;
            if (is_sign && (b_has_trouble || act.at > script_.turn - Duration{2'500})) act.kind = Kind::ping;
        }
    }

    bool is_while_b_leaves(const Act& says) const {
        return std::any_of(script_.acts.begin(), script_.acts.end(), [&](const Act& act) {
            const bool is_now = std::chrono::abs(act.at - says.at - says.breath) < Duration{150};
            return is_now && act.person == Script::b && act.kind == Kind::leave && act.room == says.room;
        });
    }

    // A page that waits for a device while the block begins is filled anew, which takes the connection one more turn;
    // and one that is asked for in the same moment in which words are sent may be filled before or after them. So B
    // does not read at the turn, nor when the network of one of B's devices has just failed.
    void spare_pages() {
        for (Act& act : script_.acts) {
            // Whoever comes back to a room and leaves it in one moment still hears something there, or not.
            const bool goes = act.kind == Kind::leave || act.kind == Kind::join;
            if (goes && act.person == Script::a && has_just_failed(act)) act.kind = Kind::ping;
            if (act.kind != Kind::read || act.person > Script::b) continue;
            const bool is_at_turn = std::chrono::abs(act.at - script_.turn) < Duration{400};
            const bool is_bs = act.person == Script::b && (is_at_turn || has_just_failed(act));
            const bool is_as = act.person == Script::a && act.at >= script_.turn && !script_.has_large_windows() &&
                               (has_just_failed(act) || is_while_somebody_speaks(act));
            if (is_bs || is_as) act.kind = Kind::ping;
        }
    }
    bool has_just_failed(const Act& now) const {
        return std::any_of(script_.acts.begin(), script_.acts.end(), [&](const Act& act) {
            return act.person == now.person && is_failure(act) && now.at > act.at - Duration{400} &&
                   now.at < act.at + Duration{7'000};
        });
    }
    // Where a room remembers little, A's page is read from the store, more of it where much is hidden from A; words
    // that are said in the same moment are in it or not.
    bool is_while_somebody_speaks(const Act& read) const {
        return std::any_of(script_.acts.begin(), script_.acts.end(), [&](const Act& act) {
            const bool is_now = std::chrono::abs(act.at - read.at) < Duration{150};
            return is_now && act.makes_a_step() && act.room == read.room;
        });
    }
    static bool is_failure(const Act& act) {
        return act.kind == Kind::cut || act.kind == Kind::stall || act.kind == Kind::go_away;
    }

    Chance chance_;
    const Turn turn_;
    Script script_;
    std::set<Duration> moments_;
    std::set<Duration> breaths_end_;
};

}  // namespace

Script script_of(std::uint64_t seed, Turn turn) { return Writer(seed, turn).write(); }

}  // namespace kindroom::sim
