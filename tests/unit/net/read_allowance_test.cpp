#include "net/read_allowance.hpp"

#include <gtest/gtest.h>

namespace kindroom::net {
namespace {

using std::chrono::milliseconds;

const ReadAllowance::Instant start{std::chrono::hours(1)};

TEST(ReadAllowance, ABurstIsFreeAndOneByteMoreWaitsUntilItIsEarned) {
    ReadAllowance allowance(1000, 500);
    allowance.took(500, start);
    EXPECT_EQ(allowance.pause(start), milliseconds(0));
    allowance.took(1, start);
    EXPECT_EQ(allowance.pause(start), milliseconds(1));
    EXPECT_EQ(allowance.pause(start + milliseconds(1)), milliseconds(0));
}

TEST(ReadAllowance, SilenceEarnsNoMoreThanTheBurst) {
    ReadAllowance allowance(1000, 500);
    allowance.took(500, start);
    const auto later = start + std::chrono::hours(1);
    allowance.took(500, later);
    EXPECT_EQ(allowance.pause(later), milliseconds(0));
    allowance.took(10, later);
    EXPECT_EQ(allowance.pause(later), milliseconds(10));
}

}  // namespace
}  // namespace kindroom::net
