// Pieces put in a row come out in that order, and what is not there is never made up.
#include "domain/packer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "boundary_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

TEST(Packer, BeginsWithTheVersionAndWritesNumbersFromTheirLowEnd) {
    EXPECT_EQ(Packer(7).number(0x0102).take(), std::string("\x07\x02\x01\0\0\0\0\0\0", 9));
    EXPECT_EQ(Packer(7).number(-2).take(), "\x07\xfe\xff\xff\xff\xff\xff\xff\xff");
    EXPECT_EQ(Packer(1).text("ab").take(), std::string("\x01\x02\0\0\0\0\0\0\0ab", 11));
}

RC_GTEST_PROP(Packer, WhatWasPackedIsUnpackedAndNothingIsLeft,
              (char version, std::int64_t number, const std::string& text, std::uint64_t id)) {
    const TimePoint time = from_ms(number);
    const std::string packed = Packer(version).number(number).text(text).time(time).id(numbered<RoomId>(id)).take();
    Unpacker from(packed);
    RC_ASSERT(from.version() == version);
    RC_ASSERT(from.number() == number);
    RC_ASSERT(from.text() == text);
    RC_ASSERT(from.time() == time);
    RC_ASSERT(!from.done());
    RC_ASSERT(from.id<RoomId>() == numbered<RoomId>(id));
    RC_ASSERT(from.done());
}

TEST(Unpacker, NothingAtAllIsNotDone) {
    Unpacker from("");
    EXPECT_FALSE(from.ok());
    EXPECT_FALSE(from.done());
    EXPECT_EQ(from.version(), 0);
}

TEST(Unpacker, AfterAPieceThatIsNotThereEverythingIsEmpty) {
    const std::string packed = Packer(1).number(5).take() + "1234567";
    Unpacker from(packed);
    EXPECT_EQ(from.number(), 5);
    EXPECT_EQ(from.number(), 0) << "seven bytes are no number";
    EXPECT_FALSE(from.ok());
    EXPECT_EQ(from.text(), "");
    EXPECT_EQ(from.id<RoomId>(), RoomId{});
    EXPECT_EQ(from.count(), 0u);
    EXPECT_FALSE(from.done()) << "although nothing is left";
}

TEST(Unpacker, SomethingLeftOverIsNotDone) {
    const std::string packed = Packer(1).number(5).take() + "x";
    Unpacker from(packed);
    from.number();
    EXPECT_TRUE(from.ok());
    EXPECT_FALSE(from.done());
}

TEST(Unpacker, ALengthBeyondTheEndIsNoText) {
    for (const std::int64_t length : {std::int64_t{3}, std::int64_t{-1}, INT64_MAX}) {
        const std::string packed = Packer(1).number(length).take() + "ab";
        Unpacker from(packed);
        EXPECT_EQ(from.text(), "");
        EXPECT_FALSE(from.ok()) << length;
    }
}

TEST(Unpacker, ACountBeyondTheBytesThatAreLeftIsNone) {
    for (const std::int64_t count : {std::int64_t{3}, std::int64_t{-1}, INT64_MAX}) {
        const std::string packed = Packer(1).number(count).take() + "ab";
        Unpacker from(packed);
        EXPECT_EQ(from.count(), 0u);
        EXPECT_FALSE(from.ok()) << count;
    }
    const std::string packed = Packer(1).number(2).take() + "ab";
    EXPECT_EQ(Unpacker(packed).count(), 2u);
}

TEST(Unpacker, ANumberOutsideAClosedSetIsNoneOfIt) {
    const auto read = [](std::int64_t number) {
        const std::string packed = Packer(1).number(number).take();
        Unpacker from(packed);
        const auto voice = from.one_of(Voice::person, Voice::moderator);
        return from.done() ? std::optional(voice) : std::nullopt;
    };
    EXPECT_EQ(read(1), Voice::person);
    EXPECT_EQ(read(2), Voice::moderator);
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{3}, std::int64_t{-1}, std::int64_t{257}})
        EXPECT_EQ(read(number), std::nullopt) << number;
}

}  // namespace
}  // namespace kindroom::domain::test
