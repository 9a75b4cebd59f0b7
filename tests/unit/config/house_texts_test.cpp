#include "config/house_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "unit/config/folder.hpp"

namespace kindroom::config {

namespace {

using testing::HasSubstr;

std::string rules_mistakes(std::string_view text) {
    const auto parsed = parse_rules(text, "rules.toml", Limits{});
    const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed);
    return mistakes ? to_text(*mistakes) : "";
}
std::string help_mistakes(std::string_view text) {
    const auto parsed = parse_help(text, "help.toml");
    const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed);
    return mistakes ? to_text(*mistakes) : "";
}
HouseTexts texts_of(const Config& config) {
    auto loaded = load_house_texts(config);
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&loaded)) ADD_FAILURE() << to_text(*mistakes);
    return std::holds_alternative<HouseTexts>(loaded) ? std::get<HouseTexts>(std::move(loaded)) : HouseTexts{};
}

}  // namespace

TEST(HouseTexts, AHouseThatHasWrittenNoneHasKindOnes) {
    const HouseTexts texts = texts_of(Config{});
    std::set<std::string> ids;
    for (const domain::Rule& rule : texts.rules) ids.insert(rule.rule_id);
    EXPECT_EQ(ids.size(), texts.rules.size());
    for (const char* id : {"be-kind", "no-advice-unasked", "no-methods-or-numbers", "what-is-said-here-stays-here",
                           "no-contact-details", "no-selling", "moderators-may-act"}) {
        EXPECT_TRUE(ids.contains(id)) << id;
    }
    EXPECT_THAT(texts.data_policy, HasSubstr("NOT end-to-end"));
    EXPECT_TRUE(texts.help.entries.empty());
    EXPECT_THAT(texts.help.introduction, HasSubstr("have not listed"));
}

TEST(HouseTexts, FilesTakeThePlaceOfWhatIsBuiltIn) {
    const Folder folder;
    Config config;
    config.house.rules_file = folder.write("rules.toml", "[[rule]]\nid = \"a-1\"\ntext = \"One.\"\n");
    config.house.data_policy_file =
        folder.write("policy.txt", "Nothing is kept. \xc3\xa4\xe2\x82\xac\xf0\x9f\x99\x82\n");
    config.house.help_file = folder.write("help.toml", R"(introduction = "Call."
[[entry]]
name = "Line"
about = "Day and night."
country = "DE"
languages = ["de", "en"]
contact = "123"
hours = "24 h"
verified_on = "2026-01-31"
)");
    const HouseTexts texts = texts_of(config);
    ASSERT_EQ(texts.rules.size(), 1u);
    EXPECT_EQ(texts.rules[0], (domain::Rule{"a-1", "One."}));
    EXPECT_THAT(texts.data_policy, testing::StartsWith("Nothing is kept."));
    ASSERT_EQ(texts.help.entries.size(), 1u);
    EXPECT_EQ(texts.help.entries[0],
              (domain::HelpEntry{"Line", "Day and night.", "DE", {"de", "en"}, "123", "24 h", "2026-01-31"}));
}

TEST(HouseTexts, OnlyIdsAndTextsOfRulesChangeTheirFingerprint) {
    const Folder folder;
    const auto input_of = [&](const std::string& text) {
        Config config;
        config.house.rules_file = folder.write("rules.toml", text);
        return texts_of(config).rules_fingerprint_input;
    };
    const std::string first = input_of("[[rule]]\nid = \"a\"\ntext = \"b\"\n");
    EXPECT_EQ(input_of("# A remark.\n[[rule]]\ntext = 'b'\nid = 'a'\n"), first);
    EXPECT_NE(input_of("[[rule]]\nid = \"a\"\ntext = \"c\"\n"), first);
    EXPECT_NE(input_of("[[rule]]\nid = \"a1\"\ntext = \"b\"\n"), first);
}

TEST(HouseTexts, EveryMistakeInTheRulesIsTold) {
    EXPECT_EQ(rules_mistakes(
                  "[[rule]]\nid = \"A b\"\ntext = \"x\"\n[[rule]]\nid = \"c\"\n[[rule]]\nid = \"c\"\ntxt = \"y\"\n"),
              "rules.toml:1:1: rule.id = A b: An id has small letters, digits and hyphens, 64 at most.\n"
              "rules.toml:4:1: rule.text: This is missing.\n"
              "rules.toml:8:1: rule.txt = \"y\": There is no such key. Did you mean text?\n"
              "rules.toml:6:1: rule.text: This is missing.\n"
              "rules.toml:6:1: rule.id = c: Two rules have this id; decisions could not name one of them.\n");
    EXPECT_THAT(rules_mistakes(""), HasSubstr("There is no rule"));
    EXPECT_THAT(rules_mistakes("rule = 1\n"), HasSubstr("Write [[rule]] before each."));
}

TEST(HouseTexts, MoreRulesThanTheLimitAreRefused) {
    Limits limits;
    limits.rules_max = 1;
    const std::string two = "[[rule]]\nid = \"a\"\ntext = \"x\"\n[[rule]]\nid = \"b\"\ntext = \"y\"\n";
    EXPECT_TRUE(std::holds_alternative<std::vector<Mistake>>(parse_rules(two, "rules.toml", limits)));
    limits.rules_max = 2;
    EXPECT_TRUE(std::holds_alternative<std::vector<domain::Rule>>(parse_rules(two, "rules.toml", limits)));
}

TEST(HouseTexts, MistakesInTheHelpDirectoryAreTold) {
    EXPECT_THAT(help_mistakes("[[entry]]\nname = \"x\"\ncontact = \"1\"\n"),
                HasSubstr("introduction: This is missing."));
    EXPECT_THAT(help_mistakes("introduction = \"x\"\n[[entry]]\nname = \"x\"\n"),
                HasSubstr("entry.contact: This is missing."));
    EXPECT_THAT(
        help_mistakes("introduction = \"x\"\n[[entry]]\nname = \"x\"\ncontact = \"1\"\ncountry = \"Germany\"\n"),
        HasSubstr("entry.country"));
    EXPECT_THAT(
        help_mistakes("introduction = \"x\"\n[[entry]]\nname = \"x\"\ncontact = \"1\"\nverified_on = \"today\"\n"),
        HasSubstr("entry.verified_on"));
    EXPECT_THAT(help_mistakes("introduction = \"x\"\n[[entry]]\nname = \"x\"\ncontact = \"1\"\nlanguages = \"en\"\n"),
                HasSubstr("entry.languages"));
}

TEST(HouseTexts, APolicyThatClientsCouldNotShowIsRefused) {
    const Folder folder;
    for (const std::string& text : {std::string{"\xff\xfe"}, std::string{"a\0b", 3}, std::string{"\xc0\x80"},
                                    std::string{"\xed\xa0\x80"}, std::string{"\xe2\x82"}, std::string{}}) {
        Config config;
        config.house.data_policy_file = folder.write("policy.txt", text);
        EXPECT_TRUE(std::holds_alternative<std::vector<Mistake>>(load_house_texts(config)))
            << testing::PrintToString(text);
    }
}

TEST(HouseTexts, AMissingFileIsToldAndTheOthersAreStillRead) {
    const Folder folder;
    Config config;
    config.house.rules_file = folder.path() / "none.toml";
    config.house.help_file = folder.write("help.toml", "introduction = 1\n");
    const auto loaded = load_house_texts(config);
    ASSERT_TRUE(std::holds_alternative<std::vector<Mistake>>(loaded));
    EXPECT_EQ(std::get<std::vector<Mistake>>(loaded).size(), 2u);
}

}  // namespace kindroom::config
