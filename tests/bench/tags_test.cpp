// A message is known again in whatever it comes.
#include "bench/tags.hpp"

#include <gtest/gtest.h>

namespace kindroom::bench {
namespace {

TEST(BenchTags, ATextIsAsLongAsItWasAskedForAndBearsItsTag) {
    const Tag tag{.author = 70'000, .number = 4'000'000'000};
    const auto text = text_of(tag, 100);
    EXPECT_EQ(text.size(), 100u);
    std::size_t from = 0;
    EXPECT_EQ(next_tag(text, from), tag);
    EXPECT_EQ(next_tag(text, from), std::nullopt);
}

TEST(BenchTags, ATextIsOfLettersAndSingleBlanksSoThatNobodyChangesIt) {
    for (std::size_t bytes = 30; bytes < 200; ++bytes) {
        const auto text = text_of({.author = 1, .number = 2}, bytes);
        EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz "), text.npos) << bytes;
        EXPECT_EQ(text.find("  "), text.npos) << bytes;
        EXPECT_NE(text.back(), ' ') << bytes;
    }
}

TEST(BenchTags, AllTagsOfAFrameAreFoundInOrder) {
    const auto frame = "{" + text_of({.author = 1, .number = 2}, 60) + "},{" + text_of({.author = 3, .number = 4}, 60);
    std::size_t from = 0;
    EXPECT_EQ(next_tag(frame, from), (Tag{.author = 1, .number = 2}));
    EXPECT_EQ(next_tag(frame, from), (Tag{.author = 3, .number = 4}));
    EXPECT_EQ(next_tag(frame, from), std::nullopt);
}

TEST(BenchTags, EventsOfABatchAreTakenApart) {
    // Field 1 of a Batch twice, the second one 130 bytes long; a step of a room is field 2 of an Event.
    const std::string long_event = "\x12" + std::string(129, 'x');
    const std::string batch = std::string("\x0a\x03\x0a") + "ab" + "\x0a\x82\x01" + long_event;
    std::vector<std::string> events;
    for_each_event(batch, [&](auto event) { events.emplace_back(event); });
    EXPECT_EQ(events, (std::vector<std::string>{"\x0a"
                                                "ab",
                                                long_event}));
    EXPECT_FALSE(is_room_event(events[0]));
    EXPECT_TRUE(is_room_event(events[1]));
}

TEST(BenchTags, ABatchThatIsCutOffIsNotReadBeyondItsEnd) {
    std::size_t events = 0;
    for_each_event(
        "\x0a\x7f"
        "ab",
        [&](auto event) {
            events += 1;
            EXPECT_EQ(event, "ab");
        });
    for_each_event("\x0a\xff", [&](auto) { events += 1; });
    EXPECT_EQ(events, 2u);
}

}  // namespace
}  // namespace kindroom::bench
