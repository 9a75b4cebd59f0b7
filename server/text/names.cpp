#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <memory>

#include "text/text.hpp"

namespace kindroom::text {

namespace {

struct CloseChecker {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using Checker = std::unique_ptr<USpoofChecker, CloseChecker>;

// A checker may be shared for reading; making one costs milliseconds.
const USpoofChecker* checker() {
    static const Checker made = [] {
        UErrorCode status = U_ZERO_ERROR;
        Checker opened(uspoof_open(&status));
        uspoof_setChecks(opened.get(), USPOOF_RESTRICTION_LEVEL, &status);
        uspoof_setRestrictionLevel(opened.get(), USPOOF_HIGHLY_RESTRICTIVE);
        return opened;
    }();
    return made.get();
}

// What a name looks like (UTS 39, section 4), letters only. Case is folded before and after: the skeletons of capital and
// small letters differ, and the skeleton itself may bring capitals back.
std::string looks_like(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString folded = icu::UnicodeString::fromUTF8(name).foldCase();
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(checker(), 0, folded, skeleton, &status);
    if (U_FAILURE(status)) return {};
    skeleton.foldCase();
    icu::UnicodeString letters;
    for (int32_t i = 0; i < skeleton.length(); i = skeleton.moveIndex32(i, 1))
        if (u_isalnum(skeleton.char32At(i))) letters.append(skeleton.char32At(i));
    std::string utf8;
    letters.toUTF8String(utf8);
    return utf8;
}

bool belongs_to_the_house(const std::string& name) {
    // Anywhere in a name, these read as a voice of the house.
    static const std::string anywhere[] = {looks_like("moderator"), looks_like("administrator"), looks_like("helpline"),
                                           looks_like("kindroom")};
    // These only by themselves: "Stafford" and "Modesty" are people.
    static const std::string whole[] = {looks_like("admin"),  looks_like("mod"),      looks_like("staff"),
                                        looks_like("system"), looks_like("operator"), looks_like("support"),
                                        looks_like("server"), looks_like("helpdesk"), looks_like("crisisline")};
    const std::string shape = looks_like(name);
    for (const auto& word : anywhere)
        if (shape.find(word) != std::string::npos) return true;
    for (const auto& word : whole)
        if (shape == word) return true;
    return false;
}

bool is_invisible_or_bidi(UChar32 c) {
    return c == 0x200C || c == 0x200D || c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::optional<std::string> clean_name(std::string_view utf8, std::size_t code_points_max) {
    const auto line = icu::UnicodeString::fromUTF8(clean_line(utf8));
    icu::UnicodeString kept;
    for (int32_t i = 0; i < line.length(); i = line.moveIndex32(i, 1))
        if (!is_invisible_or_bidi(line.char32At(i))) kept.append(line.char32At(i));
    std::string name;
    kept.toUTF8String(name);
    // Once more: what was taken out may have stood between two blanks, or hidden that nothing is left.
    name = clean_line(name);
    if (name.empty() || code_points(name) > code_points_max) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    const auto checked = icu::UnicodeString::fromUTF8(name);
    if (uspoof_checkUnicodeString(checker(), checked, nullptr, &status) != 0 || U_FAILURE(status)) return std::nullopt;
    if (belongs_to_the_house(name)) return std::nullopt;
    return name;
}

}  // namespace kindroom::text
