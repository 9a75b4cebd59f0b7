// In one thread of this process: the filters of a house that looks for a lot, and messages as people write them.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "bench/scenarios.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::bench {

namespace {

using namespace filters;

constexpr int words_count = 1'000;
constexpr int patterns_count = 200;
constexpr int messages_count = 2'000;
constexpr int rounds = 5;

// Words that nobody says, of ordinary letters and lengths.
std::string made_up_word(std::mt19937& chance) {
    static const std::vector<std::string> syllables{"ba", "ko", "ri", "tu", "len", "mar", "sti", "fro", "nel", "gu"};
    std::string word;
    for (auto n = 2 + chance() % 3; n > 0; --n) word += syllables[chance() % syllables.size()];
    return word + "x";
}

FilterSetPtr many_filters() {
    std::mt19937 chance(1);
    Filter words{.id = "words", .says = "x", .what = What::words, .actions = {.hold = true}};
    for (int i = 0; i < words_count; ++i)
        words.words.push_back(i % 5 ? made_up_word(chance) : made_up_word(chance) + " " + made_up_word(chance));
    Filter patterns{.id = "patterns", .says = "x", .what = What::patterns, .actions = {.hold = true}};
    for (int i = 0; i < patterns_count; ++i)
        patterns.patterns.push_back("\\b(" + made_up_word(chance) + "|" + made_up_word(chance) + R"()\s+\w+\s+)" +
                                    made_up_word(chance) + "\\b");
    std::vector<Filter> all{words, patterns};
    for (const What what : {What::links, What::phones, What::emails, What::addresses})
        all.push_back({.id = std::string{name_of(what)}, .says = "x", .what = what, .actions = {.hold = true}});
    all.push_back({.id = "again",
                   .says = "x",
                   .what = What::repetition,
                   .count = 4,
                   .within = Duration{60'000},
                   .actions = {.hold = true}});
    all.push_back({.id = "help",
                   .says = "x",
                   .what = What::help,
                   .words = {"want to die", "kill myself"},
                   .actions = {.help_card = true},
                   .language = "en"});
    return std::get<FilterSetPtr>(FilterSet::make(std::move(all)));
}

std::vector<std::string> messages(std::size_t bytes, const std::vector<std::string>& vocabulary) {
    std::mt19937 chance(2);
    std::vector<std::string> all(messages_count);
    for (std::string& message : all)
        while (message.size() < bytes) message += vocabulary[chance() % vocabulary.size()] + " ";
    return all;
}

void measure(const char* name, const FilterSet& set, const std::vector<std::string>& messages) {
    Habits habits;
    for (std::uint32_t i = 0; i < Habits::remembered_max; ++i) habits.note("something else", TimePoint{});
    std::vector<double> microseconds;
    std::size_t bytes = 0;
    for (const auto& message : messages) bytes += message.size();
    for (int round = 0; round < rounds; ++round) {
        std::size_t acted = 0;
        // Of the processor's own time: whatever else runs on the machine takes none of it.
        const std::clock_t begin = std::clock();
        for (const auto& message : messages)
            acted += set.judge({.text = message, .habits = &habits, .now = TimePoint{}}).acted.size();
        const double took = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        microseconds.push_back(took / static_cast<double>(messages.size()));
        if (acted > 0) std::fprintf(stderr, "kindroom-bench: something was found, which costs less to judge\n");
    }
    std::ranges::sort(microseconds);
    std::printf(
        "{\"scenario\":\"filters\",\"messages\":\"%s\",\"words\":%d,\"patterns\":%d,\"bytes\":%zu,"
        "\"microseconds_median\":%.2f,\"microseconds_worst_round\":%.2f}\n",
        name, words_count, patterns_count, bytes / messages.size(), microseconds[rounds / 2], microseconds.back());
    std::fflush(stdout);
}

}  // namespace

void filter_cost() {
    const FilterSetPtr set = many_filters();
    const std::vector<std::string> english{"I",    "could", "not",    "sleep",   "again", "last", "night,", "and",
                                           "then", "my",    "sister", "rang.",   "It",    "was",  "good",   "to",
                                           "talk", "about", "the",    "funeral", "for",   "an",   "hour"};
    const std::vector<std::string> german{"Ich",  "konnte", "wieder", "nicht", "schlafen,", "für",   "mich",
                                          "wäre", "größer", "schön,", "übrig", "und",       "heute", "früh"};
    const std::vector<std::string> russian{"Я", "опять", "не", "могла", "заснуть", "вчера", "ночью,", "и", "потом"};
    measure("english, 150 bytes", *set, messages(150, english));
    measure("german, 150 bytes", *set, messages(150, german));
    measure("russian, 150 bytes", *set, messages(150, russian));
    measure("english, 600 bytes", *set, messages(600, english));
    measure("english, 4000 bytes: the longest there can be", *set, messages(3'990, english));
}

}  // namespace kindroom::bench
