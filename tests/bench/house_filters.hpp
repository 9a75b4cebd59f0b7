// The filters of a house that looks for a lot, and texts to be judged by them. Pure; the same each time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "filters/filter_set.hpp"

namespace kindroom::bench {

constexpr std::uint32_t house_words = 1'000;
constexpr std::uint32_t house_patterns = 200;

// So many words and patterns, all kinds of contact details, repetition, and cries for help.
filters::FilterSetPtr house_filters();

// As people write, and as those write who try to make judging dear. Nothing is found in any of them.
enum class Text {
    english,
    german,
    russian,
    almost,       // words that are looked for, each without its last letter
    zero_width,   // the same, with something that cannot be seen behind each letter
    confusable,   // the same in look-alikes of another alphabet
    accented,     // the same, with as many accents on each letter as a message may have
    number_like,  // digits and what stands between them, never a telephone number
    link_like,    // names and dots, never an address
};
// At least so many bytes, and hardly more; other texts for other seeds.
std::string text_of(Text kind, std::size_t bytes, unsigned seed = 0);

}  // namespace kindroom::bench
