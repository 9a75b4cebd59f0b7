// PRODUCT X3, from many seeds: see two_worlds.hpp. KINDROOM_SEEDS says how many; KINDROOM_SEED plays one again.
#include "sim/two_worlds.hpp"

#include <cstdlib>
#include <gtest/gtest.h>

namespace kindroom::sim {
namespace {

using World = Play::World;

std::optional<std::uint64_t> from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (!value || !*value) return std::nullopt;
    return std::strtoull(value, nullptr, 10);
}

struct Judged {
    std::vector<std::string> faults;
    std::size_t said = 0;
    // How often B had not received something, and so the worlds were to be told apart.
    std::size_t withheld = 0;
};

// What tells the worlds of one seed apart, or breaks a promise in one of them.
Judged judge(std::uint64_t seed, Turn turn) {
    const Script script = script_of(seed, turn);
    std::set<std::size_t> left_out;
    std::optional<Play> blocks;
    // See two_worlds.hpp about what is taken back too late.
    while (true) {
        blocks.emplace(script, World::blocks, left_out);
        const auto late = blocks->taken_back_too_late();
        if (late.empty()) break;
        left_out.insert(late.begin(), late.end());
    }
    Judged judged{.faults = blocks->broken(), .said = blocks->said()};
    if (!judged.faults.empty()) return judged;
    auto not_there = blocks->not_received();
    judged.withheld = not_there.size();
    not_there.insert(left_out.begin(), left_out.end());
    const Play leaves(script, World::leaves, not_there);
    for (const auto& fault : leaves.broken()) judged.faults.push_back("where A leaves: " + fault);
    if (const auto told = difference(blocks->heard_by(Script::b), leaves.heard_by(Script::b)))
        judged.faults.push_back("B can tell that A blocks: " + *told);
    // In mid-traffic it is enough that nothing of B is shown to A: see Play::broken().
    if (turn == Turn::racing) return judged;
    const Play alone(script, World::alone, left_out);
    for (const auto& fault : alone.broken()) judged.faults.push_back("without B: " + fault);
    if (const auto told = difference(blocks->heard_after_the_turn_by_a(), alone.heard_after_the_turn_by_a()))
        judged.faults.push_back("A still notices B: " + *told);
    return judged;
}

void play_many(Turn turn, const char* name) {
    const auto one = from_environment("KINDROOM_SEED");
    const std::uint64_t count = one ? 1 : from_environment("KINDROOM_SEEDS").value_or(200);
    std::uint64_t said = 0;
    std::uint64_t withheld = 0;
    std::uint64_t failed = 0;
    for (std::uint64_t i = 0; i < count && failed < 5; ++i) {
        const std::uint64_t seed = one.value_or(i + 1);
        const auto judged = judge(seed, turn);
        said += judged.said;
        withheld += judged.withheld;
        if (judged.faults.empty()) continue;
        ++failed;
        std::string all;
        for (const auto& fault : judged.faults) all += fault + "\n";
        ADD_FAILURE() << all << "Play it again: KINDROOM_SEED=" << seed << " test_sim_sim --gtest_filter=TwoWorlds."
                      << name;
    }
    EXPECT_GT(said, count * 5) << "worlds in which nobody talks are alike";
    EXPECT_GT(withheld, count) << "worlds in which nothing is withheld are alike";
}

TEST(TwoWorlds, X3ABlockAtAQuietMomentLooksLikeLeaving) {
    play_many(Turn::settled, "X3ABlockAtAQuietMomentLooksLikeLeaving");
}

TEST(TwoWorlds, X3ABlockInMidTrafficLooksLikeLeaving) {
    play_many(Turn::racing, "X3ABlockInMidTrafficLooksLikeLeaving");
}

}  // namespace
}  // namespace kindroom::sim
