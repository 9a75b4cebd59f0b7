// Texts of people, whatever they are: cleaned once is clean, nothing is in it that hides or drives anything, and it
// does not grow beyond what normalising makes of it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/assert.hpp"
#include "text/letters.hpp"
#include "text/text.hpp"

namespace kindroom::text {
namespace {

constexpr std::size_t name_code_points_max = 40;

// As the decoder hands texts on: valid UTF-8. What is not becomes U+FFFD.
std::string as_utf8(std::string_view bytes) {
    std::string text;
    icu::UnicodeString::fromUTF8({bytes.data(), static_cast<std::int32_t>(bytes.size())}).toUTF8String(text);
    return text;
}

bool is_override(UChar32 c) { return c == 0x202d || c == 0x202e; }

void check_characters(const std::string& utf8) {
    const auto text = icu::UnicodeString::fromUTF8(utf8);
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        KINDROOM_ASSERT(!is_override(c) && c != 0xfeff && !U_IS_UNICODE_NONCHAR(c) && !U_IS_SURROGATE(c));
        KINDROOM_ASSERT(c == '\n' || u_charType(c) != U_CONTROL_CHAR);
        KINDROOM_ASSERT(c < 0xe0000 || c > 0xe007f);
    }
}

void check_message(const std::string& text) {
    const auto clean = clean_message(text);
    KINDROOM_ASSERT(clean_message(clean) == clean);
    KINDROOM_ASSERT(code_points(clean) <= 3 * code_points(text));
    check_characters(clean);
    const auto line = clean_line(text);
    KINDROOM_ASSERT(clean_line(line) == line && line.find('\n') == line.npos);
    check_characters(line);
}

void check_name(const std::string& text) {
    const auto name = clean_name(text, name_code_points_max);
    if (!name) return;
    KINDROOM_ASSERT(clean_name(*name, name_code_points_max) == name);
    KINDROOM_ASSERT(!name->empty() && code_points(*name) <= name_code_points_max);
    check_characters(*name);
}

void check_comparing(const std::string& text) {
    const auto folded = fold_for_matching(text);
    KINDROOM_ASSERT(fold_for_matching(folded) == folded);
    KINDROOM_ASSERT(folded.find("  ") == folded.npos && !folded.starts_with(' ') && !folded.ends_with(' '));
    const auto plain = unmasked(text);
    (void)letters_of(plain, Signs::apart);
    (void)letters_of(plain, Signs::as_letters);
    (void)spelled_together(plain);
}

}  // namespace
}  // namespace kindroom::text

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace text = kindroom::text;
    const std::string words = text::as_utf8({reinterpret_cast<const char*>(data), size});
    text::check_message(words);
    text::check_name(words);
    text::check_comparing(words);
    const auto most = size % 50;
    KINDROOM_ASSERT(text::code_points(text::first_code_points(words, most)) <= most);
    return 0;
}
