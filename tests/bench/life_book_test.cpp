// While boundaries come and go, what was to be seen for sure is owed, and what was not is refused.
#include "bench/life_book.hpp"

#include <gtest/gtest.h>

namespace kindroom::bench {
namespace {

LifeBook a_book() { return LifeBook({0, 0, 0}); }

void everybody_receives(LifeBook& book, Tag tag) {
    for (const std::uint32_t viewer : {0u, 1u, 2u}) book.received(viewer, tag);
}

TEST(BenchLifeBook, BetweenPeopleWithoutABoundaryEverythingIsOwedOnce) {
    auto book = a_book();
    const auto tag = book.post(0);
    book.received(0, tag);
    book.received(1, tag);
    EXPECT_FALSE(book.is_complete());
    book.received(2, tag);
    EXPECT_TRUE(book.is_complete());
    EXPECT_THROW(book.received(2, tag), WrongDelivery) << "twice";
    book.post(0);
    EXPECT_THROW(book.received(2, book.post(0)), WrongDelivery) << "a gap";
}

TEST(BenchLifeBook, WhileABoundaryIsAskedForWhatComesIsFineAndWhatDoesNotIsToo) {
    auto book = a_book();
    book.unsettle(2, 0);
    const auto first = book.post(0);
    const auto second = book.post(0);
    for (const std::uint32_t viewer : {0u, 1u}) {
        book.received(viewer, first);
        book.received(viewer, second);
    }
    EXPECT_TRUE(book.is_complete());
    book.received(2, second);
    EXPECT_THROW(book.received(2, first), WrongDelivery) << "too late";
}

TEST(BenchLifeBook, NothingFollowsTheAnswerToAMuteUntilItEnds) {
    auto book = a_book();
    book.unsettle(2, 0);
    const auto before = book.post(0);
    book.mute(2, 0);
    EXPECT_THROW(book.received(2, before), WrongDelivery);
    book.unmute(2, 0);
    EXPECT_NO_THROW(book.received(2, book.post(0)));
}

TEST(BenchLifeBook, NothingFollowsTheAnswerToABlockAndNothingNewReachesTheOther) {
    auto book = a_book();
    book.unsettle(2, 0);
    book.unsettle(0, 2);
    const auto of_blocked = book.post(0);
    const auto of_blocker = book.post(2);
    book.block(2, 0);
    EXPECT_THROW(book.received(2, of_blocked), WrongDelivery);
    book.unmute(2, 0);
    EXPECT_THROW(book.received(2, of_blocked), WrongDelivery) << "the end of a mute ends no block";
    EXPECT_NO_THROW(book.received(0, of_blocker)) << "was said before";
    EXPECT_THROW(book.received(0, book.post(2)), WrongDelivery);
}

TEST(BenchLifeBook, RefusesTwoOrdersAlsoWhereNoTwoPeopleSeeTheSame) {
    auto book = a_book();
    const auto one = book.post(0);
    const auto two = book.post(1);
    const auto three = book.post(2);
    // Each fits with each other one, but not all together.
    book.received(0, one);
    book.received(0, two);
    book.received(1, two);
    book.received(1, three);
    EXPECT_NO_THROW(book.check_order());
    book.received(2, three);
    book.received(2, one);
    EXPECT_THROW(book.check_order(), WrongDelivery);
}

TEST(BenchLifeBook, OneOrderIsFine) {
    auto book = a_book();
    for (int i = 0; i < 5; ++i)
        for (const std::uint32_t author : {2u, 0u, 1u}) everybody_receives(book, book.post(author));
    EXPECT_TRUE(book.is_complete());
    EXPECT_NO_THROW(book.check_order());
}

}  // namespace
}  // namespace kindroom::bench
