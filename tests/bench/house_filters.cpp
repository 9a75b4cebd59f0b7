#include "bench/house_filters.hpp"

#include <array>
#include <random>
#include <string_view>

namespace kindroom::bench {

namespace {

using namespace filters;
using Words = std::vector<std::string>;

// Words that nobody says, of ordinary letters and lengths.
std::string made_up_word(std::mt19937& chance) {
    static const Words syllables{"ba", "ko", "ri", "tu", "len", "mar", "sti", "fro", "nel", "gu"};
    std::string word;
    for (auto n = 2 + chance() % 3; n > 0; --n) word += syllables[chance() % syllables.size()];
    return word + "x";
}

Words looked_for() {
    std::mt19937 chance(1);
    Words words;
    for (std::uint32_t i = 0; i < house_words; ++i)
        words.push_back(i % 5 ? made_up_word(chance) : made_up_word(chance) + " " + made_up_word(chance));
    return words;
}

const Words& vocabulary(Text kind) {
    static const Words english{"I",    "could", "not",    "sleep",   "again", "last", "night,", "and",
                               "then", "my",    "sister", "rang.",   "It",    "was",  "good",   "to",
                               "talk", "about", "the",    "funeral", "for",   "an",   "hour"};
    static const Words german{"Ich",  "konnte", "wieder", "nicht", "schlafen,", "für",   "mich",
                              "wäre", "größer", "schön,", "übrig", "und",       "heute", "früh"};
    static const Words russian{"Я", "опять", "не", "могла", "заснуть", "вчера", "ночью,", "и", "потом"};
    static const Words numbers{"12.03.2024", "17:45", "+1", "4 5 6", "(12)", "three", "oh", "2026-11-28", "1/2", "99"};
    static const Words links{"a.b", "www", "so.it", "at", "dot", "http", "x.y.z", "me.", "name at place", "(dot)"};
    static const Words almost = [] {
        Words words = looked_for();
        // Of a phrase, of each of its words, since one of them may be looked for by itself.
        for (auto& word : words) std::erase(word, 'x');
        return words;
    }();
    switch (kind) {
        case Text::english:
            return english;
        case Text::german:
            return german;
        case Text::russian:
            return russian;
        case Text::number_like:
            return numbers;
        case Text::link_like:
            return links;
        case Text::almost:
        case Text::zero_width:
        case Text::confusable:
        case Text::accented:
            return almost;
    }
    return english;
}

std::string_view look_alike(char letter) {
    switch (letter) {
        case 'a':
            return "а";
        case 'o':
            return "о";
        case 'i':
            return "і";
        case 'e':
            return "е";
        case 's':
            return "ѕ";
        default:
            return {};
    }
}

std::string masked(const std::string& word, Text kind) {
    std::string out;
    for (const char letter : word) {
        const auto other = kind == Text::confusable ? look_alike(letter) : std::string_view{};
        if (other.empty())
            out += letter;
        else
            out += other;
        if (kind == Text::zero_width) out += "\u200b";
        if (kind == Text::accented && letter != ' ') out += "\u0301\u0327\u0301\u0327";
    }
    return out;
}

}  // namespace

FilterSetPtr house_filters() {
    std::mt19937 chance(3);
    Filter words{.id = "words", .says = "x", .what = What::words, .words = looked_for(), .actions = {.hold = true}};
    Filter patterns{.id = "patterns", .says = "x", .what = What::patterns, .actions = {.hold = true}};
    for (std::uint32_t i = 0; i < house_patterns; ++i)
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

std::string text_of(Text kind, std::size_t bytes, unsigned seed) {
    std::mt19937 chance(2 + seed);
    const Words& words = vocabulary(kind);
    std::string text;
    while (text.size() < bytes) text += masked(words[chance() % words.size()], kind) + " ";
    return text;
}

}  // namespace kindroom::bench
