// What strangers say, judged by filters of every kind: whatever the bytes are, there is a verdict, the same each time, and
// sixteen times as much takes no more than some sixteen times as long.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "filters/filter_set.hpp"
#include "text/letters.hpp"

namespace kindroom::filters {
namespace {

const FilterSet& filters() {
    static const FilterSetPtr set = [] {
        std::vector<Filter> all{
            {.id = "words", .says = "x", .what = What::words,
             .words = {"a", "ab", "aab", "abab", "idiot", "go away", "блин", "死", "ooo", "1488"},
             .actions = {.hold = true}},
            {.id = "patterns", .says = "x", .what = What::patterns,
             .patterns = {"(a+)+b", "(.*a){12}d", R"(\b\w+\s+\w+\b.*x)", "a{50}x"}, .actions = {.label = true},
             .label = "x"},
            {.id = "help", .says = "x", .what = What::help, .words = {"want to die"}, .patterns = {"no\\s+hope"},
             .actions = {.help_card = true}, .language = "en"}};
        for (const What what : {What::links, What::phones, What::emails, What::addresses})
            all.push_back({.id = std::string{name_of(what)}, .says = "x", .what = what, .actions = {.hold = true}});
        return std::get<FilterSetPtr>(FilterSet::make(std::move(all)));
    }();
    return *set;
}

// Of the processor's own time; the least of a few rounds.
double seconds_for(std::string_view text) {
    double least = 1e9;
    for (int round = 0; round < 3; ++round) {
        const std::clock_t begin = std::clock();
        (void)filters().judge({.text = text});
        least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return least;
}

void check_time(std::string_view text) {
    constexpr int times = 16;
    std::string longer;
    for (int i = 0; i < times; ++i) longer += text;
    // Quadratic would be 256 times. What is short is over before a clock can tell.
    KINDROOM_ASSERT(seconds_for(longer) <= seconds_for(text) * times * 8 + 0.1);
}

// Commands reach the filters as valid UTF-8 only (wire/), cleaned (actors/tidy).
std::string as_utf8(std::string_view bytes) {
    std::u32string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto unit = static_cast<char32_t>(static_cast<unsigned char>(bytes[i]) << 8 |
                                                static_cast<unsigned char>(bytes[i + 1]));
        if (unit < 0xd800 || unit > 0xdfff) text += unit;
    }
    return text::to_utf8(text);
}

void judge(std::string_view text) {
    const Verdict verdict = filters().judge({.text = text});
    const Verdict again = filters().judge({.text = text});
    KINDROOM_ASSERT(verdict.acted == again.acted);
    const bool helps = verdict.help != nullptr;
    if (helps && verdict.held_by) KINDROOM_ASSERT(is_about_contact_details(verdict.held_by->what));
    if (helps) KINDROOM_ASSERT(verdict.labels.empty());
    check_time(text);
}

}  // namespace
}  // namespace kindroom::filters

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        kindroom::filters::judge(bytes);
    kindroom::filters::judge(kindroom::filters::as_utf8(bytes));
    return 0;
}
