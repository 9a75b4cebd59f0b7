// Many houses, each from one seed. KINDROOM_SEEDS says how many; KINDROOM_SEED plays one again.
#include <chrono>
#include <gtest/gtest.h>

#include "sim/crowd.hpp"
#include "sim/filters_of_a_house.hpp"
#include "sim/seeds.hpp"

namespace kindroom::sim {
namespace {

// Small bounds, so that in a minute of a house's life all of them are met: short windows and pages, few bytes in an
// outbox, rooms and accounts that leave the memory soon.
Limits tight(Chance& chance) {
    Limits limits;
    limits.window_steps = static_cast<std::uint32_t>(chance.between(3, 24));
    limits.history_page_max = static_cast<std::uint32_t>(chance.between(2, 8));
    limits.history_page_bytes_max = chance.one_in(2) ? 600 : 64 * 1024;
    limits.outbox_bytes_max = static_cast<std::uint32_t>(chance.between(1'000, 20'000));
    limits.outbox_events_max = static_cast<std::uint32_t>(chance.between(5, 50));
    limits.requests_in_flight_max = static_cast<std::uint32_t>(chance.between(2, 8));
    limits.roster_tick = Duration{2'000};
    limits.roster_tick_jitter = Duration{500};
    limits.presence_linger = Duration{5'000};
    limits.room_idle_max = Duration{3'000};
    limits.account_idle_max = Duration{3'000};
    limits.posts_burst = limits.newcomer_posts_burst = 10;
    limits.post_every = limits.newcomer_post_every = Duration{100};
    limits.joins_burst = limits.commands_burst = 100'000;
    limits.sessions_per_account_max = 4;
    limits.seats_default = 50;
    without_first_visits(limits);
    // In the quarter of a minute that a house lives, rooms wind down and pause many times.
    limits.duty_linger = Duration{chance.one_in(2) ? 0 : 300};
    limits.unattended_grace = Duration{500};
    limits.winding_down = Duration{1'000};
    limits.review_max = Duration{chance.one_in(2) ? 2'000 : 20'000};
    limits.session_idle_max = Duration{chance.one_in(4) ? 20'000 : 2'592'000'000};
    return limits;
}

// What went wrong, or nothing.
std::vector<std::string> live_through(std::uint64_t seed, std::uint64_t* accepted = nullptr) {
    Chance chance(seed * 2 + 1);
    SimWorld world(seed, {.shards = static_cast<std::uint32_t>(chance.between(1, 4)),
                          .limits = tight(chance),
                          .pace = {.up = Duration{static_cast<std::int64_t>(chance.between(0, 40))},
                                   .down = Duration{static_cast<std::int64_t>(chance.between(0, 40))},
                                   .flush = Duration{static_cast<std::int64_t>(chance.between(0, 10))}},
                          .filters = filters_of_a_house({links_are_held(), a_cry_for_help_is_answered()})});
    Crowd crowd(
        world, {.people = static_cast<std::uint32_t>(chance.between(2, 5)),
                .rooms = static_cast<std::uint32_t>(chance.between(1, 2)),
                .act_every = Duration{static_cast<std::int64_t>(chance.between(40, 300))},
                .fault_every = Duration{chance.one_in(4) ? 0 : static_cast<std::int64_t>(chance.between(300, 3'000))}});
    crowd.live(Duration{15'000});
    crowd.check();
    if (accepted) *accepted += world.witness().accepted();
    return world.witness().violations();
}

TEST(Simulation, TheHouseKeepsItsPromises) {
    const auto played = seeds(500);
    std::uint64_t accepted = 0;
    std::uint64_t failed = 0;
    for (const std::uint64_t seed : played) {
        if (failed == 5) break;
        const auto violations = live_through(seed, &accepted);
        if (violations.empty()) continue;
        ++failed;
        std::string all;
        for (const auto& violation : violations) all += "  " + violation + "\n";
        ADD_FAILURE() << all << play_again(seed, "Simulation.TheHouseKeepsItsPromises");
    }
    RecordProperty("accepted_posts", std::to_string(accepted));
    EXPECT_GT(accepted, played.size()) << "a simulation in which nobody talks proves nothing";
}

TEST(Simulation, OneSeedIsOneStory) {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    live_through(7, &first);
    live_through(7, &second);
    EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace kindroom::sim
