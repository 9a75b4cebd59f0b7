#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>

#include "text/text.hpp"

namespace kindroom::text {
namespace {

std::string utf8_of(char32_t c) {
    std::string out;
    const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xc0 | (c >> 6));
        add(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        add(0xe0 | (c >> 12));
        add(0x80 | ((c >> 6) & 0x3f));
        add(0x80 | (c & 0x3f));
    } else {
        add(0xf0 | (c >> 18));
        add(0x80 | ((c >> 12) & 0x3f));
        add(0x80 | ((c >> 6) & 0x3f));
        add(0x80 | (c & 0x3f));
    }
    return out;
}

// Characters that have a rule of their own come far more often than chance would have it.
rc::Gen<char32_t> a_character() {
    return rc::gen::weightedOneOf<char32_t>({
        {6, rc::gen::inRange<char32_t>(0, 0x80)},
        {6, rc::gen::elementOf(std::u32string(U"\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"
                                              U"\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\u034f\u180b\u180e\ufe0f"
                                              U"\U000e0041\U000e0100\u115f\u1160\u3164\u2800\u0085\u2028\u00a0"))},
        {4, rc::gen::elementOf(std::u32string(U"\u0300\u0301\u0308\u0323\u0327\u0338\u0345\u20dd\u093c\u094d\u0bbe"))},
        {4, rc::gen::elementOf(std::u32string(U"\u0915\u0b92\u0bd7\u0628\u06cc\u0e01\u1100\u1161\u11a8\uac00\u1820"))},
        {3, rc::gen::elementOf(std::u32string(U"\U0001f468\U0001f3fd\u2764\U0001f1eb\u20e3\u212b\u2126\U0002f802"))},
        {3, rc::gen::inRange<char32_t>(0xa0, 0xd800)},
        {2, rc::gen::inRange<char32_t>(0xe000, 0x110000)},
    });
}

std::string a_text() {
    std::string text;
    for (const auto c : *rc::gen::container<std::u32string>(a_character())) text += utf8_of(c);
    return text;
}

RC_GTEST_PROP(CleanMessage, DoesNothingTheSecondTime, ()) {
    const auto once = clean_message(a_text());
    RC_ASSERT(clean_message(once) == once);
}

RC_GTEST_PROP(CleanLine, DoesNothingTheSecondTime, ()) {
    const auto once = clean_line(a_text());
    RC_ASSERT(clean_line(once) == once);
    RC_ASSERT(once.find('\n') == std::string::npos);
}

RC_GTEST_PROP(CleanName, DoesNothingTheSecondTime, ()) {
    const auto once = clean_name(a_text(), 40);
    if (!once) return;
    RC_ASSERT(clean_name(*once, 40) == once);
    RC_ASSERT(code_points(*once) <= 40U);
}

RC_GTEST_PROP(FoldForMatching, DoesNothingTheSecondTimeAndSeparatesByOneBlank, ()) {
    const auto once = fold_for_matching(a_text());
    RC_ASSERT(fold_for_matching(once) == once);
    RC_ASSERT(once.find("  ") == std::string::npos);
    RC_ASSERT(!once.starts_with(' '));
    RC_ASSERT(!once.ends_with(' '));
}

RC_GTEST_PROP(CleanMessage, NeverGrowsByMoreThanTheEndsOfDirections, ()) {
    const auto text = a_text();
    // NFC makes at most three code points of one; each opened direction gets one end.
    RC_ASSERT(code_points(clean_message(text)) <= 3 * code_points(text));
}

}  // namespace
}  // namespace kindroom::text
