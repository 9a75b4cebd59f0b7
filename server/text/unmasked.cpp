#include <optional>
#include <unicode/uchar.h>
#include <utility>

#include "text/ascii.hpp"
#include "text/characters.hpp"
#include "text/letters.hpp"
#include "text/look_alikes.hpp"
#include "text/one_by_one.hpp"

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

// Nothing if there is a character that may have to do with those before it.
std::optional<std::u32string> unmasked_one_by_one(std::string_view utf8) {
    static const OneByOne<std::u32string> table([](const icu::UnicodeString& one) {
        std::u32string all;
        for_each_plain(one, [&](char32_t plain) { all += plain; });
        return all;
    });
    Unmasked out(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        if (static_cast<unsigned char>(utf8[i]) < 0x80) {
            if (const char plain = trait_of(utf8[i++]).plain) out.add(static_cast<char32_t>(plain));
            continue;
        }
        const std::u32string* const all = table.next(utf8, i);
        if (!all) return std::nullopt;
        for (const char32_t plain : *all) out.add(plain);
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
