// How fast is too fast, against a bucket that counts its tokens one by one.
#include "domain/rates.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const TimePoint start = from_ms(1'000'000'000);

TEST(TokenBucket, GivesItsBurstAndThenOneAtATime) {
    TokenBucket bucket;
    const Rate rate{.burst = 3, .every = 2s};
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(rate, start));
    const auto refused = bucket.take(rate, start);
    EXPECT_EQ(refusal(refused), Errc::rate_limited);
    EXPECT_EQ(refused.error().retry_at, start + 2s);
    EXPECT_FALSE(bucket.take(rate, start + 2s - 1ms));
    EXPECT_TRUE(bucket.take(rate, start + 2s));
    EXPECT_FALSE(bucket.take(rate, start + 2s));
    EXPECT_FALSE(bucket.is_full(start + 7s));
    EXPECT_TRUE(bucket.is_full(start + 8s));
}

TEST(TokenBucket, WithoutAPaceThereIsNoLimit) {
    TokenBucket bucket;
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(bucket.take({.burst = 1, .every = 0ms}, start));
}

TEST(TokenBucket, ATimeThatStandsStillGivesNothingBack) {
    TokenBucket bucket;
    const Rate rate{.burst = 1, .every = 1s};
    EXPECT_TRUE(bucket.take(rate, start));
    EXPECT_FALSE(bucket.take(rate, start - 1h)) << "a clock set back is no gift";
    EXPECT_FALSE(bucket.take(rate, start));
}

RC_GTEST_PROP(TokenBucket, EqualsABucketThatCounts, ()) {
    const auto burst = *rc::gen::inRange<std::uint32_t>(1, 8);
    const auto every = *rc::gen::inRange(1, 50);
    const auto waits = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40));
    TokenBucket bucket;
    const Rate rate{.burst = burst, .every = Duration{every}};
    // The model counts in milliseconds' worth of tokens: `every` of them make one token.
    std::int64_t level = std::int64_t{burst} * every;
    TimePoint now = start;
    for (const int wait : waits) {
        now += Duration{wait};
        level = std::min(level + wait, std::int64_t{burst} * every);
        const auto taken = bucket.take(rate, now);
        RC_ASSERT(taken.has_value() == (level >= every));
        if (taken)
            level -= every;
        else
            RC_ASSERT(taken.error().retry_at == now + Duration{every - level});
    }
}

}  // namespace
}  // namespace kindroom::domain::test
