// What a room remembers of its story, as dialogues.
#include "domain/window.hpp"

#include <gtest/gtest.h>

#include "story.hpp"

namespace kindroom::domain::test {
namespace {

TEST(RoomWindow, WhoeverMissedAnEditSeesThePresentWords) {
    Story story(10);
    const auto message = story.post("helo");
    story.edit(message, "hello");
    const auto missed = story.window.missed(Position{0}, story.view());
    ASSERT_EQ(missed.size(), 1u) << "one step: the message as it is now";
    EXPECT_EQ(std::get<MessagePosted>(missed.front().what).message.text, "hello");
    EXPECT_TRUE(std::get<MessagePosted>(missed.front().what).message.edited);
}

TEST(RoomWindow, WhoeverSawTheMessageSeesItsLastEditOnly) {
    Story story(10);
    const auto message = story.post("helo");
    story.edit(message, "hallo");
    story.edit(message, "hello");
    const auto missed = story.window.missed(Position{1}, story.view());
    ASSERT_EQ(missed.size(), 1u);
    EXPECT_EQ(std::get<MessageEdited>(missed.front().what).text, "hello");
    EXPECT_EQ(missed.front().position, Position{3});
}

TEST(RoomWindow, OfARetractedMessageNothingIsLeftForWhoeverNeverSawIt) {
    Story story(10);
    const auto message = story.post("not for long");
    story.edit(message, "changed");
    story.retract(message);
    EXPECT_TRUE(story.window.missed(Position{0}, story.view()).empty());
    const auto missed = story.window.missed(Position{1}, story.view());
    ASSERT_EQ(missed.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<MessageRetracted>(missed.front().what));
}

TEST(RoomWindow, ARetractedMessageIsOutOfRepliesToo) {
    Story story(10);
    const auto gone = story.post("not for long");
    story.answer("what?", gone);
    auto page = *story.newest_page(5);
    ASSERT_EQ(page.messages[1].reply_to, gone);
    const Position read_at = story.head();
    story.retract(gone);
    EXPECT_EQ(story.newest_page(5)->messages[0].reply_to, std::nullopt);
    story.window.bring_up_to_date(page, read_at, story.view());
    EXPECT_EQ(page.messages[0].reply_to, std::nullopt);
}

TEST(RoomWindow, ForgottenWordsAreNowhere) {
    Story story(10);
    const auto expired = story.post("expired");
    story.edit(expired, "expired too");
    story.post("kept");
    story.window.forget([&](MessageId message) { return message == expired; });
    const auto missed = story.window.missed(Position{0}, story.view());
    ASSERT_EQ(missed.size(), 1u);
    EXPECT_EQ(std::get<MessagePosted>(missed.front().what).message.text, "kept");
    EXPECT_EQ(story.newest_page(5)->messages.size(), 1u);
}

TEST(RoomWindow, APageIsBroughtUpToDateWithWhatItsReaderSees) {
    Story story(10);
    const auto edited = story.post("helo");
    const auto gone = story.post("not for long");
    const auto stays = story.post("stays");
    auto page = *story.newest_page(5);
    const Position read_at = story.head();
    story.edit(edited, "hallo");
    story.edit(edited, "hello");
    story.edit(gone, "changed");
    story.retract(gone);
    story.post("new");
    const auto before = page;
    story.window.bring_up_to_date(page, read_at, story.view());
    ASSERT_EQ(page.messages.size(), 2u);
    EXPECT_EQ(page.messages[0], story.newest_page(5)->messages[0]);
    EXPECT_EQ(page.messages[1].id, stays);

    // A block before the edits: whoever met it sees none of them, and goes on seeing nothing of them.
    Dark dark{.side = Dark::Side::met, .from = Story::time_of(read_at), .received = {{the_room, read_at}}};
    const Visibility bens(ben.account, {.edges = {{ana.account, std::make_shared<const Edge>(Edge{dark})}}});
    auto as_ben = before;
    story.window.bring_up_to_date(as_ben, read_at, View{bens, the_room, Horizon{}});
    ASSERT_EQ(as_ben.messages.size(), 2u) << "what is taken back goes for him too";
    EXPECT_EQ(as_ben.messages[0].text, "helo");
}

TEST(RoomWindow, SaysHowFarItReaches) {
    Story story(2);
    for (int i = 0; i < 3; ++i) story.post("words");
    EXPECT_EQ(story.window.head(), Position{3});
    EXPECT_TRUE(story.window.covers(Position{1}));
    EXPECT_FALSE(story.window.covers(Position{0})) << "step 1 is not in here any more";
    EXPECT_NE(story.newest_page(1), std::nullopt);
    EXPECT_EQ(story.newest_page(5), std::nullopt) << "the store has more";
    EXPECT_EQ(story.newest_page(5, Horizon{Position{1}})->messages.size(), 2u) << "nothing older is theirs to see";
}

TEST(RoomWindow, OneThatIsEmptyCoversWhatItStartsAfter) {
    RoomWindow window(5);
    window.starts_after(Position{40});
    EXPECT_EQ(window.head(), Position{40});
    EXPECT_TRUE(window.covers(Position{40}));
    EXPECT_FALSE(window.covers(Position{39}));
    window.begins_here();
    EXPECT_TRUE(window.covers(Position{0}));
}

}  // namespace
}  // namespace kindroom::domain::test
