#include "cli/people.hpp"

#include <gtest/gtest.h>

namespace kindroom::cli {
namespace {

v1::Person person(const std::string& name, const std::string& sign, v1::Voice voice = v1::VOICE_PERSON) {
    v1::Person made;
    made.set_token(name + "/" + sign);
    made.set_name(name);
    made.set_sign(sign);
    made.set_voice(voice);
    return made;
}

std::vector<std::string> tokens(const std::vector<v1::Person>& people) {
    std::vector<std::string> out;
    for (const auto& one : people) out.push_back(one.token());
    return out;
}

using Tokens = std::vector<std::string>;

const std::vector<v1::Person> here{person("Ana", "quiet fox"), person("Ana", "red kite"),
                                   person("Ana Maria", "blue hen"), person("Ben", "old oak"),
                                   person("Moderator", "heron", v1::VOICE_MODERATOR)};

TEST(Called, TwoPeopleOfOneNameAreBothMeant) {
    EXPECT_EQ(tokens(called("ana", here)), (Tokens{"Ana/quiet fox", "Ana/red kite"}));
}

TEST(Called, TheSignTellsThemApart) {
    for (const char* typed : {"red kite", "Ana red kite", "ana (Red Kite)", "@Ana (red kite)", "  red kite "}) {
        EXPECT_EQ(tokens(called(typed, here)), Tokens{"Ana/red kite"}) << typed;
    }
}

TEST(Called, NobodyIsMeantByHalfAName) {
    for (const char* typed : {"An", "", "@", "Ana M", "kite", "Zoe"}) EXPECT_TRUE(called(typed, here).empty()) << typed;
}

TEST(Called, TheRoleVoiceIsNobody) { EXPECT_TRUE(called("Moderator", here).empty()); }

TEST(Mentioned, AnExactNameThatOnlyOnePersonHas) {
    EXPECT_EQ(mentioned("thank you @Ben.", here, 8), Tokens{"Ben/old oak"});
    EXPECT_EQ(mentioned("@Ana Maria, and @Ben, and @Ben again", here, 8),
              (Tokens{"Ana Maria/blue hen", "Ben/old oak"}));
}

TEST(Mentioned, EverythingElseIsPlainText) {
    for (const char* text : {"@Ana", "@ben", "@Benjamin", "me@Ben", "@Zoe", "@", "Ben", "@Moderator", "@Ben\xC3\xA9"}) {
        EXPECT_TRUE(mentioned(text, here, 8).empty()) << text;
    }
}

TEST(Mentioned, NoMoreThanTheHouseAllows) {
    EXPECT_EQ(mentioned("@Ben @Ana Maria", here, 1), Tokens{"Ben/old oak"});
    EXPECT_TRUE(mentioned("@Ben", here, 0).empty()) << "an older house knows no mentions";
}

TEST(PartsOf, CommasSeparate) {
    EXPECT_EQ(parts_of(" c, Ana (quiet fox) ,,Ben"), (std::vector<std::string>{"c", "Ana (quiet fox)", "Ben"}));
    EXPECT_TRUE(parts_of(" , ").empty());
}

}  // namespace
}  // namespace kindroom::cli
