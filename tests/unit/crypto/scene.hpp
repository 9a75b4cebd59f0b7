// A key and a few ids that tests of crypto share.
#pragma once

#include <array>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "crypto/master_key.hpp"

namespace kindroom::crypto {

// 00 01 02 ... 1f, or the same from another byte on.
inline Key256 counting_key(std::uint8_t first = 0) {
    Key256 key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(first + i);
    return key;
}

template <class Id>
Id id_of(std::uint8_t byte) {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes.fill(byte);
    return Id(bytes);
}

inline std::string hex(std::span<const std::byte> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[static_cast<unsigned>(byte) >> 4];
        text += digits[static_cast<unsigned>(byte) & 15];
    }
    return text;
}

}  // namespace kindroom::crypto
