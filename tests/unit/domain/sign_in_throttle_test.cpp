// Guessing is slowed down; the owner is not locked out.
#include "domain/sign_in_throttle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const TimePoint start = from_ms(1'000'000'000);
const NetworkId here = an_id<NetworkId>(1);
const NetworkId elsewhere = an_id<NetworkId>(2);

class Guessing {
  public:
    explicit Guessing(Limits with = {}) : limits(with), throttle(limits) {}
    // A wrong try; the answer is when to come back, or nothing if it was let through.
    std::optional<TimePoint> guess(const std::string& login_id, NetworkId network, TimePoint at) {
        const auto may = throttle.may_try(login_id, network, false, at);
        if (!may) return may.error().retry_at;
        throttle.failed(login_id, at);
        return std::nullopt;
    }

    Limits limits;
    SignInThrottle throttle;
};

TEST(SignInThrottle, AFewMistakesAreFree) {
    Guessing guessing;
    for (std::uint32_t i = 0; i < guessing.limits.sign_in_tries_fast; ++i)
        EXPECT_EQ(guessing.guess("amber-heron-4127", here, start), std::nullopt);
    EXPECT_EQ(guessing.guess("amber-heron-4127", here, start), start + guessing.limits.sign_in_backoff_first);
}

TEST(SignInThrottle, EachFurtherMistakeDoublesTheWaitUpToAnEnd) {
    Limits patient;
    patient.sign_in_tries_per_network = 1'000'000;
    Guessing guessing(patient);
    TimePoint now = start;
    Duration expected = patient.sign_in_backoff_first;
    for (std::uint32_t i = 0; i < patient.sign_in_tries_fast; ++i) guessing.guess("a", here, now);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(guessing.guess("a", here, now), now + expected);
        now += expected;
        EXPECT_EQ(guessing.guess("a", here, now), std::nullopt);
        expected = std::min(expected * 2, patient.sign_in_backoff_max);
    }
}

TEST(SignInThrottle, TheRightPassphraseForgivesAll) {
    Guessing guessing;
    for (std::uint32_t i = 0; i < guessing.limits.sign_in_tries_fast; ++i) guessing.guess("a", here, start);
    guessing.throttle.succeeded("a");
    EXPECT_EQ(guessing.guess("a", here, start), std::nullopt);
}

TEST(SignInThrottle, AnotherAccountIsNotSlowedButTheNetworkIs) {
    Guessing guessing;
    const std::uint32_t most = guessing.limits.sign_in_tries_per_network;
    for (std::uint32_t i = 0; i < most; ++i)
        EXPECT_EQ(guessing.guess("account-" + std::to_string(i), here, start), std::nullopt);
    EXPECT_NE(guessing.guess("one-more", here, start), std::nullopt);
    EXPECT_EQ(guessing.guess("one-more", elsewhere, start), std::nullopt);
    EXPECT_TRUE(guessing.throttle.may_try("one-more", here, true, start)) << "loopback is not a network of strangers";
}

TEST(SignInThrottle, WrongCodesOfAppealsHaveABudgetOfTheirOwn) {
    Guessing guessing;
    const auto misses = [&](NetworkId network, TimePoint at) {
        return refusal(guessing.throttle.missed_appeal(network, false, at));
    };
    for (std::uint32_t i = 0; i < guessing.limits.appeal_tries_per_network; ++i)
        EXPECT_EQ(misses(here, start), nothing);
    EXPECT_EQ(misses(here, start), Errc::rate_limited);
    EXPECT_EQ(misses(elsewhere, start), nothing);
    EXPECT_EQ(misses(here, start + 1h), nothing);
    EXPECT_TRUE(guessing.throttle.missed_appeal(here, true, start));
    EXPECT_EQ(guessing.guess("amber-heron-4127", here, start), std::nullopt) << "passphrases are not slowed by it";
}

TEST(SignInThrottle, AccountsAreMadeSlowlyFromOneNetwork) {
    Guessing guessing;
    for (std::uint32_t i = 0; i < guessing.limits.sign_ups_per_network; ++i)
        EXPECT_TRUE(guessing.throttle.may_sign_up(here, false, start));
    EXPECT_EQ(refusal(guessing.throttle.may_sign_up(here, false, start)), Errc::rate_limited);
    EXPECT_TRUE(guessing.throttle.may_sign_up(here, true, start));
    EXPECT_TRUE(guessing.throttle.may_sign_up(elsewhere, false, start));
    EXPECT_TRUE(guessing.throttle.may_sign_up(here, false, start + 1h));
}

TEST(SignInThrottle, ItsMemoryIsBoundedAndForgetsTheLeastRecent) {
    Limits small;
    small.networks_remembered_max = 2;
    small.sign_in_tries_fast = 1;
    small.sign_in_tries_per_network = 1'000'000;
    Guessing guessing(small);
    guessing.guess("a", here, start);
    guessing.guess("b", here, start);
    EXPECT_NE(guessing.guess("a", here, start), std::nullopt) << "asked again, so the most recent";
    guessing.guess("c", here, start);
    EXPECT_NE(guessing.guess("a", here, start), std::nullopt);
    EXPECT_EQ(guessing.guess("b", here, start), std::nullopt) << "forgotten";
}

TEST(SignInThrottle, WhoMayNotGuessAnyMoreCannotMakeAnAccountForgottenEither) {
    Limits small;
    small.networks_remembered_max = 2;
    small.sign_in_tries_fast = 1;
    small.sign_in_tries_per_network = 1;
    Guessing guessing(small);
    guessing.guess("a", here, start);
    for (const char* other : {"b", "c", "d"}) EXPECT_NE(guessing.guess(other, here, start), std::nullopt);
    EXPECT_EQ(guessing.throttle.may_try("a", elsewhere, false, start).error().retry_at,
              start + small.sign_in_backoff_first);
}

RC_GTEST_PROP(SignInThrottle, EqualsOneThatRemembersEverything, ()) {
    struct Model {
        std::uint32_t failures = 0;
        TimePoint next_at{};
    };
    Limits limits;
    limits.sign_in_tries_per_network = 1'000'000;
    limits.sign_in_tries_fast = *rc::gen::inRange<std::uint32_t>(1, 6);
    Guessing guessing(limits);
    std::map<int, Model> model;
    TimePoint now = start;
    const auto tries = *rc::gen::container<std::vector<std::tuple<int, int, bool>>>(
        rc::gen::tuple(rc::gen::inRange(0, 3), rc::gen::inRange(0, 5'000), rc::gen::arbitrary<bool>()));
    for (const auto& [who, wait, fits] : tries) {
        now += Duration{wait};
        const std::string login_id = std::to_string(who);
        Model& expected = model[who];
        const auto may = guessing.throttle.may_try(login_id, here, false, now);
        RC_ASSERT(may.has_value() == (expected.next_at <= now));
        if (!may) continue;
        if (fits) {
            guessing.throttle.succeeded(login_id);
            expected = {};
            continue;
        }
        guessing.throttle.failed(login_id, now);
        if (++expected.failures < limits.sign_in_tries_fast) continue;
        const auto doublings = std::min(expected.failures - limits.sign_in_tries_fast, 30u);
        expected.next_at =
            now + std::min(limits.sign_in_backoff_first * (std::int64_t{1} << doublings), limits.sign_in_backoff_max);
    }
}

}  // namespace
}  // namespace kindroom::domain::test
