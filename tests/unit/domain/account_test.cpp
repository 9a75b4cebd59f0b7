// One account: its sessions and their ends.
#include "domain/account.hpp"

#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const TimePoint noon = from_ms(1'767'268'800'000);

Session device(std::uint64_t number) {
    return {.id = an_id<SessionId>(number), .token = an_id<SecretHash>(number), .device_label = "phone"};
}

class AccountDialogue {
  public:
    explicit AccountDialogue(Standing standing = {}, Limits with = {})
        : limits(with),
          account({.id = ana.account, .login_id = "amber-heron-4127", .standing = standing, .created_at = noon}, {},
                  limits) {}

    Result<SessionStarted> sign_in(std::uint64_t number, TimePoint at) {
        auto started = account.decide_sign_in(device(number), at);
        account.start(started);
        return started;
    }
    Errc come_back(std::uint64_t number, TimePoint at) {
        return refusal(account.decide_resume(an_id<SecretHash>(number), at));
    }

    Limits limits;
    Account account;
};

TEST(Account, ADeviceSignsInAndComesBackWithItsToken) {
    AccountDialogue talk;
    ASSERT_TRUE(talk.sign_in(1, noon));
    EXPECT_EQ(talk.come_back(1, noon + 1h), nothing);
    EXPECT_EQ(talk.come_back(2, noon), Errc::sign_in_failed);
    talk.account.end(an_id<SessionId>(1));
    EXPECT_EQ(talk.come_back(1, noon), Errc::sign_in_failed) << "ended and unknown: one answer";
}

TEST(Account, LastUseIsKeptToTheHour) {
    AccountDialogue talk;
    ASSERT_TRUE(talk.sign_in(1, noon + 17min));
    const auto card = talk.account.session_cards(an_id<SessionId>(1), noon + 20min).front();
    EXPECT_EQ(card.last_used_at, noon);
    EXPECT_TRUE(card.current);
    talk.account.touch(an_id<SessionId>(1), noon + 3h + 59min);
    EXPECT_EQ(talk.account.session(an_id<SessionId>(1))->last_used_at, noon + 3h);
}

TEST(Account, AnUnusedSessionExpiresAndAUsedOneDoesNot) {
    AccountDialogue talk;
    ASSERT_TRUE(talk.sign_in(1, noon));
    ASSERT_TRUE(talk.sign_in(2, noon));
    const TimePoint end = noon + talk.limits.session_idle_max + 1h;
    EXPECT_EQ(talk.account.next_expiry(), end);
    EXPECT_EQ(talk.come_back(1, end - 1ms), nothing);
    EXPECT_EQ(talk.come_back(1, end), Errc::sign_in_failed);
    talk.account.touch(an_id<SessionId>(2), noon + 24h);
    EXPECT_EQ(talk.account.expired_sessions(end), std::vector{an_id<SessionId>(1)});
    EXPECT_EQ(talk.account.session_cards({}, end).size(), 1u);
}

TEST(Account, NoSessionGrowsOlderThanItMay) {
    AccountDialogue talk;
    ASSERT_TRUE(talk.sign_in(1, noon));
    const TimePoint end = noon + talk.limits.session_age_max;
    talk.account.touch(an_id<SessionId>(1), end - 1h);
    EXPECT_EQ(talk.come_back(1, end - 1ms), nothing);
    EXPECT_EQ(talk.come_back(1, end), Errc::sign_in_failed);
}

TEST(Account, ThoseWhoLookAfterTheHouseSignInEveryDay) {
    AccountDialogue talk({.role = Role::admin, .moderates = {}});
    ASSERT_TRUE(talk.sign_in(1, noon));
    EXPECT_EQ(talk.come_back(1, noon + talk.limits.staff_session_age_max), Errc::sign_in_failed);
    AccountDialogue one_room({.role = Role::moderator, .moderates = {the_room}});
    ASSERT_TRUE(one_room.sign_in(1, noon));
    EXPECT_EQ(one_room.come_back(1, noon + talk.limits.staff_session_age_max), nothing);
}

TEST(Account, TheLeastRecentlyUsedSessionGivesWay) {
    Limits two;
    two.sessions_per_account_max = 2;
    AccountDialogue talk({}, two);
    ASSERT_TRUE(talk.sign_in(1, noon));
    ASSERT_TRUE(talk.sign_in(2, noon + 1h));
    talk.account.touch(an_id<SessionId>(1), noon + 2h);
    const auto started = talk.sign_in(3, noon + 3h);
    EXPECT_EQ(started->ended, std::vector{an_id<SessionId>(2)});
    EXPECT_EQ(talk.account.sessions().size(), 2u);
    EXPECT_EQ(talk.come_back(1, noon + 3h), nothing);
}

TEST(Account, IsANewcomerForItsFirstWhile) {
    const AccountDialogue talk;
    EXPECT_TRUE(talk.account.is_newcomer(noon + talk.limits.newcomer_for - 1ms));
    EXPECT_FALSE(talk.account.is_newcomer(noon + talk.limits.newcomer_for));
}

}  // namespace
}  // namespace kindroom::domain::test
