#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>

#include "config/filters_file.hpp"
#include "config/house_texts.hpp"
#include "config/keys.hpp"
#include "config/load.hpp"

namespace kindroom::config {

namespace {

std::string committed(const std::string& name) {
    std::ifstream in(std::string{KINDROOM_SOURCE_DIR} + "/deploy/" + name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void expect_defaults(const std::string& text) {
    const auto parsed = parse_config(text, "kindroomd.toml", "", {});
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed)) FAIL() << to_text(*mistakes);
    for (const Key& key : keys()) {
        EXPECT_EQ(written(key, std::get<Config>(parsed)), written(key, Config{})) << key.full_name();
    }
}

}  // namespace

// When this fails because a key was added: `kindroomd config default > deploy/kindroomd.toml`.
TEST(Sample, TheCommittedFileIsTheTextOfTheTable) { EXPECT_EQ(committed("kindroomd.toml"), default_config_text()); }

TEST(Sample, AsItIsItSetsNothing) { expect_defaults(default_config_text()); }

TEST(Sample, WithEveryKeySwitchedOnItSetsTheBuiltInDefaults) {
    const std::string text = std::regex_replace(default_config_text(), std::regex("(^|\n)#(\\w+ = )"), "$1$2");
    for (const Key& key : keys()) {
        EXPECT_NE(text.find("\n" + std::string{key.name} + " = " + written(key, Config{}) + "\n"), std::string::npos)
            << key.full_name();
    }
    expect_defaults(text);
}

TEST(Sample, TheCommittedHouseTextsAreTheBuiltInOnes) {
    EXPECT_EQ(committed("house/rules.toml"), default_rules_text());
    EXPECT_EQ(committed("house/data-policy.txt"), default_data_policy());
    EXPECT_EQ(committed("house/filters.toml"), default_filters_text());
}

TEST(Sample, TheCommittedHelpDirectoryIsReadAndClaimsNoVerification) {
    const auto parsed = parse_help(committed("house/help.toml"), "help.toml");
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed)) FAIL() << to_text(*mistakes);
    const auto& help = std::get<domain::HelpDirectory>(parsed);
    EXPECT_GE(help.entries.size(), 8u);
    for (const domain::HelpEntry& entry : help.entries) EXPECT_EQ(entry.verified_on, "") << entry.name;
}

}  // namespace kindroom::config
