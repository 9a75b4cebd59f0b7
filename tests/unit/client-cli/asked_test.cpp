#include "cli/asked.hpp"

#include <gtest/gtest.h>

namespace kindroom::cli {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
using What = MuteAsked::What;

TEST(Duration, IsANumberAndAUnit) {
    EXPECT_EQ(read_duration("30m"), 30 * minute);
    EXPECT_EQ(read_duration("2h"), 2 * hour);
    EXPECT_EQ(read_duration("3d"), 3 * day);
    EXPECT_EQ(read_duration("1w"), 7 * day);
    for (const char* word : {"", "h", "2", "0h", "-1h", "2x", "h2", "2 h", "400d", "9999999w", "1.5h"}) {
        EXPECT_EQ(read_duration(word), std::nullopt) << word;
    }
}

TEST(LastWord, IsTakenOnlyWhereItStandsAlone) {
    std::string text = "c, Ana Report ";
    EXPECT_TRUE(take_last_word(text, "report"));
    EXPECT_EQ(text, "c, Ana");
    EXPECT_FALSE(take_last_word(text, "report"));
    text = "report";
    EXPECT_TRUE(take_last_word(text, "report"));
    EXPECT_EQ(text, "");
    text = "misreport";
    EXPECT_FALSE(take_last_word(text, "report"));
}

TEST(MuteAsked, APersonForATimeHereOrEverywhere) {
    for (const char* text : {"Ana 2h everywhere", "2h everywhere Ana", "everywhere Ana 2h"}) {
        const auto asked = read_mute(text);
        EXPECT_EQ(asked.what, What::person) << text;
        EXPECT_EQ(asked.text, "Ana") << text;
        EXPECT_EQ(asked.lasts_ms, 2 * hour) << text;
        EXPECT_TRUE(asked.everywhere) << text;
    }
    EXPECT_EQ(read_mute("Ana Maria (blue hen)").text, "Ana Maria (blue hen)");
    EXPECT_EQ(read_mute("c").lasts_ms, 0);
}

TEST(MuteAsked, WordsKeepWhatStandsBehindThem) {
    const auto asked = read_mute("2d here word three wishes, 2h");
    EXPECT_EQ(asked.what, What::words);
    EXPECT_EQ(asked.text, "three wishes, 2h");
    EXPECT_EQ(asked.lasts_ms, 2 * day);
    EXPECT_TRUE(asked.here);
}

TEST(MuteAsked, ALabelOrTheRoom) {
    const auto label = read_mute("label eating disorders 1w");
    EXPECT_EQ(label.what, What::label);
    EXPECT_EQ(label.text, "eating disorders");
    EXPECT_EQ(label.lasts_ms, 7 * day);
    EXPECT_EQ(read_mute("room").what, What::room);
    EXPECT_EQ(read_mute("Room 8h").lasts_ms, 8 * hour);
}

TEST(MuteAsked, NothingIsMutedByHalfASentence) {
    for (const char* text : {"", "2h", "word", "words ", "label", "2h label", "everywhere"}) {
        EXPECT_EQ(read_mute(text).what, What::nothing) << text;
    }
}

TEST(TimeoutAsked, SaysWhoHowLongAndWhat) {
    const auto asked = read_timeout("Ana (quiet fox) 2h out");
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->who, "Ana (quiet fox)");
    EXPECT_EQ(asked->lasts_ms, 2 * hour);
    EXPECT_EQ(asked->what, TimeoutAsked::What::out);
    EXPECT_EQ(read_timeout("c 30m")->what, TimeoutAsked::What::listen);
    EXPECT_TRUE(read_timeout("c everywhere 1d")->everywhere);
    EXPECT_EQ(read_timeout("c contacts 1d")->what, TimeoutAsked::What::contacts);
    EXPECT_EQ(read_timeout("c 2h hold")->what, TimeoutAsked::What::hold);
    for (const char* text : {"", "c", "2h", "c out", "2h c", "c 3h hold out", "c out 3h listen"})
        EXPECT_FALSE(read_timeout(text)) << text;
}

TEST(BanAsked, IsForThisRoomUnlessItSaysMore) {
    EXPECT_EQ(read_ban("Ana")->what, BanAsked::What::room);
    EXPECT_EQ(read_ban("Ana")->lasts_ms, 0);
    const auto asked = read_ban("quiet fox 7d server");
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->who, "quiet fox");
    EXPECT_EQ(asked->what, BanAsked::What::server);
    EXPECT_EQ(asked->lasts_ms, 7 * day);
    EXPECT_EQ(read_ban("c network 1d")->what, BanAsked::What::network);
    EXPECT_EQ(read_ban("c server server")->what, BanAsked::What::server);
    for (const char* text : {"", "server", "7d", "c server network", "c room 30d server"})
        EXPECT_FALSE(read_ban(text)) << "nobody is banned by half a sentence, nor by two: " << text;
}

TEST(AwayAsked, TakesItsWordsInAnyOrder) {
    const auto asked = read_away("firm room 8h");
    EXPECT_TRUE(asked.firm);
    EXPECT_TRUE(asked.room);
    EXPECT_EQ(asked.lasts_ms, 8 * hour);
    EXPECT_EQ(asked.unreadable, "");
    EXPECT_EQ(read_away("").lasts_ms, 0);
    EXPECT_EQ(read_away("for 2h").unreadable, "for") << "nobody is sent away by a guess";
}

TEST(Labels, AreTheRoomsOwnAndStandInFront) {
    const std::vector<std::string> known{"grief", "grief of a child", "loss"};
    const auto [labels, text] = read_labels("Grief of a child, loss I miss her, still.", known);
    EXPECT_EQ(labels, (std::vector<std::string>{"grief of a child", "loss"}));
    EXPECT_EQ(text, "I miss her, still.");
    EXPECT_EQ(read_labels("griefs are many", known).first.size(), 0u);
    EXPECT_EQ(read_labels("grief", known).second, "");
    EXPECT_EQ(read_labels("joy today", known).second, "joy today");
}

}  // namespace
}  // namespace kindroom::cli
