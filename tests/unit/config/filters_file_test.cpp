// The operator's file of filters: the one that is built in, and every mistake that can be made in another.
#include "config/filters_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/house_texts.hpp"

namespace kindroom::config {

namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string mistakes_in(std::string_view text, const Limits& limits = {}) {
    const auto parsed = parse_filters(text, "filters.toml", limits);
    const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed);
    return mistakes ? to_text(*mistakes) : "";
}
filters::FilterSetPtr filters_in(std::string_view text) {
    auto parsed = parse_filters(text, "filters.toml", Limits{});
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed)) {
        ADD_FAILURE() << to_text(*mistakes);
        return nullptr;
    }
    return std::get<filters::FilterSetPtr>(parsed);
}
std::string a_filter(const std::string& lines) { return "[[filter]]\nid = \"one\"\n" + lines + "\n"; }
std::string a_help(const std::string& lines) {
    return "[[help]]\nid = \"help\"\nlanguage = \"en\"\nwords = [\"want to die\"]\n" + lines + "\n";
}

}  // namespace

TEST(FiltersFile, TheBuiltInOneHoldsContactDetailsAndAnswersCriesForHelp) {
    const auto set = filters_in(default_filters_text());
    const auto acted = [&](const char* text) {
        std::string ids;
        const filters::Verdict verdict = set->judge({.text = text});
        for (const auto* filter : verdict.acted) ids += (ids.empty() ? "" : " ") + filter->id;
        return ids;
    };
    EXPECT_EQ(acted("see https://example.org"), "links");
    EXPECT_EQ(acted("0171 2345678"), "phone-numbers");
    EXPECT_EQ(acted("ana@example.org"), "e-mail-addresses");
    EXPECT_EQ(acted("Hauptstraße 5"), "street-addresses");
    EXPECT_EQ(acted("I just don’t want to live any more"), "help-en");
    EXPECT_EQ(acted("Ich möchte sterben"), "help-de");
    EXPECT_EQ(acted("j'ai envie de mourir"), "help-fr");
    EXPECT_EQ(acted("ya no quiero vivir"), "help-es");
    EXPECT_EQ(acted("I w a n t to d1e"), "help-en");
    EXPECT_EQ(acted("my mother died last week and I am so sad"), "");
}

TEST(FiltersFile, AHouseThatNamesNoFileHasTheBuiltInOne) {
    auto loaded = load_house_texts(Config{});
    ASSERT_TRUE(std::holds_alternative<HouseTexts>(loaded));
    EXPECT_FALSE(std::get<HouseTexts>(loaded).filters->filters().empty());
}

TEST(FiltersFile, AnEmptyFileLooksForNothing) { EXPECT_TRUE(filters_in("")->filters().empty()); }

TEST(FiltersFile, X8AHelpFilterCanAnswerWithHelpAndCallAModeratorAndNothingElse) {
    EXPECT_EQ(mistakes_in(a_help("")), "");
    EXPECT_EQ(mistakes_in(a_help("actions = [\"call_moderator\"]")), "");
    for (const char* action : {"hold", "label"})
        EXPECT_THAT(mistakes_in(a_help("actions = [\"" + std::string(action) + "\"]")),
                    HasSubstr("A cry for help is never an offence"))
            << action;
    EXPECT_THAT(mistakes_in(a_filter("what = \"words\"\nwords = [\"x\"]\nactions = [\"help_card\", \"hold\"]")),
                HasSubstr("A cry for help is never an offence"));
}

TEST(FiltersFile, X8NoFilterCanDoAnythingToAPerson) {
    for (const char* action : {"ban", "timeout", "timeout_1h", "mute", "warn", "remove", "kick", "delete", "shadowban",
                               "listen_only", "reject", "block"}) {
        EXPECT_THAT(mistakes_in(a_filter("what = \"links\"\nactions = [\"" + std::string(action) + "\"]")),
                    AllOf(HasSubstr("No filter can do anything to a person"), HasSubstr(action)));
        EXPECT_THAT(mistakes_in(a_help("actions = [\"" + std::string(action) + "\"]")),
                    HasSubstr("No filter can do anything to a person"));
    }
}

