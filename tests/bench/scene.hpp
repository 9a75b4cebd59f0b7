// A house that is measured, with its rooms and the people in them, each on a connection of their own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/boundaries.hpp"
#include "bench/ledger.hpp"
#include "bench/member.hpp"
#include "bench/options.hpp"
#include "e2e/support/house.hpp"

namespace kindroom::bench {

// Owner: one thread, which runs everybody's connections in until().
class Scene {
  public:
    // Everybody has signed up, is in their room with their boundaries in force, and listens. `more` are settings of the
    // house over those that take all bounds out of the way.
    explicit Scene(const Options& options, const test::Settings& more = {});

    const Options& options() const { return options_; }
    test::House& house() { return house_; }
    int server() { return house_.server().id(); }
    Surroundings& around() { return around_; }
    Ledger& ledger() { return *ledger_; }
    const BoundaryPlan& plan() const { return plan_; }

    std::uint32_t people() const { return static_cast<std::uint32_t>(members_.size()); }
    Member& member(std::uint32_t number) { return *members_[number]; }
    // The first in each room, and so many after them.
    std::vector<std::uint32_t> posters(std::uint32_t of_each_room) const;
    // Told after the ledger of everything that arrives.
    std::function<void(std::uint32_t, Tag)> on_message;

    // Runs the loop until it holds; looks after some events at a time, so it should be cheap. Throws WrongDelivery
    // where nothing comes any more, with `what` was waited for.
    void until(const std::function<bool()>& holds, const char* what);
    // Until everybody has what is theirs, and nothing else: all then ask for an answer, behind which nothing is hidden.
    void settle();
    // For each number below `count`, so many at a time; each says when it is done.
    using Done = std::function<void()>;
    void each(std::uint32_t count, std::uint32_t at_a_time, const std::function<void(std::uint32_t, Done)>& act,
              const char* what);

    // The next message of this member.
    v1::Request next_post(std::uint32_t author, Tag& tag);
    // Some of each room say one thing each: every boundary between them and the others is seen to be in force.
    void roll_call();
    // The house has started anew: everybody's connection is gone, and the next one leads there.
    void house_is_elsewhere();

  private:
    void make_rooms();
    void bring_in(std::uint32_t number, const Done& done);
    void enter(Member& member, const Done& done);
    void set_boundaries(std::uint32_t number, const Done& done);

    const Options options_;
    Surroundings around_;
    test::House house_;
    BoundaryPlan plan_;
    std::vector<std::string> rooms_;
    std::vector<std::string> lobbies_;
    std::vector<std::unique_ptr<Member>> members_;
    std::unique_ptr<Ledger> ledger_;
};

// Of each member, by number.
std::vector<std::uint32_t> rooms_of(const Options& options);
v1::Request resuming(const Member& member);

}  // namespace kindroom::bench
