#include "text/characters.hpp"

#include <algorithm>
#include <array>
#include <unicode/uscript.h>
#include <utility>

namespace kindroom::text {
namespace {

template <std::size_t N>
bool has_script(UChar32 c, const std::array<UScriptCode, N>& scripts) {
    return std::ranges::any_of(scripts, [c](UScriptCode script) { return uscript_hasScript(c, script) != 0; });
}

}  // namespace

bool is_plain(char16_t unit) {
    // Latin with its accents, Greek, Cyrillic and Armenian, dashes and quotation marks, Japanese and Chinese letters,
    // Korean syllables.
    static constexpr std::array<std::pair<char16_t, char16_t>, 11> ranges = {{
        {0x20, 0x7e},
        {0x0a, 0x0a},
        {0xa1, 0xac},
        {0xae, 0x2ff},
        {0x370, 0x482},
        {0x48a, 0x590},
        {0x2010, 0x2027},
        {0x3001, 0x3029},
        {0x3041, 0x3096},
        {0x30a1, 0x9fff},
        {0xac00, 0xd7a3},
    }};
    return std::ranges::any_of(ranges, [unit](auto range) { return unit >= range.first && unit <= range.second; }) &&
           unit != 0x3164;
}

bool is_ignorable(UChar32 c) { return c >= 0xad && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

bool is_stacking_mark(UChar32 c) {
    if (c < 0x300) return false;
    const auto mask = U_GET_GC_MASK(c);
    return (mask & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0 && !is_ignorable(c);
}

bool is_blank(UChar32 c) {
    constexpr UChar32 braille_blank = 0x2800;
    return u_isUWhiteSpace(c) || c == braille_blank || (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0 ||
           is_ignorable(c);
}

bool is_line_end(UChar32 c) { return (c >= 0x0a && c <= 0x0d) || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_variation_selector(UChar32 c) { return c >= 0x180b && u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR); }

bool is_skin_tone(UChar32 c) { return c >= 0x1f3fb && c <= 0x1f3ff; }

bool is_emoji_part(UChar32 c) {
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || is_skin_tone(c) ||
           u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) || c == 0x20e3;
}

bool needs_joiners(UChar32 c) {
    static constexpr std::array scripts = {
        USCRIPT_ARABIC,  USCRIPT_SYRIAC,     USCRIPT_MANDAIC, USCRIPT_MONGOLIAN, USCRIPT_NKO,
        USCRIPT_ADLAM,   USCRIPT_DEVANAGARI, USCRIPT_BENGALI, USCRIPT_GURMUKHI,  USCRIPT_GUJARATI,
        USCRIPT_ORIYA,   USCRIPT_TAMIL,      USCRIPT_TELUGU,  USCRIPT_KANNADA,   USCRIPT_MALAYALAM,
        USCRIPT_SINHALA, USCRIPT_MYANMAR,    USCRIPT_KHMER,   USCRIPT_TIBETAN,   USCRIPT_CHAKMA,
    };
    return c > 0x5ff && (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0 && has_script(c, scripts);
}

bool needs_break_marks(UChar32 c) {
    static constexpr std::array scripts = {USCRIPT_THAI, USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR, USCRIPT_TIBETAN};
    return c > 0x5ff && (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0 && has_script(c, scripts);
}

bool is_never_kept(UChar32 c) {
    if (c < 0x80) return c < 0x20 || c == 0x7f;
    // Annotation anchors and the deprecated format characters do not count as default ignorable, and do nothing here.
    return u_charType(c) == U_CONTROL_CHAR || u_charType(c) == U_SURROGATE || U_IS_UNICODE_NONCHAR(c) ||
           (c >= 0xe0000 && c <= 0xe007f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb);
}

}  // namespace kindroom::text
