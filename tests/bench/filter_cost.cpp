// In one thread of this process: the filters of a house that looks for a lot, and messages as people write them.
#include <ctime>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/scenario.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::bench {

namespace {

using namespace filters;

constexpr int words_count = 1'000;
constexpr int patterns_count = 200;
constexpr int messages_count = 2'000;

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

// Microseconds for each message.
double judge_all(const FilterSet& set, const std::vector<std::string>& all) {
    Habits habits;
    for (std::uint32_t i = 0; i < Habits::remembered_max; ++i) habits.note("something else", TimePoint{});
    std::size_t acted = 0;
    // Of the processor's own time: whatever else runs on the machine takes none of it.
    const std::clock_t begin = std::clock();
    for (const auto& message : all)
        acted += set.judge({.text = message, .habits = &habits, .now = TimePoint{}}).acted.size();
    const double took = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (acted > 0) throw std::runtime_error("something was found, which costs less to judge");
    return took / static_cast<double>(all.size());
}

class FilterCost final : public Bout {
  public:
    FilterCost() {
        const std::vector<std::string> english{"I",    "could", "not",    "sleep",   "again", "last", "night,", "and",
                                               "then", "my",    "sister", "rang.",   "It",    "was",  "good",   "to",
                                               "talk", "about", "the",    "funeral", "for",   "an",   "hour"};
        const std::vector<std::string> german{"Ich",  "konnte", "wieder", "nicht", "schlafen,", "für",   "mich",
                                              "wäre", "größer", "schön,", "übrig", "und",       "heute", "früh"};
        const std::vector<std::string> russian{"Я", "опять", "не", "могла", "заснуть", "вчера", "ночью,", "и", "потом"};
        kinds_ = {{"english, 150 bytes", messages(150, english)},
                  {"german, 150 bytes", messages(150, german)},
                  {"russian, 150 bytes", messages(150, russian)},
                  {"english, 600 bytes", messages(600, english)},
                  {"english, 4000 bytes: the longest there can be", messages(3'990, english)}};
    }

    std::vector<Figures> turn() override {
        std::vector<Figures> out;
        for (const auto& [name, all] : kinds_) {
            std::size_t bytes = 0;
            for (const auto& message : all) bytes += message.size();
            auto& figures = out.emplace_back();
            figures.note("messages", name);
            figures.note("words", std::uint64_t{words_count}).note("patterns", std::uint64_t{patterns_count});
            figures.note("bytes", std::uint64_t{bytes / all.size()});
            figures.measured("microseconds", judge_all(*set_, all));
        }
        return out;
    }

  private:
    const FilterSetPtr set_ = many_filters();
    std::vector<std::pair<std::string, std::vector<std::string>>> kinds_;
};

}  // namespace

std::unique_ptr<Bout> make_filter_cost(const Options&) { return std::make_unique<FilterCost>(); }

}  // namespace kindroom::bench
