#include "store/sqlite/packing.hpp"

namespace kindroom::store {
namespace {

constexpr std::size_t length_bytes = 4;

void append(Bytes& packed, const std::string& text) {
    for (std::size_t i = 0; i < length_bytes; ++i)
        packed.push_back(static_cast<std::byte>((text.size() >> (8 * i)) & 0xff));
    const auto bytes = as_bytes(text);
    packed.insert(packed.end(), bytes.begin(), bytes.end());
}

}  // namespace

Bytes pack(const std::vector<std::string>& texts) {
    Bytes packed;
    for (const std::string& text : texts) append(packed, text);
    return packed;
}

std::optional<std::vector<std::string>> unpack_texts(std::span<const std::byte> packed) {
    std::vector<std::string> texts;
    while (!packed.empty()) {
        if (packed.size() < length_bytes) return std::nullopt;
        std::size_t length = 0;
        for (std::size_t i = 0; i < length_bytes; ++i) length |= std::to_integer<std::size_t>(packed[i]) << (8 * i);
        packed = packed.subspan(length_bytes);
        if (packed.size() < length) return std::nullopt;
        texts.emplace_back(as_text(packed.first(length)));
        packed = packed.subspan(length);
    }
    return texts;
}

Bytes pack(const std::vector<domain::Rule>& rules) {
    Bytes packed;
    for (const domain::Rule& rule : rules) {
        append(packed, rule.rule_id);
        append(packed, rule.text);
    }
    return packed;
}

std::optional<std::vector<domain::Rule>> unpack_rules(std::span<const std::byte> packed) {
    auto texts = unpack_texts(packed);
    if (!texts || texts->size() % 2 != 0) return std::nullopt;
    std::vector<domain::Rule> rules;
    for (std::size_t i = 0; i < texts->size(); i += 2)
        rules.push_back({.rule_id = std::move((*texts)[i]), .text = std::move((*texts)[i + 1])});
    return rules;
}

Bytes pack(const domain::OpeningHours& hours) {
    Bytes packed;
    for (const domain::OpeningSpan& span : hours)
        for (const std::uint32_t minute : {span.opens, span.closes}) {
            packed.push_back(static_cast<std::byte>(minute & 0xff));
            packed.push_back(static_cast<std::byte>((minute >> 8) & 0xff));
        }
    return packed;
}

std::optional<domain::OpeningHours> unpack_hours(std::span<const std::byte> packed) {
    if (packed.size() % 4 != 0) return std::nullopt;
    const auto minute = [&](std::size_t at) {
        return std::to_integer<std::uint32_t>(packed[at]) | std::to_integer<std::uint32_t>(packed[at + 1]) << 8;
    };
    domain::OpeningHours hours;
    for (; !packed.empty(); packed = packed.subspan(4)) hours.push_back({.opens = minute(0), .closes = minute(2)});
    return hours;
}

Bytes pack(const std::vector<RoomId>& rooms) {
    Bytes packed;
    for (const RoomId room : rooms) packed.insert(packed.end(), room.bytes().begin(), room.bytes().end());
    return packed;
}

std::optional<std::vector<RoomId>> unpack_rooms(std::span<const std::byte> packed) {
    if (packed.size() % RoomId::size != 0) return std::nullopt;
    std::vector<RoomId> rooms;
    for (; !packed.empty(); packed = packed.subspan(RoomId::size))
        rooms.push_back(RoomId::from_bytes(packed.first(RoomId::size)).value_or(RoomId{}));
    return rooms;
}

}  // namespace kindroom::store
