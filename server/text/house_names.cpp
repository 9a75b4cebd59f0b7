#include "text/house_names.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <unicode/normalizer2.h>
#include <unicode/uspoof.h>
#include <vector>

#include "base/assert.hpp"
#include "text/characters.hpp"

namespace kindroom::text {
namespace {

// Found anywhere in a name, even across its blanks: no ordinary name contains them.
constexpr std::array anywhere = {
    "moderator",     "moderation", "administrator", "administrador", "administrateur", "helpline",   "crisisline",
    "kindroom",      "moderador",  "moderateur",    "moderatrice",   "moderadora",     "moderatore", "модератор",
    "администратор", "管理员",     "管理員",        "版主",          "モデレーター",   "관리자",     "運営",
};
// Found where a word begins with them.
constexpr std::array beginnings = {"admin", "sysadmin"};
// Found as a word of its own, or as the whole name when blanks and dots between its letters are left out.
constexpr std::array words = {
    "mod",         "mods",     "staff",    "staffs",   "staffmember", "staffteam",  "support",
    "supportteam", "system",   "sysop",    "sysops",   "system",      "server",     "hotline",
    "lifeline",    "helpdesk", "official", "root",     "superuser",   "operator",   "operators",
    "modteam",     "theteam",  "ops",      "owner",    "webmaster",   "postmaster", "security",
    "safety",      "админ",    "модер",    "персонал", "поддержка",   "系统",       "客服",
};

using Checker = std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>;

const USpoofChecker* skeletons() {
    static const Checker checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        Checker made(uspoof_open(&status), uspoof_close);
        KINDROOM_ASSERT(U_SUCCESS(status));
        return made;
    }();
    return checker.get();
}

icu::UnicodeString case_folded(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    auto folded = icu::Normalizer2::getNFKCCasefoldInstance(status)->normalize(text, status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    return folded;
}

enum class Digits { as_digits, as_letters };

// The letter for which a digit or sign often stands.
UChar32 as_letter(UChar32 c) {
    switch (c) {
        case '0':
            return 'o';
        case '1':
        case '!':
        case '|':
            return 'i';
        case '3':
            return 'e';
        case '4':
        case '@':
            return 'a';
        case '5':
        case '$':
            return 's';
        case '7':
        case '+':
            return 't';
        default:
            return c;
    }
}

// The words of a name, case folded.
std::vector<icu::UnicodeString> words_of(const icu::UnicodeString& folded, Digits digits) {
    std::vector<icu::UnicodeString> found(1);
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 c = digits == Digits::as_letters ? as_letter(folded.char32At(i)) : folded.char32At(i);
        if ((U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0)
            found.back().append(c);
        else if (!found.back().isEmpty())
            found.emplace_back();
    }
    if (found.back().isEmpty()) found.pop_back();
    return found;
}

// What all look-alikes of a word have in common. Folded before and after the skeleton, which maps "0" to "O" and "m" to
// "rn"; "l" and "i" are taken for one, since a skeleton tells them apart and a reader does not.
icu::UnicodeString key_of(const icu::UnicodeString& word) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(skeletons(), 0, word, skeleton, &status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    icu::UnicodeString apart = icu::Normalizer2::getNFDInstance(status)->normalize(case_folded(skeleton), status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    icu::UnicodeString key;
    for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 c = apart.char32At(i);
        if (!is_stacking_mark(c)) key.append(c == 'l' || c == 0x131 ? static_cast<UChar32>('i') : c);
    }
    return key;
}

struct Keys {
    std::vector<icu::UnicodeString> anywhere;
    std::vector<icu::UnicodeString> beginnings;
    std::set<icu::UnicodeString> words;
};

const Keys& keys() {
    static const Keys made = [] {
        const auto key = [](const char* word) { return key_of(case_folded(icu::UnicodeString::fromUTF8(word))); };
        Keys all;
        for (const char* word : anywhere) all.anywhere.push_back(key(word));
        for (const char* word : beginnings) all.beginnings.push_back(key(word));
        for (const char* word : words) all.words.insert(key(word));
        for (const char* word : beginnings) all.words.insert(key(word));
        return all;
    }();
    return made;
}

bool is_a_house_word(const icu::UnicodeString& key) {
    return keys().words.contains(key) ||
           std::ranges::any_of(keys().beginnings, [&](const auto& start) { return key.startsWith(start); });
}

bool reads_like_the_house(const icu::UnicodeString& folded, Digits digits) {
    icu::UnicodeString joined;
    for (const auto& word : words_of(folded, digits)) {
        const auto key = key_of(word);
        if (is_a_house_word(key)) return true;
        joined += key;
    }
    return keys().words.contains(joined) ||
           std::ranges::any_of(keys().anywhere, [&](const auto& part) { return joined.indexOf(part) >= 0; });
}

}  // namespace

bool looks_like_the_house(const icu::UnicodeString& name) {
    const auto folded = case_folded(name);
    return reads_like_the_house(folded, Digits::as_digits) || reads_like_the_house(folded, Digits::as_letters);
}

}  // namespace kindroom::text
