// A house in which everything of due process is in play at random: members who say what they like, report and object;
// moderators who decide, confirm, look after cases and after what waits, and hand over; filters that change; and
// faults. The watches hold all that leaves the server, and what is on the disk, against what PRODUCT promises.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "sim/case_watch.hpp"
#include "sim/deciding.hpp"
#include "sim/decision_watch.hpp"
#include "sim/hold_watch.hpp"
#include "sim/reporting.hpp"

namespace kindroom::sim {

class Quarrel {
  public:
    explicit Quarrel(std::uint64_t seed);
    void live(Duration time);
    void check();
    const std::vector<std::string>& violations() const { return world_.witness().violations(); }

    // What there was to go wrong.
    struct Lived {
        std::size_t decisions = 0;
        std::size_t reports = 0;
        std::size_t appeals = 0;
        std::size_t reversals = 0;
        std::size_t held = 0;
        std::size_t by_filters = 0;
    };
    Lived lived();

  private:
    struct Mine {
        std::string room;
        std::string message;
    };
    struct Person {
        std::string name;
        bool is_moderator = false;
        std::string login_id{};
        Device* device = nullptr;
        // Theirs, taken and standing as far as they know.
        std::vector<Mine> said{};
        std::vector<std::string> receipts{};
    };

    void act_later(Person& person);
    void act(Person& person);
    void come_in(Person& person);
    void live_on(Person& person);
    void what_is_open_in_every_state(Person& person);
    void look_after_the_house();
    void post_something(Person& person);
    void edit_something(Person& person);
    void report_something(Person& person);
    void object(Person& person);
    // Something of somebody's that may be known to others.
    const Mine* some_words();

    void moderate(Person& person);
    v1::Decide some_decision();
    void confirm_something(Person& person);
    void look_after_a_case(Person& person);
    void look_after(Person& person, const v1::CaseCard& card);
    void review_something(Person& person);
    void change_shift(Person& person);

    void change_filters_later();
    void keep_watch_later();
    void fault_later();
    void fault();
    void check_what_is_in_force(Person& person);
    void check_queue();

    std::optional<AccountId> account_of(const Person& person) {
        return world_.ground().disk->find_account(person.login_id);
    }
    Person& some_member() { return people_[chance_.below(members)]; }
    const std::string& some_room() { return chance_.any_of(rooms_); }
    Duration some_time(std::int64_t least, std::int64_t most) {
        return chance_.between(Duration{least}, Duration{most});
    }
    // A request about one room.
    template <class Set>
    v1::Request about_room(const std::string& room, Set set) {
        v1::Request request;
        set(request).set_room_id(room);
        return request;
    }

    static constexpr std::size_t members = 3;

    Chance own_chance_;
    SimWorld world_;
    Chance& chance_ = world_.chance();
    DecisionWatch watch_{world_};
    CaseWatch cases_{world_, watch_};
    HoldWatch holds_{world_};
    Device& operator_ = world_.operators_device();
    std::vector<std::string> rooms_;
    std::deque<Person> people_;
    bool is_over_ = false;
};

// Filters of every kind, some of them; and words in which they find something, or nothing.
filters::FilterSetPtr any_filters(Chance& chance);
std::string any_words(Chance& chance);

}  // namespace kindroom::sim
