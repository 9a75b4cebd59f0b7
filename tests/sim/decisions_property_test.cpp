// Due process at random, in many houses, each from one seed. KINDROOM_SEEDS says how many; KINDROOM_SEED plays one
// again.
#include <gtest/gtest.h>

#include "sim/quarrel.hpp"
#include "sim/seeds.hpp"

namespace kindroom::sim {
namespace {

TEST(QuarrelX6, NothingActsWithoutItsReasonsOutlivesItsEndOrClosesHelp) {
    const auto played = seeds(100);
    Quarrel::Lived all;
    for (const std::uint64_t seed : played) {
        Quarrel quarrel(seed);
        quarrel.live(Duration{20'000});
        quarrel.check();
        const auto lived = quarrel.lived();
        all.decisions += lived.decisions;
        all.reports += lived.reports;
        all.appeals += lived.appeals;
        all.reversals += lived.reversals;
        all.held += lived.held;
        all.by_filters += lived.by_filters;
        for (const auto& violation : quarrel.violations())
            ADD_FAILURE() << violation << play_again(seed, "QuarrelX6.*");
        if (HasFailure()) return;
    }
    const std::pair<const char*, std::pair<std::size_t, std::size_t>> enough[] = {{"decisions", {all.decisions, 5}},
                                                                                  {"reports", {all.reports, 5}},
                                                                                  {"appeals", {all.appeals, 2}},
                                                                                  {"held", {all.held, 5}},
                                                                                  {"by_filters", {all.by_filters, 1}}};
    for (const auto& [what, numbers] : enough) {
        RecordProperty(what, std::to_string(numbers.first));
        EXPECT_GT(numbers.first, played.size() * numbers.second) << "a house without these proves nothing: " << what;
    }
    RecordProperty("reversals", std::to_string(all.reversals));
    EXPECT_GT(all.reversals, played.size() / 4);
}

}  // namespace
}  // namespace kindroom::sim
