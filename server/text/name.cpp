#include <memory>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#include "base/assert.hpp"
#include "text/characters.hpp"
#include "text/house_names.hpp"
#include "text/parts.hpp"
#include "text/text.hpp"

namespace kindroom::text {
namespace {

using Checker = std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>;

// ICU's checker may be asked by many threads once it is set up.
const USpoofChecker* script_checker() {
    static const Checker checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        Checker made(uspoof_open(&status), uspoof_close);
        uspoof_setChecks(made.get(), USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS, &status);
        uspoof_setRestrictionLevel(made.get(), USPOOF_HIGHLY_RESTRICTIVE);
        KINDROOM_ASSERT(U_SUCCESS(status));
        return made;
    }();
    return checker.get();
}

bool mixes_scripts_to_deceive(const icu::UnicodeString& name) {
    UErrorCode status = U_ZERO_ERROR;
    const auto found = uspoof_check(script_checker(), name.getBuffer(), name.length(), nullptr, &status);
    return U_FAILURE(status) || found != 0;
}

// In a name nothing has work to do that cannot be seen, and all blanks are alike.
icu::UnicodeString without_zero_width(const icu::UnicodeString& text) {
    constexpr UChar32 braille_blank = 0x2800;
    icu::UnicodeString out(text.length(), 0, 0);
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (is_ignorable(c) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL)) continue;
        out.append(c == braille_blank ? static_cast<UChar32>(' ') : c);
    }
    return out;
}

}  // namespace

std::optional<std::string> clean_name(std::string_view utf8, std::size_t code_points_max) {
    // What is dropped may have stood between a letter and its marks, hence the second round.
    const auto visible =
        without_zero_width(cleaned(icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())})));
    const auto name = on_one_line(without_mark_towers(nfc(visible)));
    if (name.isEmpty() || !is_visible(name)) return std::nullopt;
    if (static_cast<std::size_t>(name.countChar32()) > code_points_max) return std::nullopt;
    if (mixes_scripts_to_deceive(name) || looks_like_the_house(name)) return std::nullopt;
    return to_utf8(name);
}

}  // namespace kindroom::text
