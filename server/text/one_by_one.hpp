// What becomes of each character by itself when a text is folded, for the alphabets in which most people write: Latin,
// Greek, Cyrillic and what stands around them, dashes and quotation marks. To normalise a whole text takes much longer.
#pragma once

#include <cstdint>
#include <string_view>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>
#include <vector>

namespace kindroom::text {

const icu::Normalizer2& folding();
// NFKC_Casefold. Drops what is ignorable, too.
icu::UnicodeString folded(const icu::UnicodeString& text);

template <class Text>
class OneByOne {
  public:
    // `make` makes it of the folded character.
    template <class Make>
    explicit OneByOne(Make make) {
        for (char32_t c = 0x80; c < end; ++c) {
            const auto one = static_cast<UChar32>(c);
            stands_alone_[c] = folding().hasBoundaryBefore(one) != 0;
            of_[c] = make(folded(icu::UnicodeString(one)));
        }
    }

    // The character of more than one byte at `at`, which moves on. Nothing where it may have to do with those before
    // it, or is none of these.
    const Text* next(std::string_view utf8, std::size_t& at) const {
        UChar32 c = 0;
        U8_NEXT(reinterpret_cast<const std::uint8_t*>(utf8.data()), at, utf8.size(), c);
        const auto known = static_cast<std::size_t>(c);
        return c >= 0x80 && known < end && stands_alone_[known] ? &of_[known] : nullptr;
    }

  private:
    static constexpr std::size_t end = 0x2100;
    std::vector<Text> of_ = std::vector<Text>(end);
    std::vector<bool> stands_alone_ = std::vector<bool>(end);
};

}  // namespace kindroom::text
