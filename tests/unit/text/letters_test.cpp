// Texts as filters compare them: what was hidden is plain.
#include "text/letters.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <random>

namespace kindroom::text {
namespace {

std::string plain(std::string_view text) { return to_utf8(unmasked(text)); }

// A letter as it is, repeated ones with their number, and a bar where a word may begin.
std::string drawn(std::string_view text, Signs signs = Signs::apart) {
    std::u32string out;
    for (const Letter& letter : letters_of(unmasked(text), signs)) {
        if (letter.apart) out += U' ';
        if (letter.begins) out += U'|';
        out += letter.letter;
        if (letter.times > 1) out += static_cast<char32_t>(U'0' + letter.times);
    }
    return to_utf8(out);
}

TEST(Letters, WhatLooksLikeALatinLetterIsOne) {
    EXPECT_EQ(plain("ІԁіоТ"), "idiot") << "Cyrillic";
    EXPECT_EQ(plain("ΙΟΤΑ"), "iota") << "Greek";
    EXPECT_EQ(plain("ｉｄｉｏｔ 𝕚𝕕𝕚𝕠𝕥 ⓘⓓⓘⓞⓣ"), "idiot idiot idiot");
    EXPECT_EQ(plain("🅸🅳🅸🅾🆃 🇮🇩🇮🇴🇹"), "idiot idiot");
    EXPECT_EQ(plain("ɪᴅɪᴏᴛ"), "idiot") << "small capitals";
}

TEST(Letters, AccentsAndWhatCannotBeSeenAreGone) {
    EXPECT_EQ(plain("ïdĩôt"), "idiot");
    EXPECT_EQ(plain("i\u0336d\u0336i\u0336o\u0336t\u0336"), "idiot") << "struck through";
    EXPECT_EQ(plain("i\u200bd\u200ci\u2060o\u00adt\ufeff"), "idiot");
    EXPECT_EQ(plain("Schöne Grüße, Đạt"), "schone grusse, dat");
}

TEST(Letters, OneWritingOfAScriptIsTheSameInSmallAndCapitalLetters) {
    EXPECT_EQ(plain("ВОРОТА"), plain("ворота"));
    EXPECT_EQ(plain("ΑΘΗΝΑ"), plain("αθηνα"));
    EXPECT_EQ(plain("ЁЖИК"), plain("ёжик"));
    EXPECT_EQ(plain("हिन्दी"), "हिन्दी") << "vowel signs belong to the word";
}

std::string utf8_of(char32_t c) { return to_utf8(std::u32string(1, c)); }

// An accent has to do with what stands before it, so with one the text is taken as a whole.
TEST(Letters, CharacterByCharacterOrAsAWholeATextIsUnmaskedAlike) {
    for (char32_t c = 1; c < 0x10000; ++c) {
        if (c >= 0xd800 && c < 0xe000) continue;
        const std::string text = "q" + utf8_of(c) + "q" + utf8_of(c) + " x";
        EXPECT_EQ(plain(text), plain(text + "\u0301")) << std::hex << static_cast<std::uint32_t>(c);
    }
    std::mt19937 chance(1);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto n = chance() % 12; n > 0; --n) text += utf8_of(static_cast<char32_t>(1 + chance() % 0x20ff));
        EXPECT_EQ(plain(text + " x"), plain(text + " x\u0301")) << text;
    }
}

TEST(Letters, BlanksOfAllKindsAreOneBlankAndDigitsAreAscii) {
    EXPECT_EQ(plain("  a\t\u00a0\u3000b\n\nc\u2800d "), "a b c d");
    EXPECT_EQ(plain("٠١٢ ۳۴ ५६ ７８９"), "012 34 56 789");
}

TEST(Letters, AWordBeginsAfterABlankASignAndWhereDigitsBegin) {
    EXPECT_EQ(drawn("no way"), "|no |way");
    EXPECT_EQ(drawn("no-way"), "|no|way") << "a hyphen is no blank";
    EXPECT_EQ(drawn("abc123"), "|abc|i2e");
    EXPECT_EQ(drawn("nooo"), "|no3");
    EXPECT_EQ(drawn("hello"), "|hei2o") << "l is i";
}

TEST(Letters, ASignIsALetterOnlyWhereOneCouldStand) {
    EXPECT_EQ(drawn("sh!p", Signs::as_letters), "|sh|i|p");
    EXPECT_EQ(drawn("ship!", Signs::as_letters), "|ship");
    EXPECT_EQ(drawn("$hip", Signs::as_letters), "|s|hip");
    EXPECT_TRUE(has_signs(unmasked("sh!p")));
    EXPECT_FALSE(has_signs(unmasked("ship! a + b | c")));
}

TEST(Letters, WhatIsSpelledOutIsPutTogether) {
    EXPECT_EQ(spelled_together(unmasked("say h e l l o now")), "say hello now");
    EXPECT_EQ(spelled_together(unmasked("h3llo you")), "hello you");
    EXPECT_EQ(spelled_together(unmasked("call me at 10, room 4")), "");
    EXPECT_EQ(spelled_together(unmasked("nothing of the kind")), "");
}

TEST(Letters, ALanguageWithoutBlanksHasWordsEverywhere) {
    for (const Letter& letter : letters_of(unmasked("死にたい"), Signs::apart)) {
        EXPECT_TRUE(letter.begins);
        EXPECT_TRUE(letter.ends);
    }
}

}  // namespace
}  // namespace kindroom::text
