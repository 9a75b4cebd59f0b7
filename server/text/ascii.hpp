// What there is to know of a character of ASCII, found in one step: most texts are of nothing else.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kindroom::text {

inline bool is_ascii(std::string_view utf8) {
    return std::ranges::all_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Of any character: what it is to a word.
enum class Kind : std::uint8_t { gap, letter, number };

struct AsciiTrait {
    Kind kind = Kind::gap;
    // One that is sometimes drawn for a letter.
    bool is_sign = false;
    // As it is compared: small, any blank a blank; 0: it is dropped.
    char plain = 0;
    // The letter for which a digit or sign is often drawn.
    char drawn_for = 0;
};

constexpr std::array<AsciiTrait, 0x80> make_ascii_traits() {
    std::array<AsciiTrait, 0x80> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char c = static_cast<char>(i);
        const bool is_capital = c >= 'A' && c <= 'Z';
        const bool is_blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (is_capital || (c >= 'a' && c <= 'z'))
            all[i].kind = Kind::letter;
        else if (c >= '0' && c <= '9')
            all[i].kind = Kind::number;
        if (is_blank)
            all[i].plain = ' ';
        else if (c > ' ' && c != 0x7f)
            all[i].plain = is_capital ? static_cast<char>(c - 'A' + 'a') : c;
        all[i].drawn_for = c;
    }
    for (const char c : {'@', '$', '!', '|', '+'}) all[static_cast<std::size_t>(c)].is_sign = true;
    constexpr std::pair<char, char> drawn[] = {{'0', 'o'}, {'1', 'i'}, {'!', 'i'}, {'|', 'i'}, {'3', 'e'},
                                               {'4', 'a'}, {'@', 'a'}, {'5', 's'}, {'$', 's'}, {'7', 't'},
                                               {'+', 't'}, {'8', 'b'}, {'9', 'g'}};
    for (const auto& [sign, letter] : drawn) all[static_cast<std::size_t>(sign)].drawn_for = letter;
    return all;
}
inline constexpr std::array<AsciiTrait, 0x80> ascii_traits = make_ascii_traits();

inline const AsciiTrait& trait_of(char ascii) { return ascii_traits[static_cast<unsigned char>(ascii) & 0x7f]; }

}  // namespace kindroom::text
