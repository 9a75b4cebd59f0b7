#include <optional>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "text/ascii.hpp"
#include "text/characters.hpp"
#include "text/letters.hpp"
#include "text/look_alikes.hpp"

namespace kindroom::text {
namespace {

// Collects unmasked characters; blanks fall together. There is room for `most` of them.
class Unmasked {
  public:
    explicit Unmasked(std::size_t most) : text_(most, U'\0') {}
    // A blank like any other character.
    void add(char32_t c) {
        if (c == U' ') {
            blank_due_ = size_ > 0;
            return;
        }
        if (blank_due_) put(U' ');
        blank_due_ = false;
        put(c);
    }
    std::u32string take() {
        text_.resize(size_);
        return std::move(text_);
    }

  private:
    void put(char32_t c) {
        if (size_ < text_.size())
            text_[size_] = c;
        else
            text_ += c;
        size_ += 1;
    }

    std::u32string text_;
    std::size_t size_ = 0;
    bool blank_due_ = false;
};

std::u32string unmasked_ascii(std::string_view ascii) {
    Unmasked out(ascii.size());
    for (const char c : ascii)
        if (const char plain = trait_of(c).plain) out.add(static_cast<char32_t>(plain));
    return out.take();
}

// Each character that is left of a text in NFKC_Casefold, unmasked; blanks of all kinds are blanks.
template <class Act>
void for_each_plain(const icu::UnicodeString& folded, Act act) {
    constexpr UChar32 braille_blank = 0x2800;
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 c = folded.char32At(i);
        if (u_isUWhiteSpace(c) || c == braille_blank)
            act(U' ');
        else if (is_never_kept(c))
            continue;
        else if (const char32_t plain = c < 0x80 ? static_cast<char32_t>(c) : plain_letter(static_cast<char32_t>(c)))
            act(plain);
    }
}

const icu::Normalizer2& folding() {
    static const icu::Normalizer2* const it = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
        KINDROOM_ASSERT(U_SUCCESS(status));
        return found;
    }();
    return *it;
}

// Drops what is ignorable, too.
icu::UnicodeString folded(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    auto out = folding().normalize(text, status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    return out;
}

// What becomes of one character that has nothing to do with those before it, for the alphabets in which most people
// write: Latin, Greek, Cyrillic and what stands around them, dashes and quotation marks. Normalising a whole text takes
// much longer.
class OneByOne {
  public:
    OneByOne() {
        for (char32_t c = 0x80; c < table_end; ++c) {
            const icu::UnicodeString one(static_cast<UChar32>(c));
            stands_alone_[c] = folding().hasBoundaryBefore(static_cast<UChar32>(c)) != 0;
            for_each_plain(folded(one), [&](char32_t plain) { of_[c] += plain; });
        }
    }
    bool knows(char32_t c) const { return c < table_end && stands_alone_[c]; }
    const std::u32string& of(char32_t c) const { return of_[c]; }

  private:
    static constexpr char32_t table_end = 0x2100;
    std::vector<std::u32string> of_ = std::vector<std::u32string>(table_end);
    std::vector<bool> stands_alone_ = std::vector<bool>(table_end);
};

// Nothing if there is a character that may have to do with those before it.
std::optional<std::u32string> unmasked_one_by_one(std::string_view utf8) {
    static const OneByOne table;
    Unmasked out(utf8.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    for (std::size_t i = 0; i < utf8.size();) {
        if (bytes[i] < 0x80) {
            if (const char plain = trait_of(utf8[i++]).plain) out.add(static_cast<char32_t>(plain));
            continue;
        }
        UChar32 c = 0;
        U8_NEXT(bytes, i, utf8.size(), c);
        if (c < 0 || !table.knows(static_cast<char32_t>(c))) return std::nullopt;
        for (const char32_t plain : table.of(static_cast<char32_t>(c))) out.add(plain);
    }
    return out.take();
}

}  // namespace

std::u32string unmasked(std::string_view utf8) {
    if (is_ascii(utf8)) return unmasked_ascii(utf8);
    if (auto text = unmasked_one_by_one(utf8)) return std::move(*text);
    const auto whole = folded(icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())}));
    Unmasked out(static_cast<std::size_t>(whole.length()));
    for_each_plain(whole, [&](char32_t plain) { out.add(plain); });
    return out.take();
}

}  // namespace kindroom::text
