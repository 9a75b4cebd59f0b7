// PRODUCT X3, from many seeds: see two_worlds.hpp. KINDROOM_SEEDS says how many, KINDROOM_FIRST_SEED from which on;
// KINDROOM_SEED plays one again.
#include "sim/two_worlds.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>

#include "sim/seeds.hpp"

namespace kindroom::sim {
namespace {

using World = Play::World;

struct Judged {
    // What must never be, in one world by itself.
    std::vector<std::string> broken;
    // What tells the worlds apart.
    std::vector<std::string> told;
    std::size_t said = 0;
    // How often B had not received something, and so the worlds were to be told apart.
    std::size_t withheld = 0;
    // See Play::turned_while_b_caught_up(): what B is told then cannot be compared.
    bool is_between_answers = false;
};

// What tells the worlds of one script apart, or breaks a promise in one of them.
Judged judge(const Script& script, Turn turn) {
    std::set<std::size_t> left_out;
    std::optional<Play> blocks;
    // See two_worlds.hpp about what is taken back too late.
    while (true) {
        blocks.emplace(script, World::blocks, left_out);
        const auto late = blocks->taken_back_too_late();
        if (late.empty()) break;
        left_out.insert(late.begin(), late.end());
    }
    Judged judged{.broken = blocks->broken(), .told = {}, .said = blocks->said()};
    if (!judged.broken.empty()) return judged;
    auto not_there = blocks->not_received();
    judged.withheld = static_cast<std::size_t>(
        std::ranges::count_if(not_there, [&](std::size_t number) { return script.acts[number].makes_a_step(); }));
    not_there.insert(left_out.begin(), left_out.end());
    const Play leaves(script, World::leaves, not_there, blocks->sent_acts());
    for (const auto& fault : leaves.broken()) judged.broken.push_back("where A leaves: " + fault);
    if (const auto told = difference(blocks->heard_by(Script::b), leaves.heard_by(Script::b))) {
        judged.is_between_answers = blocks->turned_while_b_caught_up(leaves);
        if (!judged.is_between_answers) judged.told.push_back("B can tell that A blocks: " + *told);
    }
    // In mid-traffic it is enough that nothing of B is shown to A: see Play::broken().
    if (turn == Turn::racing || script.is_moderated()) return judged;
    const Play alone(script, World::alone, left_out, blocks->sent_acts());
    for (const auto& fault : alone.broken()) judged.broken.push_back("without B: " + fault);
    if (const auto told = difference(blocks->heard_after_the_turn_by_a(), alone.heard_after_the_turn_by_a()))
        judged.told.push_back("A still notices B: " + *told);
    return judged;
}

// The same a millisecond later. What happens in one millisecond happens in an order of chance: where the turn falls
// into that of a tick, or of a reply, one world may be in time for it and the other not; where a page is asked for in
// that in which words become durable, it has them or not; and of two who speak in one, either is first. What tells
// anything does so a millisecond later as well.
Script a_little_later(Script script) {
    script.turn += Duration{1};
    for (Act& act : script.acts) {
        const bool is_third = act.person != Script::a && act.person != Script::b;
        if (act.kind == Act::Kind::read || is_third) act.at += Duration{1};
    }
    return script;
}

void play_many(Turn turn, const char* name, std::uint64_t by_default = 200,
               Script (*moderated)(std::uint64_t) = nullptr) {
    const auto one = from_environment("KINDROOM_SEED");
    const std::uint64_t first = one ? *one : from_environment("KINDROOM_FIRST_SEED").value_or(1);
    const std::uint64_t count = one ? 1 : from_environment("KINDROOM_SEEDS").value_or(by_default);
    std::uint64_t said = 0;
    std::uint64_t withheld = 0;
    std::uint64_t failed = 0;
    std::uint64_t coincidences = 0;
    std::uint64_t between_answers = 0;
    std::uint64_t seed = first;
    for (; seed < first + count && failed < 5; ++seed) {
        const Script script = moderated ? moderated(seed) : script_of(seed, turn);
        Judged judged = judge(script, turn);
        said += judged.said;
        withheld += judged.withheld;
        if (judged.broken.empty() && !judged.told.empty()) {
            judged = judge(a_little_later(script), turn);
            coincidences += judged.told.empty() ? 1 : 0;
        }
        between_answers += judged.is_between_answers ? 1 : 0;
        if (judged.broken.empty() && judged.told.empty()) continue;
        ++failed;
        std::string all;
        for (const auto* faults : {&judged.broken, &judged.told})
            for (const auto& fault : *faults) all += fault + "\n";
        ADD_FAILURE() << all << "Play it again: KINDROOM_SEED=" << seed << " test_sim_sim --gtest_filter=TwoWorlds."
                      << name;
    }
    std::cout << seed - first << " seeds from " << first << " on: " << failed << " tell something, " << coincidences
              << " only in their very millisecond, " << between_answers << " turn between two answers\n";
    EXPECT_LE(coincidences, 2 + count / 200) << "what is so common is no coincidence";
    EXPECT_LE(between_answers, 2 + count / 1'000) << "what is so common is no coincidence";
    EXPECT_GT(said, count * 5) << "worlds in which nobody talks are alike";
    EXPECT_GT(withheld, count) << "worlds in which nothing is withheld are alike";
}

TEST(TwoWorlds, X3ABlockAtAQuietMomentLooksLikeLeaving) {
    play_many(Turn::settled, "X3ABlockAtAQuietMomentLooksLikeLeaving");
}

// Where hidden words had filled a room's memory, so that an answer came from elsewhere than in the other world.
TEST(TwoWorlds, X3WhereAnAnswerComesFromTellsNothing) {
    for (const std::uint64_t seed : {43'228u}) {
        const Judged judged = judge(script_of(seed, Turn::settled), Turn::settled);
        EXPECT_EQ(judged.told, std::vector<std::string>{}) << seed;
        EXPECT_EQ(judged.broken, std::vector<std::string>{}) << seed;
    }
}

TEST(TwoWorlds, X3ABlockInMidTrafficLooksLikeLeaving) {
    play_many(Turn::racing, "X3ABlockInMidTrafficLooksLikeLeaving");
}

TEST(TwoWorlds, X3ABlockInAModeratedHouseLooksLikeLeaving) {
    play_many(Turn::settled, "X3ABlockInAModeratedHouseLooksLikeLeaving", 25, moderated_script_of);
}

}  // namespace
}  // namespace kindroom::sim
