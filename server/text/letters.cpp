#include "text/letters.hpp"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/ascii.hpp"
#include "text/characters.hpp"

namespace kindroom::text {
namespace {

Kind looked_up(char32_t c) {
    const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
    if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return Kind::letter;
    return (mask & U_GC_N_MASK) != 0 ? Kind::number : Kind::gap;
}

// Of the alphabets in which most people write, since it is asked several times of each character.
constexpr std::size_t kinds_known = 0x2100;

std::array<Kind, kinds_known> known_kinds() {
    std::array<Kind, kinds_known> all{};
    for (char32_t c = 0; c < kinds_known; ++c) all[c] = c < 0x80 ? ascii_traits[c].kind : looked_up(c);
    return all;
}

Kind kind_of(char32_t c) {
    if (c < 0x80) return ascii_traits[c].kind;
    static const std::array<Kind, kinds_known> known = known_kinds();
    return c < kinds_known ? known[c] : looked_up(c);
}

bool is_sign(char32_t c) { return c < 0x80 ? ascii_traits[c].is_sign : c == U'€'; }

char32_t drawn_for(char32_t c) {
    if (c < 0x80) return static_cast<char32_t>(ascii_traits[c].drawn_for);
    return c == U'€' ? U'e' : c;
}

// Of scripts that are written without blanks, every letter may begin and end a word.
bool needs_no_blanks(char32_t c) {
    return c >= 0xe00 && (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) ||
                          (c >= 0x3040 && c < 0x3100) || needs_break_marks(static_cast<UChar32>(c)));
}

// Whether a sign stands where a letter would: within a word, or, of some, before it or behind it.
bool stands_for_a_letter(std::u32string_view text, std::size_t at) {
    if (!is_sign(text[at])) return false;
    const auto is_in_word = [&](std::size_t i) { return kind_of(text[i]) != Kind::gap || is_sign(text[i]); };
    const bool goes_on = at + 1 < text.size() && is_in_word(at + 1);
    const bool went_before = at > 0 && is_in_word(at - 1);
    if (text[at] == '$') return goes_on || went_before;
    return goes_on && (went_before || text[at] == '@');
}

}  // namespace

std::string to_utf8(std::u32string_view text) {
    const auto ascii_end = std::ranges::find_if(text, [](char32_t c) { return c >= 0x80; });
    std::string out(static_cast<std::size_t>(ascii_end - text.begin()), '\0');
    std::transform(text.begin(), ascii_end, out.begin(), [](char32_t c) { return static_cast<char>(c); });
    out.reserve(text.size() * (ascii_end == text.end() ? 1 : 2));
    for (auto at = ascii_end; at != text.end(); ++at) {
        if (*at < 0x80) {
            out += static_cast<char>(*at);
            continue;
        }
        std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
        std::size_t size = 0;
        U8_APPEND_UNSAFE(bytes, size, *at);
        out.append(reinterpret_cast<const char*>(bytes.data()), size);
    }
    return out;
}

bool has_signs(std::u32string_view unmasked) {
    for (std::size_t i = 0; i < unmasked.size(); ++i)
        if (stands_for_a_letter(unmasked, i)) return true;
    return false;
}

std::vector<Letter> letters_of(std::u32string_view unmasked, Signs signs) {
    std::vector<Letter> letters;
    letters.reserve(unmasked.size());
    Kind before = Kind::gap;
    bool blank = false;
    for (std::size_t i = 0; i < unmasked.size(); ++i) {
        const char32_t c = unmasked[i];
        Kind kind = kind_of(c);
        if (kind == Kind::gap && signs == Signs::as_letters && stands_for_a_letter(unmasked, i)) kind = Kind::number;
        if (kind == Kind::gap) {
            if (!letters.empty()) letters.back().ends = true;
            blank |= c == U' ' && !letters.empty();
            before = Kind::gap;
            continue;
        }
        const bool stands_alone = needs_no_blanks(c);
        const char32_t drawn = drawn_for(c);
        const char32_t letter = drawn == U'l' ? U'i' : drawn;
        const bool goes_on = before != Kind::gap && !letters.empty();
        if (goes_on && letters.back().letter == letter && !stands_alone) {
            if (letters.back().times < UINT16_MAX) letters.back().times += 1;
        } else {
            const bool begins = !goes_on || kind != before || stands_alone;
            if (begins && !letters.empty()) letters.back().ends = true;
            letters.push_back({.letter = letter, .times = 1, .begins = begins, .ends = stands_alone, .apart = blank});
        }
        blank = false;
        before = kind;
    }
    if (!letters.empty()) letters.back().ends = true;
    return letters;
}

namespace {

// Calls act(word) for each run of letters, digits and signs that stand for letters.
template <class Act>
void for_each_word(std::u32string_view unmasked, Act act) {
    const auto in_word = [&](std::size_t at) {
        return kind_of(unmasked[at]) != Kind::gap || stands_for_a_letter(unmasked, at);
    };
    for (std::size_t i = 0; i < unmasked.size();) {
        if (!in_word(i)) {
            ++i;
            continue;
        }
        const std::size_t from = i;
        while (i < unmasked.size() && in_word(i)) ++i;
        act(unmasked.substr(from, i - from));
    }
}

bool has_letter(std::u32string_view word) {
    return std::ranges::any_of(word, [](char32_t c) { return kind_of(c) == Kind::letter; });
}

// Whether a word is spelled out, or holds digits for letters. Of most texts there is nothing to put together.
bool is_spelled_apart(std::u32string_view unmasked) {
    bool is_so = false;
    std::size_t single = 0;
    for_each_word(unmasked, [&](std::u32string_view word) {
        single = word.size() == 1 ? single + 1 : 0;
        is_so |= single == 3;
        is_so = is_so || (std::ranges::any_of(word, [](char32_t c) { return drawn_for(c) != c; }) && has_letter(word));
    });
    return is_so;
}

}  // namespace

std::string spelled_together(std::u32string_view unmasked) {
    if (!is_spelled_apart(unmasked)) return {};
    std::u32string out;
    std::size_t single = 0;  // words of one letter that stand at the end of `out`
    for_each_word(unmasked, [&](std::u32string_view word) {
        const bool is_single = word.size() == 1;
        // A number by itself is a number.
        const bool is_drawn = is_single || has_letter(word);
        if (!out.empty() && !(is_single && single > 0)) out += U' ';
        for (const char32_t c : word) out += is_drawn ? drawn_for(c) : c;
        single = is_single ? single + 1 : 0;
    });
    return to_utf8(out);
}

}  // namespace kindroom::text
