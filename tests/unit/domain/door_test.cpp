// Who knocks, who is let in, and invites.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

class AtTheDoor : public ::testing::Test {
  protected:
    AtTheDoor() { limits.knocks_max = 2; }
    void pass(Duration time) { now += time; }
    // Who knocked in the beginning.
    Knocker knocker(const Somebody& who) const { return {who.account, who.person(), begin}; }
    Door::Heard knock(const Somebody& who) { return door.knock(who.account, who.person(), now); }

    const TimePoint begin = from_ms(1'000'000'000);
    TimePoint now = begin;
    Limits limits;
    Door door{limits};
};

TEST_F(AtTheDoor, AKnockWaitsUntilItFades) {
    const auto heard = knock(ana);
    EXPECT_TRUE(heard.is_news);
    EXPECT_EQ(heard.fades_at, now + limits.knock_fades);
    EXPECT_EQ(door.waiting(now), std::vector{knocker(ana)});
    pass(limits.knock_fades - 1ms);
    EXPECT_FALSE(knock(ana).is_news) << "knocking again is no other knock";
    EXPECT_EQ(knock(ana).fades_at, heard.fades_at);
    pass(1ms);
    EXPECT_TRUE(door.waiting(now).empty());
    EXPECT_FALSE(door.let_in(ana.token(), now)) << "too late";
    EXPECT_TRUE(knock(ana).is_news);
}

TEST_F(AtTheDoor, WhoeverIsPassedOverIsAnsweredAsOneWhomNobodySaw) {
    const auto first = knock(ana);
    knock(ben);
    door.pass_over(ana.token());
    EXPECT_EQ(door.waiting(now), std::vector{knocker(ben)});
    pass(1min);
    EXPECT_EQ(knock(ana).fades_at, first.fades_at);
    EXPECT_EQ(knock(ben).fades_at, first.fades_at);
    EXPECT_EQ(door.waiting(now), std::vector{knocker(ben)}) << "it does not come back to the list";
    EXPECT_FALSE(door.let_in(ana.token(), now));
}

TEST_F(AtTheDoor, WhoeverIsLetInComesInWithinAWhile) {
    knock(ana);
    EXPECT_FALSE(door.is_open_to(ana.account, now));
    const auto let_in = door.let_in(ana.token(), now);
    ASSERT_TRUE(let_in);
    EXPECT_EQ(let_in->account, ana.account);
    EXPECT_EQ(let_in->until, now + limits.knock_opens);
    EXPECT_TRUE(door.waiting(now).empty());
    pass(limits.knock_opens - 1ms);
    EXPECT_TRUE(door.is_open_to(ana.account, now));
    EXPECT_FALSE(door.is_open_to(ben.account, now));
    pass(1ms);
    EXPECT_FALSE(door.is_open_to(ana.account, now));
}

TEST_F(AtTheDoor, WhereTooManyKnockOneMoreIsAnsweredAlikeAndHeardByNobody) {
    knock(ana);
    knock(ben);
    const auto heard = knock(cleo);
    EXPECT_FALSE(heard.is_news) << "knocks_max";
    EXPECT_EQ(heard.fades_at, now + limits.knock_fades);
    EXPECT_EQ(door.waiting(now).size(), 2u);
    pass(limits.knock_fades);
    EXPECT_TRUE(knock(cleo).is_news);
}

TEST_F(AtTheDoor, AnInviteHoldsForItsUsesAndItsTime) {
    limits.room_invites_max = 1;
    const auto code = an_id<SecretHash>(1);
    EXPECT_TRUE(door.may_invite(now));
    door.put({.code = code, .uses_left = 2, .ends_at = now + 1h});
    EXPECT_EQ(refusal(door.may_invite(now)), Errc::too_many) << "room_invites_max";
    ASSERT_TRUE(door.invite(code, now));
    EXPECT_EQ(door.invite(an_id<SecretHash>(2), now), nullptr);
    EXPECT_EQ(door.spend(code).uses_left, 1u);
    EXPECT_EQ(door.spend(code).uses_left, 0u);
    EXPECT_EQ(door.invite(code, now), nullptr) << "used up";
    door.put({.code = code, .uses_left = 1, .ends_at = now + 1h});
    EXPECT_EQ(door.invite(code, now + 1h), nullptr) << "over";
    EXPECT_TRUE(door.may_invite(now + 1h)) << "one that is over takes no place";
    EXPECT_EQ(door.drop_ended(now + 1h), std::vector{code});
}

}  // namespace
}  // namespace kindroom::domain::test
