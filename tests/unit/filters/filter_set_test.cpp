// What the house does when it finds what it looks for.
#include "filters/filter_set.hpp"

#include <gtest/gtest.h>

namespace kindroom::filters {
namespace {

using namespace std::chrono_literals;

Filter hold_words(std::string id, std::vector<std::string> words) {
    return {.id = std::move(id), .says = "looked at", .what = What::words, .words = std::move(words),
            .actions = {.hold = true}};
}
Filter help(std::string id, std::string language, std::vector<std::string> words) {
    return {.id = std::move(id), .says = "somebody beside you", .what = What::help, .words = std::move(words),
            .actions = {.help_card = true, .call_moderator = true}, .language = std::move(language)};
}
FilterSetPtr made(std::vector<Filter> filters) {
    auto set = FilterSet::make(std::move(filters));
    if (auto* troubles = std::get_if<std::vector<Trouble>>(&set)) {
        for (const Trouble& trouble : *troubles) ADD_FAILURE() << trouble.value << ": " << trouble.remedy;
        return nullptr;
    }
    return std::get<FilterSetPtr>(set);
}
std::string acted(const Verdict& verdict) {
    std::string ids;
    for (const Filter* filter : verdict.acted) ids += (ids.empty() ? "" : " ") + filter->id;
    return ids;
}

TEST(FilterSet, NothingActsOnWhatNoFilterLooksFor) {
    const auto set = made({hold_words("insults", {"idiot"}), help("help-en", "en", {"want to die"})});
    const Verdict verdict = set->judge({.text = "I slept badly, and you?"});
    EXPECT_EQ(acted(verdict), "");
    EXPECT_EQ(verdict.held_by, nullptr);
    EXPECT_EQ(verdict.help, nullptr);
}

TEST(FilterSet, TheFirstFilterThatHoldsIsTheOneThatIsTold) {
    const auto set = made({hold_words("one", {"idiot"}), hold_words("two", {"idiot", "fool"})});
    const Verdict verdict = set->judge({.text = "You idiot!"});
    EXPECT_EQ(acted(verdict), "one two");
    ASSERT_NE(verdict.held_by, nullptr);
    EXPECT_EQ(verdict.held_by->id, "one");
}

TEST(FilterSet, AWordIsNotFoundInsideOfAnother) {
    const auto set = made({hold_words("insults", {"ass", "con", "nope", "god"})});
    for (const char* text : {"class", "assume", "control", "as so", "bacon", "good", "I am as sad as ever", "nopes"})
        EXPECT_EQ(acted(set->judge({.text = text})), "") << text;
    for (const char* text : {"ass", "Ass!", "\"ass\"", "an ass.", "con", "oh my god"})
        EXPECT_EQ(acted(set->judge({.text = text})), "insults") << text;
}

TEST(FilterSet, TwoHonestWordsAreNotOneThatIsCut) {
    const auto set = made({hold_words("insults", {"penis", "anus", "idiot"})});
    for (const char* text : {"the pen is here", "it is an us thing", "I do it"})
        EXPECT_EQ(acted(set->judge({.text = text})), "") << text;
}

TEST(FilterSet, PatternsAreFoundInUnmaskedText) {
    Filter selling{.id = "selling", .says = "x", .what = What::patterns,
                   .patterns = {R"(\b(buy|sell)\s+(pills|meds)\b)", "schön(es)? geld"}, .actions = {.hold = true}};
    const auto set = made({selling});
    for (const char* text : {"I sell pills", "BUY   MEDS now", "buy p1lls", "b u y meds", "ｓｅｌｌ ｐｉｌｌｓ",
                             "Schönes Geld", "schones geld"})
        EXPECT_EQ(acted(set->judge({.text = text})), "selling") << text;
    EXPECT_EQ(acted(set->judge({.text = "I take pills"})), "");
}

TEST(FilterSet, X8ACryForHelpIsAnsweredWithHelpAndNothingElse) {
    Filter label = hold_words("label", {"die"});
    label.actions = {.label = true};
    label.label = "death";
    Filter grave{.id = "grave", .says = "x", .what = What::labels, .labels = {"suicide"}, .actions = {.hold = true}};
    const auto set = made({hold_words("threats", {"die", "kill"}), label, grave, help("help-en", "en", {"want to die"})});
    const std::vector<std::string> labels{"suicide"};
    const Verdict verdict = set->judge({.text = "I want to die", .labels = labels});
    EXPECT_EQ(acted(verdict), "help-en");
    EXPECT_EQ(verdict.held_by, nullptr);
    EXPECT_TRUE(verdict.labels.empty());
    ASSERT_NE(verdict.help, nullptr);
    EXPECT_EQ(verdict.help->language, "en");
    EXPECT_EQ(verdict.called_by, verdict.help);
    EXPECT_EQ(acted(set->judge({.text = "you will die"})), "threats label");
    EXPECT_EQ(acted(set->judge({.text = "a word", .labels = labels})), "grave");
}

TEST(FilterSet, AContactInACryForHelpIsStillKeptFromStrangers) {
    Filter phones{.id = "phones", .says = "x", .what = What::phones, .actions = {.hold = true}};
    const auto set = made({phones, help("help-en", "en", {"want to die"})});
    const Verdict verdict = set->judge({.text = "I want to die, call 0171 2345678"});
    EXPECT_EQ(acted(verdict), "phones help-en");
    EXPECT_EQ(verdict.held_by->id, "phones");
    EXPECT_NE(verdict.called_by, nullptr);
}

TEST(FilterSet, RepetitionAndPaceCountThisMessageToo) {
    Filter again{.id = "again", .says = "x", .what = What::repetition, .count = 3, .within = 1min,
                 .actions = {.hold = true}};
    Filter pace = again;
    pace.id = "pace";
    pace.what = What::pace;
    pace.count = 4;
    const auto set = made({again, pace});
    Habits habits;
    const TimePoint now{1h};
    habits.note("hello", now - 2min);
    habits.note("hello", now - 10s);
    EXPECT_EQ(acted(set->judge({.text = "Hello!", .habits = &habits, .now = now})), "");
    habits.note("hello", now - 5s);
    EXPECT_EQ(acted(set->judge({.text = "Hello!", .habits = &habits, .now = now})), "again");
    habits.note("well", now - 4s);
    EXPECT_EQ(acted(set->judge({.text = "well", .habits = &habits, .now = now})), "pace");
    EXPECT_EQ(acted(set->judge({.text = "Hello!", .now = now})), "") << "nothing is known of the author";
}

TEST(FilterSet, WhatCannotBeUsedIsSaidForEachFilter) {
    Filter patterns{.id = "p", .says = "x", .what = What::patterns, .patterns = {"(", "a*", "fine"},
                    .actions = {.hold = true}};
    const auto set = FilterSet::make({hold_words("w", {"...", "good"}), patterns});
    const auto* troubles = std::get_if<std::vector<Trouble>>(&set);
    ASSERT_NE(troubles, nullptr);
    ASSERT_EQ(troubles->size(), 3u);
    EXPECT_EQ((*troubles)[0].value, "...");
    EXPECT_EQ((*troubles)[1].filter, 1u);
    EXPECT_NE((*troubles)[1].remedy.find("RE2"), std::string::npos);
    EXPECT_NE((*troubles)[2].remedy.find("every text"), std::string::npos);
}

}  // namespace
}  // namespace kindroom::filters
