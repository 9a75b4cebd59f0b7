#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/assert.hpp"
#include "text/ascii.hpp"
#include "text/parts.hpp"
#include "text/text.hpp"

namespace kindroom::text {
namespace {

// Words of ASCII need no Unicode tables.
std::string fold_ascii(std::string_view ascii) {
    std::string out(ascii.size(), '\0');
    std::size_t size = 0;
    bool blank_due = false;
    for (const char c : ascii) {
        const AsciiTrait& trait = trait_of(c);
        if (trait.kind == Kind::gap) {
            blank_due = size > 0;
            continue;
        }
        if (blank_due) out[size++] = ' ';
        blank_due = false;
        out[size++] = trait.plain;
    }
    out.resize(size);
    return out;
}

bool belongs_to_a_word(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0; }

}  // namespace

std::string fold_for_matching(std::string_view utf8) {
    // Control characters are no part of a word either way, so ASCII as a whole takes the short way.
    if (is_ascii(utf8)) return fold_ascii(utf8);
    UErrorCode status = U_ZERO_ERROR;
    // Drops what is ignorable, too.
    const auto folded = icu::Normalizer2::getNFKCCasefoldInstance(status)->normalize(
        icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())}), status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    icu::UnicodeString out(folded.length(), 0, 0);
    bool blank_due = false;
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 c = folded.char32At(i);
        if (!belongs_to_a_word(c)) {
            blank_due = !out.isEmpty();
            continue;
        }
        if (blank_due) out.append(static_cast<UChar>(' '));
        blank_due = false;
        out.append(c);
    }
    return to_utf8(out);
}

}  // namespace kindroom::text
