// A measurement fails where a member does not receive exactly what they may see.
#include "bench/ledger.hpp"

#include <gtest/gtest.h>

namespace kindroom::bench {
namespace {

// Members 0, 1, 2 in one room and 3, 4 in another; 2 does not see 1.
Ledger a_ledger() {
    return Ledger({0, 0, 0, 1, 1}, [](auto viewer, auto author) { return viewer != 2 || author != 1; });
}

TEST(BenchLedger, IsCompleteOnceEverybodyWhoMaySeeItHasIt) {
    auto ledger = a_ledger();
    const auto tag = ledger.post(0);
    EXPECT_EQ(ledger.audience(0), 3u);
    ledger.received(0, tag);
    ledger.received(1, tag);
    EXPECT_FALSE(ledger.is_complete());
    EXPECT_EQ(ledger.first_missing(), "member 2, message 0 of member 0");
    ledger.received(2, tag);
    EXPECT_TRUE(ledger.is_complete());
    EXPECT_EQ(ledger.deliveries(), 3u);
}

TEST(BenchLedger, WhoDoesNotSeeAnAuthorIsOwedNothing) {
    auto ledger = a_ledger();
    const auto tag = ledger.post(1);
    EXPECT_EQ(ledger.audience(1), 2u);
    ledger.received(0, tag);
    ledger.received(1, tag);
    EXPECT_TRUE(ledger.is_complete());
    EXPECT_THROW(ledger.received(2, tag), WrongDelivery);
}

TEST(BenchLedger, RefusesWhatComesTwiceOrLeavesAGap) {
    auto ledger = a_ledger();
    const auto first = ledger.post(0);
    const auto second = ledger.post(0);
    EXPECT_THROW(ledger.received(1, second), WrongDelivery) << "a gap";
    ledger.received(1, first);
    EXPECT_THROW(ledger.received(1, first), WrongDelivery) << "twice";
    ledger.received(1, second);
}

TEST(BenchLedger, RefusesWhatWasNeverPostedAndWhatIsOfAnotherRoom) {
    auto ledger = a_ledger();
    EXPECT_THROW(ledger.received(1, {.author = 0, .number = 0}), WrongDelivery);
    const auto elsewhere = ledger.post(3);
    EXPECT_THROW(ledger.received(1, elsewhere), WrongDelivery);
    EXPECT_THROW(ledger.received(1, {.author = 99, .number = 0}), WrongDelivery);
}

TEST(BenchLedger, RefusesTwoOrdersOfOneRoom) {
    auto ledger = a_ledger();
    const auto one = ledger.post(0);
    const auto other = ledger.post(1);
    ledger.received(0, one);
    ledger.received(0, other);
    ledger.received(1, other);
    ledger.received(1, one);
    ledger.received(2, one);
    ASSERT_TRUE(ledger.is_complete());
    EXPECT_THROW(ledger.check_order(), WrongDelivery);
}

TEST(BenchLedger, WhoSeesOtherAuthorsIsNotComparedWithThoseWhoSeeAll) {
    auto ledger = a_ledger();
    const auto one = ledger.post(0);
    const auto other = ledger.post(1);
    for (const std::uint32_t viewer : {0u, 1u}) {
        ledger.received(viewer, other);
        ledger.received(viewer, one);
    }
    ledger.received(2, one);
    EXPECT_NO_THROW(ledger.check_order());
}

TEST(BenchLedger, WhoStandsStillIsOwedNothingAndStillGetsNothingWrong) {
    auto ledger = a_ledger();
    const auto first = ledger.post(0);
    ledger.received(0, first);
    ledger.received(1, first);
    ledger.excuse(2);
    EXPECT_TRUE(ledger.is_complete());
    EXPECT_FALSE(ledger.has_all(2));
    const auto second = ledger.post(0);
    EXPECT_EQ(ledger.audience(0), 2u);
    EXPECT_THROW(ledger.received(2, second), WrongDelivery) << "the first one is missing";
    ledger.received(2, first);
    ledger.received(2, second);
    EXPECT_TRUE(ledger.has_all(2));
}

TEST(BenchLedger, WhoListensAgainIsOwedWhatFollows) {
    auto ledger = a_ledger();
    ledger.excuse(2);
    ledger.received(0, ledger.post(0));
    ledger.readmit(2);
    EXPECT_TRUE(ledger.has_all(2));
    EXPECT_EQ(ledger.audience(0), 3u);
    ledger.received(2, ledger.post(0));
    EXPECT_EQ(ledger.deliveries(), 2u);
}

}  // namespace
}  // namespace kindroom::bench