TEST(FiltersFile, AllMistakesAreToldAtOnceEachWithItsPlaceKeyValueAndRemedy) {
    const std::string told = mistakes_in(R"([[filter]]
id = "Some Words"
what = "wrods"
actions = ["holt"]
[[filter]]
id = "pace"
what = "pace"
count = 0
within = "5 parsecs"
colour = "red"
actions = []
[[help]]
id = "pace"
words = ["x"]
)");
    for (const char* part : {"filters.toml:2:", "An id has small letters", "It is one of: words, patterns",
                             "Did you mean hold?", "whole number from 1 to 32", "a number and its unit",
                             "There is no such key", "Two filters have this id", "help.language", "This is missing"})
        EXPECT_THAT(told, HasSubstr(part));
}

TEST(FiltersFile, APatternOrWordThatCannotBeUsedIsAMistakeWithItsPlace) {
    EXPECT_THAT(mistakes_in(a_filter("what = \"patterns\"\npatterns = [\"(\"]\nactions = [\"hold\"]")),
                AllOf(HasSubstr("filters.toml:1:"), HasSubstr("no regular expression")));
    EXPECT_THAT(mistakes_in(a_filter("what = \"words\"\nwords = [\"...\"]\nactions = [\"hold\"]")),
                HasSubstr("no letter"));
}

TEST(FiltersFile, WhatBelongsToAnotherKindIsAMistake) {
    EXPECT_THAT(mistakes_in(a_filter("what = \"links\"\nwords = [\"x\"]\nactions = [\"hold\"]")),
                HasSubstr("looks for something else"));
    EXPECT_THAT(mistakes_in(a_filter("what = \"words\"\nactions = [\"hold\"]")), HasSubstr("List at least one"));
    EXPECT_THAT(mistakes_in(a_filter("what = \"links\"\nactions = [\"label\"]")), HasSubstr("filter.label"));
    EXPECT_THAT(mistakes_in(a_filter("what = \"links\"\nlabel = \"x\"\nactions = [\"hold\"]")),
                HasSubstr("only given by the action"));
    EXPECT_THAT(mistakes_in(a_filter("what = \"help\"\nactions = [\"help_card\"]")), HasSubstr("[[help]]"));
}

// filters_max, filter_words_max, filter_patterns_max, filter_pattern_bytes_max
TEST(FiltersFile, EachLimitHoldsAtItAndNotOneBeyond) {
    Limits limits;
    limits.filters_max = 1;
    limits.filter_words_max = 2;
    limits.filter_patterns_max = 1;
    limits.filter_pattern_bytes_max = 3;
    const auto words = [](const char* list) {
        return a_filter("what = \"words\"\nactions = [\"hold\"]\nwords = " + std::string(list));
    };
    const auto patterns = [](const char* list) {
        return a_filter("what = \"patterns\"\nactions = [\"hold\"]\npatterns = " + std::string(list));
    };
    EXPECT_EQ(mistakes_in(words("[\"a\", \"b\"]"), limits), "");
    EXPECT_THAT(mistakes_in(words("[\"a\", \"b\", \"c\"]"), limits), HasSubstr("limits.filter_words_max"));
    EXPECT_EQ(mistakes_in(patterns("[\"abc\"]"), limits), "");
    EXPECT_THAT(mistakes_in(patterns("[\"abcd\"]"), limits), HasSubstr("limits.filter_pattern_bytes_max"));
    EXPECT_THAT(mistakes_in(patterns("[\"a\", \"b\"]"), limits), HasSubstr("limits.filter_patterns_max"));
    EXPECT_THAT(mistakes_in(words("[\"a\"]") + a_help(""), limits), HasSubstr("limits.filters_max"));
}

}  // namespace kindroom::config
