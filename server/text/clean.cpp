#include <algorithm>

#include "text/parts.hpp"
#include "text/text.hpp"

namespace kindroom::text {
namespace {

// Most lines of a chat need no Unicode tables at all.
bool is_plain_ascii(std::string_view utf8) {
    return std::ranges::all_of(utf8, [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; });
}

std::string_view trimmed(std::string_view plain) {
    const auto first = plain.find_first_not_of(" \n");
    if (first == std::string_view::npos) return {};
    return plain.substr(first, plain.find_last_not_of(" \n") - first + 1);
}

icu::UnicodeString from_utf8(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
}

}  // namespace

std::string first_code_points(std::string_view utf8, std::size_t most) {
    std::size_t end = 0;
    const auto continues = [&] { return end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80; };
    for (; most > 0 && end < utf8.size(); --most) {
        ++end;
        while (continues()) ++end;
    }
    return std::string(utf8.substr(0, end));
}

std::size_t code_points(std::string_view utf8) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
    return utf8.size() - static_cast<std::size_t>(std::ranges::count_if(utf8, continues));
}

std::string clean_message(std::string_view utf8) {
    if (is_plain_ascii(utf8)) return std::string(trimmed(utf8));
    const auto text = without_blank_ends(cleaned(from_utf8(utf8)));
    return is_visible(text) ? to_utf8(text) : std::string{};
}

std::string clean_line(std::string_view utf8) {
    const auto text = on_one_line(cleaned(from_utf8(utf8)));
    return is_visible(text) ? to_utf8(text) : std::string{};
}

}  // namespace kindroom::text
