// Which texts say the same words to somebody who does not want to read them.
#include <cstdint>
#include <gtest/gtest.h>
#include <random>

#include "text/letters.hpp"
#include "text/text.hpp"

namespace kindroom::text {
namespace {

TEST(FoldForMatching, CaseAndPunctuationMakeNoDifference) {
    EXPECT_EQ(fold_for_matching("Knives, KNIVES & knives!"), "knives knives knives");
    EXPECT_EQ(fold_for_matching("B.O.B"), "b o b");
    EXPECT_EQ(fold_for_matching("the-end\n of\tit "), "the end of it");
    EXPECT_EQ(fold_for_matching("route 66"), "route 66");
    EXPECT_EQ(fold_for_matching(" ... \x01 "), "");
    EXPECT_EQ(fold_for_matching(""), "");
}

std::string utf8_of(char32_t c) { return to_utf8(std::u32string(1, c)); }

// A letter of another script is in no table, so with one the text is taken as a whole.
std::string folded_as_a_whole(const std::string& text) {
    const std::string kana = "\u3042";
    std::string folded = fold_for_matching(text + " " + kana);
    EXPECT_TRUE(folded.ends_with(kana));
    folded.resize(folded.size() - kana.size());
    if (!folded.empty()) folded.pop_back();
    return folded;
}

TEST(FoldForMatching, CharacterByCharacterOrAsAWholeATextIsFoldedAlike) {
    EXPECT_EQ(fold_for_matching("It's 3 o'clock: Nobody_knows [yet]!"), "it s 3 o clock nobody knows yet");
    for (char32_t c = 1; c < 0x3000; ++c) {
        const std::string text = "q" + utf8_of(c) + "q" + utf8_of(c) + " x";
        EXPECT_EQ(fold_for_matching(text), folded_as_a_whole(text)) << std::hex << static_cast<std::uint32_t>(c);
    }
    std::mt19937 chance(1);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto n = chance() % 12; n > 0; --n) text += utf8_of(static_cast<char32_t>(1 + chance() % 0x20ff));
        EXPECT_EQ(fold_for_matching(text), folded_as_a_whole(text)) << text;
    }
}

TEST(FoldForMatching, AnotherCaseOfAnyScriptIsTheSameWord) {
    EXPECT_EQ(fold_for_matching("STRASSE"), fold_for_matching("Stra\xc3\x9f"
                                                              "e"));
    EXPECT_EQ(fold_for_matching("\xd0\x91\xd0\x9e\xd0\x9b\xd0\xac"), "\xd0\xb1\xd0\xbe\xd0\xbb\xd1\x8c");
}

TEST(FoldForMatching, ComposedAndDecomposedLettersAndWideOnesAreTheSameWord) {
    EXPECT_EQ(fold_for_matching("Zoe\xcc\x88"), fold_for_matching("zo\xc3\xab"));
    EXPECT_EQ(fold_for_matching("\xef\xbc\xa1\xef\xbc\xa2"), "ab") << "full width";
}

TEST(FoldForMatching, WhatCannotBeSeenDoesNotPartAWord) {
    EXPECT_EQ(fold_for_matching("kn\xe2\x80\x8b\xc2\xadi\xe2\x80\x8d\xef\xb8\x8fves"), "knives");
    EXPECT_EQ(fold_for_matching("\xe2\x80\xae"
                                "evil"),
              "evil");
}

TEST(FoldForMatching, AMarkBelongsToItsWordAndAPictureDoesNot) {
    EXPECT_EQ(fold_for_matching("caf\xc3\xa9"), "caf\xc3\xa9") << "accents tell words apart";
    EXPECT_EQ(fold_for_matching("\xe0\xa4\xa8\xe0\xa4\xbf"), "\xe0\xa4\xa8\xe0\xa4\xbf");
    EXPECT_EQ(fold_for_matching("so\xf0\x9f\x98\x80sad"), "so sad");
}

}  // namespace
}  // namespace kindroom::text
