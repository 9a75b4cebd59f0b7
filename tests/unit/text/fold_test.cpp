// Which texts say the same words to somebody who does not want to read them.
#include <gtest/gtest.h>

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

TEST(FoldForMatching, TheShortWayForAsciiSaysWhatTheLongOneSays) {
    const std::string line = "It's 3 o'clock: Nobody_knows [yet]!";
    EXPECT_EQ(fold_for_matching(line + " \xc3\xa9"), fold_for_matching(line) + " \xc3\xa9");
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
