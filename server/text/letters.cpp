#include "text/letters.hpp"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/assert.hpp"
#include "text/characters.hpp"
#include "text/look_alikes.hpp"
#include "text/parts.hpp"

namespace kindroom::text {
namespace {

bool is_ascii(std::string_view utf8) {
    return std::ranges::all_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Collects unmasked characters; blanks fall together.
class Unmasked {
  public:
    explicit Unmasked(std::size_t most) { text_.reserve(most); }
    void add_blank() { blank_due_ = !text_.empty(); }
    void add(char32_t c) {
        if (blank_due_) text_ += U' ';
        blank_due_ = false;
        text_ += c;
    }
    std::u32string take() { return std::move(text_); }

  private:
    std::u32string text_;
    bool blank_due_ = false;
};

std::u32string unmasked_ascii(std::string_view ascii) {
    Unmasked out(ascii.size());
    for (const char c : ascii) {
        if (c == ' ' || (c >= '\t' && c <= '\r'))
            out.add_blank();
        else if (c >= ' ' && c != 0x7f)
            out.add(static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
    }
    return out.take();
}

enum class Kind : std::uint8_t { gap, letter, number };

Kind kind_of(char32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z' ? Kind::letter : c >= '0' && c <= '9' ? Kind::number : Kind::gap;
    const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
    if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return Kind::letter;
    return (mask & U_GC_N_MASK) != 0 ? Kind::number : Kind::gap;
}

bool is_sign(char32_t c) { return c == '@' || c == '$' || c == '!' || c == '|' || c == '+' || c == U'€'; }

// The letter for which a digit or sign is often drawn.
char32_t drawn_for(char32_t c) {
    switch (c) {
        case '0':
            return 'o';
        case '1':
        case '!':
        case '|':
            return 'i';
        case '3':
        case U'€':
            return 'e';
        case '4':
        case '@':
            return 'a';
        case '5':
        case '$':
            return 's';
        case '7':
        case '+':
            return 't';
        case '8':
            return 'b';
        case '9':
            return 'g';
        default:
            return c;
    }
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

std::u32string unmasked(std::string_view utf8) {
    if (is_ascii(utf8)) return unmasked_ascii(utf8);
    UErrorCode status = U_ZERO_ERROR;
    // Drops what is ignorable, too.
    const auto folded = icu::Normalizer2::getNFKCCasefoldInstance(status)->normalize(
        icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())}), status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    Unmasked out(static_cast<std::size_t>(folded.length()));
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 c = folded.char32At(i);
        constexpr UChar32 braille_blank = 0x2800;
        if (u_isUWhiteSpace(c) || c == braille_blank)
            out.add_blank();
        else if (is_never_kept(c))
            continue;
        else if (const char32_t plain = c < 0x80 ? static_cast<char32_t>(c) : plain_letter(static_cast<char32_t>(c)))
            out.add(plain);
    }
    return out.take();
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char32_t c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            icu::UnicodeString one(static_cast<UChar32>(c));
            one.toUTF8String(out);
        }
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

std::string spelled_together(std::u32string_view unmasked) {
    std::u32string out;
    bool is_news = false;
    std::size_t single = 0;  // words of one letter that stand at the end of `out`
    for (std::size_t i = 0; i < unmasked.size();) {
        const auto in_word = [&](std::size_t at) {
            return kind_of(unmasked[at]) != Kind::gap || stands_for_a_letter(unmasked, at);
        };
        if (!in_word(i)) {
            ++i;
            continue;
        }
        const std::size_t from = i;
        while (i < unmasked.size() && in_word(i)) ++i;
        const std::u32string_view word = unmasked.substr(from, i - from);
        const bool has_letter =
            std::ranges::any_of(word, [](char32_t c) { return kind_of(c) == Kind::letter; });
        const bool is_single = word.size() == 1;
        if (!out.empty() && !(is_single && single > 0)) out += U' ';
        for (const char32_t c : word) {
            // A number by itself is a number.
            const char32_t drawn = has_letter || is_single ? drawn_for(c) : c;
            is_news |= drawn != c && has_letter;
            out += drawn;
        }
        single = is_single ? single + 1 : 0;
        is_news |= single == 3;
    }
    return is_news ? to_utf8(out) : std::string{};
}

}  // namespace kindroom::text
