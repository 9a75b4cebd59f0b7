// A wave of newcomers, judged from each one's own view.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

class Wave : public ::testing::Test {
  protected:
    Wave() { limits.wave_joins_max = 3; }
    Somebody newcomer(std::uint64_t number) const { return {an_id<AccountId>(number), "N"}; }
    std::vector<AccountId> come(const Somebody& who) {
        const auto coming = visits.decide(who.asker(), the_room, now);
        visits.apply(who.account, coming.seen, now);
        return coming.wave;
    }

    TimePoint now = from_ms(1'000'000'000);
    Limits limits;
    FirstVisits visits{limits};
};

TEST_F(Wave, SoManyAsTheLimitAreWelcomeOneMoreMakesAWaveOfAll) {
    for (std::uint64_t number = 1; number <= 3; ++number) EXPECT_TRUE(come(newcomer(number)).empty());
    const auto wave = come(newcomer(4));
    EXPECT_EQ(wave.size(), 4u) << "wave_joins_max";
    EXPECT_EQ(come(newcomer(5)).size(), 5u) << "while it goes on";
}

TEST_F(Wave, WhoComesOneAfterTheOtherIsNoWave) {
    for (std::uint64_t number = 1; number <= 30; ++number) {
        EXPECT_TRUE(come(newcomer(number)).empty()) << number;
        now += limits.wave_window / 3;
    }
}

TEST_F(Wave, ItIsOverWhenItIsOver) {
    for (std::uint64_t number = 1; number <= 8; ++number) come(newcomer(number));
    now += limits.wave_window;
    EXPECT_TRUE(come(newcomer(9)).empty());
}

TEST_F(Wave, X3Look30SomebodyWhoIsHiddenFromANewcomerDoesNotCountForThem) {
    const Somebody blocker = newcomer(1);
    const Somebody blocked = newcomer(2).apart_from(blocker, met(now - 1h, Position{0}));
    come(blocker);
    come(newcomer(3));
    come(newcomer(4));
    const auto wave = come(blocked);
    EXPECT_EQ(std::ranges::count(wave, blocked.account), 0) << "with the blocker it would be one too many";
    EXPECT_EQ(std::ranges::count(wave, blocker.account), 0) << "and so it is for the other one";
    EXPECT_EQ(std::ranges::count(wave, newcomer(3).account), 1) << "these two see four come";
    EXPECT_EQ(std::ranges::count(wave, newcomer(4).account), 1);
}

TEST_F(Wave, WhoCameLatelyIsKnownWhoeverSeesThem) {
    const Somebody one = newcomer(1);
    come(one);
    now += limits.wave_window / 2;
    come(newcomer(2));
    const Somebody late = newcomer(3).apart_from(one, met(now - 1h, Position{0}));
    EXPECT_EQ(visits.decide(late.asker(), the_room, now).lately,
              (std::vector{one.account, newcomer(2).account, late.account}));
    now += limits.wave_window / 2;
    EXPECT_EQ(visits.decide(late.asker(), the_room, now).lately, (std::vector{newcomer(2).account, late.account}));
}

TEST_F(Wave, ACrowdOfThousandsIsRememberedInPart) {
    for (std::uint64_t number = 1; number <= 5'000; ++number) come(newcomer(number));
    EXPECT_LE(come(newcomer(6'000)).size(), 4u * limits.wave_joins_max + 1);
}

}  // namespace
}  // namespace kindroom::domain::test
