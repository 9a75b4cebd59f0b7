#include "bench/boundaries.hpp"

#include <gtest/gtest.h>

namespace kindroom::bench {
namespace {

TEST(BenchBoundaries, EachBlocksAndMutesSoManyOthersOfTheirThousand) {
    const BoundaryPlan plan(2'500, 5);
    for (const std::uint32_t person : {0u, 999u, 1'000u, 2'499u}) {
        EXPECT_EQ(plan.blocks_of(person).size(), 5u);
        EXPECT_EQ(plan.mutes_of(person).size(), 5u);
        for (const auto other : plan.blocks_of(person)) {
            EXPECT_NE(other, person);
            EXPECT_EQ(other / lobby_size, person / lobby_size);
        }
    }
}

TEST(BenchBoundaries, ABlockHidesBothAndAMuteOne) {
    const BoundaryPlan plan(50, 3);
    const auto blocked = plan.blocks_of(7).front();
    EXPECT_FALSE(plan.sees(7, blocked));
    EXPECT_FALSE(plan.sees(blocked, 7));
    EXPECT_FALSE(plan.sees(7, plan.mutes_of(7).front()));
    EXPECT_TRUE(plan.sees(7, 7));
    EXPECT_TRUE(BoundaryPlan(50, 0).sees(7, blocked));
}

TEST(BenchBoundaries, WhereThereAreFewPeopleThereAreFewBoundaries) {
    const BoundaryPlan plan(4, 5);
    EXPECT_EQ(plan.blocks_of(0).size(), 1u);
    EXPECT_EQ(plan.mutes_of(0).size(), 1u);
    EXPECT_TRUE(BoundaryPlan(1, 5).blocks_of(0).empty());
}

TEST(BenchBoundaries, TheSameEachTime) {
    EXPECT_EQ(BoundaryPlan(100, 5).blocks_of(42), BoundaryPlan(100, 5).blocks_of(42));
}

}  // namespace
}  // namespace kindroom::bench
