#include "text/look_alikes.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <string_view>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <vector>

#include "base/assert.hpp"

namespace kindroom::text {
namespace {

// Nothing beyond passes for a letter of another script: ideographs and what is not assigned.
constexpr char32_t table_end = 0x20000;

bool is_ascii_letter(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char32_t small(UChar32 c) { return static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

// Scripts with tens of thousands of signs, none of which looks like a letter.
bool is_vast(UChar32 c) {
    return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xfb00) || (c >= 0x16f00 && c < 0x1d000);
}

// Letters that stand in circles and squares, and those of flags, which no normal form takes for letters.
char32_t enclosed(UChar32 c) {
    for (const UChar32 first : {0x1f130, 0x1f150, 0x1f170, 0x1f1e6})
        if (c >= first && c < first + 26) return static_cast<char32_t>('a' + (c - first));
    return 0;
}

// LATIN SMALL LETTER O WITH STROKE, LATIN LETTER SMALL CAPITAL N.
char32_t latin_by_name(UChar32 c) {
    std::array<char, 128> buffer{};
    UErrorCode status = U_ZERO_ERROR;
    u_charName(c, U_UNICODE_CHAR_NAME, buffer.data(), static_cast<int32_t>(buffer.size()), &status);
    if (U_FAILURE(status)) return 0;
    const std::string_view name(buffer.data());
    for (const std::string_view beginning : {"LATIN SMALL LETTER ", "LATIN LETTER SMALL CAPITAL "}) {
        if (!name.starts_with(beginning)) continue;
        const std::string_view rest = name.substr(beginning.size());
        if (rest.size() == 1 || (rest.size() > 1 && rest.substr(1).starts_with(" WITH "))) return small(rest.front());
    }
    return 0;
}

class TableMaker {
  public:
    TableMaker() : checker_(nullptr, uspoof_close) {
        UErrorCode status = U_ZERO_ERROR;
        checker_.reset(uspoof_open(&status));
        apart_ = icu::Normalizer2::getNFDInstance(status);
        KINDROOM_ASSERT(U_SUCCESS(status));
    }

    char32_t plain(UChar32 c) const {
        if (const int digit = u_charDigitValue(c); digit >= 0) return static_cast<char32_t>('0' + digit);
        if (const char32_t letter = enclosed(c)) return letter;
        if (is_accent(c)) return 0;
        if (is_vast(c) || (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_SO_MASK | U_GC_NL_MASK)) == 0)
            return static_cast<char32_t>(c);
        const UChar32 base = without_accents(c);
        if (is_ascii_letter(base)) return small(base);
        if (const char32_t latin = latin_by_name(base)) return latin;
        // Of what has two sizes, either may be the one that looks alike: the small letter stands for both here.
        for (const UChar32 shape : {base, static_cast<UChar32>(u_toupper(base))})
            if (const char32_t letter = looks_like(shape)) return letter;
        return static_cast<char32_t>(base);
    }

  private:
    // Accents that go with letters of any script; the vowel signs of one script belong to its words.
    static bool is_accent(UChar32 c) {
        UErrorCode status = U_ZERO_ERROR;
        return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0 &&
               uscript_getScript(c, &status) == USCRIPT_INHERITED;
    }
    UChar32 without_accents(UChar32 c) const {
        const icu::UnicodeString apart = apart_->normalize(icu::UnicodeString(c), *fresh_status());
        const UChar32 base = apart.char32At(0);
        for (int32_t i = apart.moveIndex32(0, 1); i < apart.length(); i = apart.moveIndex32(i, 1))
            if (!is_accent(apart.char32At(i))) return c;
        return base;
    }
    char32_t looks_like(UChar32 c) const {
        icu::UnicodeString skeleton;
        uspoof_getSkeletonUnicodeString(checker_.get(), 0, icu::UnicodeString(c), skeleton, fresh_status());
        if (skeleton.countChar32() != 1) return 0;
        const UChar32 shape = skeleton.char32At(0);
        return is_ascii_letter(shape) ? small(shape) : 0;
    }
    UErrorCode* fresh_status() const {
        status_ = U_ZERO_ERROR;
        return &status_;
    }

    std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker_;
    const icu::Normalizer2* apart_ = nullptr;
    mutable UErrorCode status_ = U_ZERO_ERROR;
};

std::vector<char32_t> make_table() {
    const TableMaker maker;
    std::vector<char32_t> table(table_end);
    for (char32_t c = 0; c < table_end; ++c) table[c] = c < 0x80 ? c : maker.plain(static_cast<UChar32>(c));
    return table;
}

}  // namespace

char32_t plain_letter(char32_t c) {
    static const std::vector<char32_t> table = make_table();
    return c < table_end ? table[c] : c;
}

}  // namespace kindroom::text
