#include "lib/backoff.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kindroom::client {
namespace {

using std::chrono::milliseconds;

TEST(Backoff, DoublesUpToItsMaximumAndStartsAnewAfterSuccess) {
    Backoff backoff({milliseconds(500), milliseconds(30'000)});
    EXPECT_EQ(backoff.next(0), milliseconds(250));
    EXPECT_EQ(backoff.next(0), milliseconds(500));
    EXPECT_EQ(backoff.next(0), milliseconds(1'000));
    for (int i = 0; i < 50; ++i) backoff.next(0);
    EXPECT_EQ(backoff.next(0), milliseconds(15'000));
    backoff.reset();
    EXPECT_EQ(backoff.next(0), milliseconds(250));
}

RC_GTEST_PROP(Backoff, IsNeverOutsideOfItsBounds, ()) {
    Backoff backoff({milliseconds(500), milliseconds(30'000)});
    const auto tries = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
    for (const int chance : tries) {
        const auto wait = backoff.next(chance / 1000.0);
        RC_ASSERT(wait >= milliseconds(250) && wait <= milliseconds(30'000));
    }
}

}  // namespace
}  // namespace kindroom::client
