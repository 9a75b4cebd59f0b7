// What one viewer is shown, and the page that is filled from it.
#include <gtest/gtest.h>

#include "domain/window.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

const Visibility of_ana(ana.account);

Message message_at(std::uint64_t position, std::string text = "words") {
    return {.id = an_id<MessageId>(position),
            .position = Position{position},
            .author_account = ben.account,
            .author = ben.person(),
            .text = std::move(text)};
}

TEST(View, AnEditOfWhatCannotBeSeenCannotBeSeen) {
    const View view{of_ana, the_room, Horizon{Position{5}}};
    const RoomStep edit{.room = the_room,
                        .position = Position{9},
                        .author = ben.account,
                        .about = Position{5},
                        .what = MessageEdited{an_id<MessageId>(5), "changed"}};
    EXPECT_FALSE(view.shows(edit));
    RoomStep visible = edit;
    visible.about = Position{6};
    EXPECT_TRUE(view.shows(visible));
}

TEST(View, ALinkIntoThePastIsDroppedAndTheWordsStay) {
    const View view{of_ana, the_room, Horizon{Position{5}}};
    Message answer = message_at(8);
    answer.reply_to = an_id<MessageId>(4);
    answer.reply_to_author = ben.account;
    answer.reply_to_position = Position{4};
    EXPECT_EQ(view.seen(answer).reply_to, std::nullopt);
    EXPECT_EQ(view.seen(answer).text, "words");
    answer.reply_to_position = Position{6};
    EXPECT_NE(view.seen(answer).reply_to, std::nullopt);
    const RoomStep step{.room = the_room, .position = Position{8}, .what = MessagePosted{answer}};
    EXPECT_NE(std::get<MessagePosted>(view.seen(step).what).message.reply_to, std::nullopt);
}

class Paging : public ::testing::Test {
  protected:
    static constexpr std::uint32_t plenty = 1'000'000;
    const View view{of_ana, the_room, Horizon{Position{2}}};
};

TEST_F(Paging, HiddenMessagesTakeNoPlace) {
    PageBuilder page({.direction = PageQuery::Direction::on, .from = Position{0}, .limit = 2, .bytes_max = plenty},
                     the_room);
    for (std::uint64_t position = 1; position <= 4; ++position) EXPECT_TRUE(page.add(message_at(position), view));
    EXPECT_FALSE(page.add(message_at(5), view));
    const auto done = page.finish(false);
    ASSERT_EQ(done.messages.size(), 2u) << "full, although two were hidden";
    EXPECT_EQ(done.messages.front().position, Position{3});
    EXPECT_EQ(done.later, Position{4});
    EXPECT_EQ(done.earlier, std::nullopt);
}

TEST_F(Paging, GoingBackGivesRoomOrder) {
    PageBuilder page({.from = Position{UINT64_MAX}, .limit = 9, .bytes_max = plenty}, the_room);
    for (std::uint64_t position = 5; position > 0; --position) page.add(message_at(position), view);
    const auto done = page.finish(true);
    ASSERT_EQ(done.messages.size(), 3u);
    EXPECT_EQ(done.messages.front().position, Position{3});
    EXPECT_EQ(done.earlier, std::nullopt);
    EXPECT_EQ(done.later, std::nullopt) << "came from the end";
}

TEST_F(Paging, LongTextsEndAPageButOneIsAlwaysInIt) {
    PageBuilder page({.direction = PageQuery::Direction::on, .from = Position{3}, .limit = 9, .bytes_max = 10},
                     the_room);
    EXPECT_TRUE(page.add(message_at(4, std::string(50, 'x')), view));
    EXPECT_FALSE(page.add(message_at(5, "y"), view));
    const auto done = page.finish(false);
    EXPECT_EQ(done.messages.size(), 1u);
    EXPECT_EQ(done.later, Position{4});
}

TEST_F(Paging, APageWithNothingInItIsAnEnd) {
    PageBuilder page({.direction = PageQuery::Direction::on, .from = Position{9}, .limit = 9, .bytes_max = plenty},
                     the_room);
    const auto done = page.finish(true);
    EXPECT_TRUE(done.messages.empty());
    EXPECT_EQ(done.later, std::nullopt);
}

}  // namespace
}  // namespace kindroom::domain::test
