#include "cli/nearest.hpp"

#include <gtest/gtest.h>

namespace kindroom::cli {
namespace {

const std::vector<std::string> commands{"help", "rooms", "join", "leave", "quit", "rules", "signin", "signup"};

TEST(Nearest, ATypingMistakeFindsItsCommand) {
    EXPECT_EQ(nearest("hlep", commands), "help");
    EXPECT_EQ(nearest("room", commands), "rooms");
    EXPECT_EQ(nearest("QUIT", commands), "quit");
    EXPECT_EQ(nearest("sigin", commands), "signin");
    EXPECT_EQ(nearest("lea", commands), "leave");
}

TEST(Nearest, NothingIsSuggestedWhereNothingIsNear) {
    EXPECT_EQ(nearest("xyzzy", commands), std::nullopt);
    EXPECT_EQ(nearest(std::string(1000, 'a'), commands), std::nullopt);
}

const std::vector<std::string> topics{"Anxiety", "Grief", "Grief, the first year", "Night room"};

TEST(FindTopic, TakesALetterABeginningOrTheWhole) {
    EXPECT_EQ(find_topic("d", topics).index, 3u);
    EXPECT_EQ(find_topic("night", topics).index, 3u);
    EXPECT_EQ(find_topic("grief", topics).index, 1u);
    EXPECT_EQ(find_topic("Grief, t", topics).index, 2u);
    EXPECT_EQ(find_topic("grief", topics).kind, Found::Kind::one);
}

TEST(FindTopic, SaysWhenSeveralOrNoneBeginSo) {
    EXPECT_EQ(find_topic("gri", topics).kind, Found::Kind::several);
    EXPECT_EQ(find_topic("joy", topics).kind, Found::Kind::none);
    EXPECT_EQ(find_topic("  ", topics).kind, Found::Kind::none);
    EXPECT_EQ(find_topic("z", topics).kind, Found::Kind::none);
}

TEST(MeansYes, OnlyAYesIsOne) {
    EXPECT_TRUE(means_yes(" Yes "));
    EXPECT_TRUE(means_yes("y"));
    for (const char* answer : {"", "no", "yes please", "yess"}) EXPECT_FALSE(means_yes(answer));
}

}  // namespace
}  // namespace kindroom::cli
