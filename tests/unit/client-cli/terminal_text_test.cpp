#include "cli/terminal_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kindroom::cli {
namespace {

TEST(TerminalText, OrdinaryWordsOfManyScriptsPassUnchanged) {
    for (const char* text :
         {"hello", "Zoë", "Ольга", "王芳", "👩‍👩‍👧", "naïve — “quoted”", "نص", "line one\nline two"}) {
        EXPECT_EQ(clean_text(text), text);
    }
}

TEST(TerminalText, EscapeSequencesAreGone) {
    EXPECT_EQ(clean_text("a\033[31mred\033[0m"), "ared");
    EXPECT_EQ(clean_text("\033[2J\033[H\033[3Jx"), "x");
    EXPECT_EQ(clean_text("\033]0;title\007x"), "x");
    EXPECT_EQ(clean_text("\033]8;;http://evil\033\\link\033]8;;\033\\"), "link");
    EXPECT_EQ(clean_text("\033P+q544e\033\\x"), "x");
    EXPECT_EQ(clean_text("\033cx\033(0y\033"), "xy");
    EXPECT_EQ(clean_text("\xC2\x9B"
                         "31mx"),
              "x");
    EXPECT_EQ(clean_text("\xC2\x9D"
                         "0;t\xC2\x9Cx"),
              "x");
}

TEST(TerminalText, AStringWithoutAnEndDoesNotSwallowWhatFollows) {
    EXPECT_EQ(clean_text("\033]0;every word after"), "0;every word after");
}

TEST(TerminalText, ControlCharactersAreGone) {
    EXPECT_EQ(clean_text(std::string("a\0b\x07\x08\x0d\x7f"
                                     "c",
                                     8)),
              "abc");
    EXPECT_EQ(clean_text("a\tb"), "a b");
    EXPECT_EQ(clean_text("a\xC2\x85"
                         "b"),
              "ab");
}

TEST(TerminalText, DirectionTricksAreVisible) {
    EXPECT_EQ(clean_text("\xE2\x80\xAE"
                         "gnp.exe"),
              "<RLO>gnp.exe");
    EXPECT_EQ(clean_text("\xE2\x81\xA6x\xE2\x81\xA9"), "<LRI>x<PDI>");
}

TEST(TerminalText, InvisibleCharactersAreGone) {
    EXPECT_EQ(clean_text("mo\xE2\x80\x8B"
                         "derator\xEF\xBB\xBF"),
              "moderator");
}

TEST(TerminalText, PilesOfMarksAreCutDown) {
    std::string pile = "a";
    for (int i = 0; i < 40; ++i) pile += "\xCC\x81";
    EXPECT_EQ(clean_text(pile), "a\xCC\x81\xCC\x81\xCC\x81\xCC\x81");
}

TEST(TerminalText, APileOfMarksIsCutDownWhateverIsTakenOutBetweenThem) {
    EXPECT_EQ(clean_text("a\u0301\u0301\u0301\u200b\u0301\x1b[2J\u0301\a\u0301b\u0301"),
              "a\u0301\u0301\u0301\u0301b\u0301");
}

TEST(TerminalText, BrokenUtf8IsShownAsBroken) {
    EXPECT_EQ(clean_text("a\xFF"
                         "b"),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(clean_text("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(clean_text("\xE2\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(TerminalText, ANameStaysOnOneLine) {
    EXPECT_EQ(clean_line("Ana\n>> Moderator"), "Ana >> Moderator");
    EXPECT_EQ(clean_line("Ana\xE2\x80\xA8x"), "Ana x");
}

RC_GTEST_PROP(TerminalText, NothingThatDrivesATerminalGetsThrough, (const std::string& any)) {
    // Bytes that matter are rare in arbitrary strings; mix them in.
    std::string text;
    for (const char c : any) {
        text += c;
        text += *rc::gen::element(std::string(), std::string("\033"), std::string("\033["), std::string("\033]"),
                                  std::string("\xC2\x9B"), std::string("\a"), std::string("\xE2\x80\xAE"),
                                  std::string("m"));
    }
    const std::string clean = clean_text(text);
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const auto byte = static_cast<unsigned char>(clean[i]);
        RC_ASSERT(byte >= 0x20 || byte == '\n');
        RC_ASSERT(byte != 0x7F);
        RC_ASSERT(!(byte == 0xC2 && i + 1 < clean.size() && static_cast<unsigned char>(clean[i + 1]) < 0xA0));
    }
    // Cleaning what is clean changes nothing.
    RC_ASSERT(clean_text(clean) == clean);
}

TEST(TerminalText, WrappingBreaksAtBlanksAndKeepsBreaks) {
    EXPECT_EQ(wrap("one two three", 7, "  "), "one two\n  three");
    EXPECT_EQ(wrap("one\ntwo", 20, "> "), "one\n> two");
    EXPECT_EQ(wrap("a-very-long-word", 4, ""), "a-very-long-word");
}

TEST(TerminalText, ALineThatWasBrokenForAnotherWidthIsOneAgainAndHeadingsAndListsStay) {
    const std::string wide(70, 'x');
    EXPECT_EQ(rejoin(wide + "\nand on"), wide + " and on");
    EXPECT_EQ(rejoin("- " + wide + "\n  and on\n- next"), "- " + wide + " and on\n- next");
    EXPECT_EQ(rejoin(wide + "\n\nA heading\nand its text"), wide + "\n\nA heading\nand its text");
    EXPECT_EQ(rejoin("short\n"), "short\n");
    EXPECT_EQ(rejoin(""), "");
}

}  // namespace
}  // namespace kindroom::cli
