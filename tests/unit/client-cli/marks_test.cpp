#include "cli/marks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kindroom::cli {
namespace {

TEST(Marks, GoFromOneLetterToTwoAndBegin) {
    EXPECT_EQ(letters(0), "a");
    EXPECT_EQ(letters(25), "z");
    EXPECT_EQ(letters(26), "aa");
    EXPECT_EQ(letters(Marks::size - 1), "zz");
    EXPECT_EQ(letters(Marks::size), "a");
    EXPECT_EQ(read_letters("AB"), 27u);
    EXPECT_EQ(read_letters(""), std::nullopt);
    EXPECT_EQ(read_letters("abc"), std::nullopt);
    EXPECT_EQ(read_letters("7"), std::nullopt);
}

TEST(Marks, AMessageKeepsItsMark) {
    Marks marks;
    EXPECT_EQ(marks.mark({"room", "first"}), "a");
    EXPECT_EQ(marks.mark({"room", "second"}), "b");
    EXPECT_EQ(marks.mark({"room", "first"}), "a");
    ASSERT_TRUE(marks.read("B"));
    EXPECT_EQ(marks.read("B")->message_id, "second");
    EXPECT_EQ(marks.find("first"), "a");
}

TEST(Marks, ARetractedMessageCannotBeReferredTo) {
    Marks marks;
    marks.mark({"room", "first"});
    marks.forget("first");
    EXPECT_FALSE(marks.read("a"));
    EXPECT_EQ(marks.find("first"), "");
    EXPECT_EQ(marks.mark({"room", "second"}), "b");
}

Marks::Message by(const std::string& author, const std::string& room, const std::string& message) {
    Marks::Message made{room, message};
    made.author.set_token(author);
    return made;
}

TEST(Marks, APersonWhoIsBlockedCannotBeReferredToInThatRoomAnyMore) {
    Marks marks;
    marks.mark(by("ana", "attic", "1"));
    marks.mark(by("ben", "attic", "2"));
    marks.mark(by("ana", "cellar", "3"));
    marks.forget_author("attic", "ana");
    EXPECT_FALSE(marks.read("a"));
    EXPECT_TRUE(marks.read("b"));
    EXPECT_TRUE(marks.read("c")) << "a token is of one room";
}

TEST(Marks, ARoomThatOneLeftIsForgotten) {
    Marks marks;
    marks.mark(by("ana", "attic", "1"));
    marks.mark(by("ana", "cellar", "2"));
    marks.forget_room("attic");
    EXPECT_EQ(marks.find("1"), "");
    EXPECT_EQ(marks.find("2"), "b");
}

TEST(Marks, KnowsWhoSpokeInARoomEachOnceAndTheNewestFirst) {
    Marks marks;
    marks.mark(by("ana", "attic", "1"));
    marks.mark(by("ben", "attic", "2"));
    marks.mark(by("cleo", "cellar", "3"));
    marks.mark(by("ana", "attic", "4"));
    const auto people = marks.authors("attic");
    ASSERT_EQ(people.size(), 2u);
    EXPECT_EQ(people[0].token(), "ana");
    EXPECT_EQ(people[1].token(), "ben");
}

TEST(Marks, TheOldestOneIsForgottenWhenTheLettersBeginAnew) {
    Marks marks;
    for (std::size_t i = 0; i < Marks::size; ++i) marks.mark({"room", std::to_string(i)});
    EXPECT_EQ(marks.mark({"room", "new"}), "a");
    EXPECT_EQ(marks.find("0"), "");
    EXPECT_EQ(marks.find("1"), "b");
}

RC_GTEST_PROP(Marks, EachMarkReadsBackAsWhatItStandsFor, ()) {
    const auto index = *rc::gen::inRange<std::size_t>(0, Marks::size);
    RC_ASSERT(read_letters(letters(index)) == index);
}

}  // namespace
}  // namespace kindroom::cli
