#include "config/keys.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <set>

namespace kindroom::config {

namespace {

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream in(std::string{KINDROOM_SOURCE_DIR} + "/server/" + path);
    EXPECT_TRUE(in) << path;
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::set<std::string> names_in(const std::string& section) {
    std::set<std::string> names;
    for (const Key& key : keys()) {
        if (key.section == section) names.insert(std::string{key.name});
    }
    return names;
}

}  // namespace

TEST(Keys, EveryFieldOfLimitsIsAKey) {
    const std::regex field(R"(^\s+(?:std::uint32_t|Duration) (\w+)(?: =|\{).*)");
    std::set<std::string> fields;
    for (const std::string& line : lines_of("base/limits.hpp")) {
        std::smatch match;
        if (std::regex_match(line, match, field)) fields.insert(match[1]);
    }
    EXPECT_GE(fields.size(), 60u);
    const std::set<std::string> keys_of_limits = names_in("limits");
    for (const std::string& field_name : fields) {
        EXPECT_TRUE(keys_of_limits.contains(field_name)) << "give it a row in config/keys.cpp: " << field_name;
    }
    EXPECT_EQ(keys_of_limits.size(), fields.size());
}

TEST(Keys, EveryFieldOfConfigIsAKey) {
    const std::regex start(R"(^    struct \w+ \{$)");
    const std::regex end(R"(^    \} (\w+);$)");
    const std::regex field(R"(^        [\w:<>]+ (\w+)(?: =|;).*)");
    std::set<std::string> fields;
    for (const std::string& line : lines_of("config/config.hpp")) {
        std::smatch match;
        if (std::regex_match(line, start)) fields.clear();
        if (std::regex_match(line, match, field)) fields.insert(match[1]);
        if (!std::regex_match(line, match, end)) continue;
        std::string section = match[1];
        if (section.ends_with('_')) section.pop_back();
        EXPECT_EQ(names_in(section), fields) << section;
    }
}

TEST(Keys, NoTwoOfThemShareAPlaceOrAName) {
    Config config;
    std::set<std::string> names;
    std::set<const void*> places;
    for (const Key& key : keys()) {
        EXPECT_TRUE(names.insert(key.full_name()).second) << key.full_name();
        const void* place = std::visit([](auto* value) -> const void* { return value; }, key.place(config));
        EXPECT_TRUE(places.insert(place).second) << key.full_name();
    }
}

TEST(Keys, EveryCommentIsASentenceOnOneLine) {
    for (const Key& key : keys()) {
        EXPECT_TRUE(key.comment.ends_with('.')) << key.full_name();
        EXPECT_LE(key.comment.size(), 118u) << key.full_name();
    }
}

TEST(Keys, EveryNumberIsTakenAtBothEndsOfItsRangeAndRefusedBeyond) {
    for (const Key& key : keys()) {
        if (key.most == 0) continue;
        Config config;
        const auto try_to_set = [&](std::int64_t number) {
            const std::string text = std::to_string(number);
            if (key.kind == Kind::count) return set(key, config, Value{.data = number});
            return set(key, config, Value{.data = text + (key.kind == Kind::size ? " B" : "ms")});
        };
        EXPECT_FALSE(try_to_set(key.least)) << key.full_name();
        EXPECT_FALSE(try_to_set(key.most)) << key.full_name();
        const std::string before = written(key, config);
        EXPECT_TRUE(try_to_set(key.most + 1)) << key.full_name();
        EXPECT_TRUE(try_to_set(key.least - 1)) << key.full_name();
        EXPECT_EQ(written(key, config), before) << key.full_name();
    }
}

}  // namespace kindroom::config
