#include "bench/tags.hpp"

#include <algorithm>

namespace kindroom::bench {

namespace {

// What does not come by chance: not in words, and blanks are not in base64.
constexpr std::string_view mark = " qzkbxvqk ";
constexpr std::string_view filler = "we are here and we listen to one another ";
constexpr std::size_t letters = 8;
constexpr std::size_t tag_bytes = mark.size() + 2 * letters;
constexpr unsigned char room_event_key = 2 << 3 | 2;

void write(std::uint32_t value, std::string& into) {
    for (int shift = 28; shift >= 0; shift -= 4) into += static_cast<char>('a' + (value >> shift & 0xf));
}

std::uint32_t read(std::string_view text) {
    std::uint32_t value = 0;
    for (const char c : text) value = value << 4 | (static_cast<std::uint32_t>(c - 'a') & 0xf);
    return value;
}

std::uint64_t take_varint(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; !bytes.empty() && shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte < 0x80) break;
    }
    return value;
}

}  // namespace

std::string text_of(Tag tag, std::size_t bytes) {
    std::string text = "so";
    text += mark;
    write(tag.author, text);
    write(tag.number, text);
    text += ' ';
    while (text.size() < bytes) text += filler[text.size() % filler.size()];
    // No blank at the end, which cleaning would take away.
    if (text.back() == ' ') text.back() = 'e';
    return text;
}

std::optional<Tag> next_tag(std::string_view bytes, std::size_t& from) {
    const auto at = bytes.find(mark, from);
    if (at == bytes.npos || bytes.size() - at < tag_bytes) return std::nullopt;
    from = at + tag_bytes;
    const auto digits = bytes.substr(at + mark.size(), 2 * letters);
    return Tag{.author = read(digits.substr(0, letters)), .number = read(digits.substr(letters))};
}

void for_each_event(std::string_view batch, const std::function<void(std::string_view)>& act) {
    while (!batch.empty()) {
        take_varint(batch);
        const auto said = take_varint(batch);
        const auto size = std::min<std::size_t>(said, batch.size());
        act(batch.substr(0, size));
        batch.remove_prefix(size);
    }
}

bool is_room_event(std::string_view event) {
    return !event.empty() && static_cast<unsigned char>(event.front()) == room_event_key;
}

}  // namespace kindroom::bench
