#include <optional>
#include <unicode/uchar.h>
#include <utility>

#include "base/assert.hpp"
#include "text/ascii.hpp"
#include "text/one_by_one.hpp"
#include "text/parts.hpp"
#include "text/text.hpp"

namespace kindroom::text {

const icu::Normalizer2& folding() {
    static const icu::Normalizer2* const it = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
        KINDROOM_ASSERT(U_SUCCESS(status));
        return found;
    }();
    return *it;
}

icu::UnicodeString folded(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    auto out = folding().normalize(text, status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    return out;
}

namespace {

// Collects words; between two of them is one blank. There is room for `most` bytes.
class Words {
  public:
    explicit Words(std::size_t most) : text_(most, '\0') {}
    void gap() { blank_due_ = size_ > 0; }
    void add(char byte) {
        if (blank_due_) put(' ');
        blank_due_ = false;
        put(byte);
    }
    // Where a blank stands for whatever separates words.
    void add(std::string_view text) {
        for (const char byte : text) {
            if (byte == ' ')
                gap();
            else
                add(byte);
        }
    }
    std::string take() {
        text_.resize(size_);
        return std::move(text_);
    }

  private:
    void put(char byte) {
        if (size_ < text_.size())
            text_[size_] = byte;
        else
            text_ += byte;
        size_ += 1;
    }

    std::string text_;
    std::size_t size_ = 0;
    bool blank_due_ = false;
};

bool belongs_to_a_word(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0; }

// A folded text with a blank for each character that belongs to no word.
std::string with_blanks(const icu::UnicodeString& text) {
    icu::UnicodeString out(text.length(), 0, 0);
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        out.append(belongs_to_a_word(c) ? c : static_cast<UChar32>(' '));
    }
    return to_utf8(out);
}

void add_ascii(char ascii, Words& words) {
    const AsciiTrait& trait = trait_of(ascii);
    if (trait.kind == Kind::gap)
        words.gap();
    else
        words.add(trait.plain);
}

// Nothing if there is a character that may have to do with those before it.
std::optional<std::string> fold_one_by_one(std::string_view utf8) {
    static const OneByOne<std::string> table(with_blanks);
    Words words(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        if (static_cast<unsigned char>(utf8[i]) < 0x80) {
            add_ascii(utf8[i++], words);
            continue;
        }
        const std::string* const all = table.next(utf8, i);
        if (!all) return std::nullopt;
        words.add(*all);
    }
    return words.take();
}

}  // namespace

std::string fold_for_matching(std::string_view utf8) {
    if (auto words = fold_one_by_one(utf8)) return std::move(*words);
    Words words(utf8.size());
    words.add(with_blanks(folded(icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())}))));
    return words.take();
}

}  // namespace kindroom::text
