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

TEST_F(Wave, X3WhoeverHasLeftCountsNoMoreThanSomebodyWhoIsHidden) {
    const Somebody blocker = newcomer(1);
    const Somebody blocked = newcomer(4).apart_from(blocker, met(now - 1h, Position{0}));
    for (std::uint64_t number = 1; number <= 3; ++number) come(newcomer(number));
    FirstVisits left = visits;
    left.went(blocker.account);
    const auto where_they_hide = visits.decide(blocked.asker(), the_room, now);
    const auto where_they_left = left.decide(newcomer(4).asker(), the_room, now);
    EXPECT_EQ(std::ranges::count(where_they_hide.wave, blocked.account), 0);
    EXPECT_EQ(where_they_left.seen, where_they_hide.seen);
    EXPECT_EQ(std::ranges::count(where_they_left.wave, blocked.account), 0);
    left.came_back(blocker.account);
    EXPECT_EQ(std::ranges::count(left.decide(newcomer(4).asker(), the_room, now).wave, blocked.account), 1)
        << "leaving and coming back is no way around a wave";
}

TEST(RoomInAWave, X3WhoeverHasLeftCountsNoMore) {
    Limits limits;
    limits.wave_joins_max = 2;
    RoomDialogue talk({.topic = "Grief", .seats = 12}, limits);
    EXPECT_TRUE(talk.join(ana));
    EXPECT_TRUE(talk.join(ben));
    talk.leave(ana);
    const auto is_wave_to_cleo = [&] {
        const auto joined = talk.room.decide_join(cleo.asker(), cleo.person(), talk.now());
        return std::ranges::count(joined->wave, cleo.account) > 0;
    };
    EXPECT_FALSE(is_wave_to_cleo());
    EXPECT_TRUE(talk.join(ana));
    EXPECT_TRUE(is_wave_to_cleo());
}

TEST_F(Wave, ACrowdOfThousandsIsRememberedInPart) {
    for (std::uint64_t number = 1; number <= 5'000; ++number) come(newcomer(number));
    EXPECT_LE(come(newcomer(6'000)).size(), 4u * limits.wave_joins_max + 1);
}

}  // namespace
}  // namespace kindroom::domain::test
