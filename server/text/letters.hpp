// Texts as those compare them who look for words and patterns that somebody may have hidden: look-alikes, accents,
// invisible characters, digits for letters, blanks and dots within a word. For comparing only; nobody is shown them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kindroom::text {

// The characters of a text, unmasked: small letters; what looks like a Latin letter is one, in whichever script; accents
// and all that cannot be seen are gone; digits are ASCII; any run of blanks and line ends is one blank. Valid UTF-8 in.
std::u32string unmasked(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

// Signs that are sometimes drawn for a letter (@ $ ! | + and the euro sign).
enum class Signs : std::uint8_t { apart, as_letters };

// One letter of a text. The same letter several times in a row within a word is one, so that "nooo" is told from "no"
// by `times` only. Digits are the letters they are drawn for, and l is i.
struct Letter {
    char32_t letter = 0;
    std::uint16_t times = 1;
    // A word may begin with it, or end with it. Between a letter and a digit both are so.
    bool begins = false;
    bool ends = false;
    // A blank stands before it.
    bool apart = false;
};
std::vector<Letter> letters_of(std::u32string_view unmasked, Signs signs);
// Whether it makes a difference to letters_of().
bool has_signs(std::u32string_view unmasked);

// Words as they were meant where they are spelled out ("h e l l o") or hold digits for letters ("h3llo"), each between
// blanks. Empty if there is nothing of the kind.
std::string spelled_together(std::u32string_view unmasked);

}  // namespace kindroom::text
