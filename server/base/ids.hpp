// Identifiers: distinct types of 128 (or 64) bits that cannot be mixed up, added to or printed.
//
// All of them are random, so they carry no order, no time and no count (PRODUCT, "Messages"). There is no `operator<<`
// and no formatter on purpose: an id cannot get into a log line by accident.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>

namespace kindroom {

// 16 opaque bytes. `Tag` makes each use a type of its own.
template <class Tag>
class Id128 {
  public:
    static constexpr std::size_t size = 16;

    // The nil id; no real thing ever has it.
    constexpr Id128() = default;
    constexpr explicit Id128(std::array<std::uint8_t, size> bytes) : bytes_(bytes) {}

    // From bytes of a client or a database; nothing unless there are exactly 16.
    static std::optional<Id128> from_bytes(std::span<const std::byte> bytes) {
        if (bytes.size() != size) return std::nullopt;
        Id128 id;
        std::memcpy(id.bytes_.data(), bytes.data(), size);
        return id;
    }

    std::span<const std::byte, size> bytes() const {
        return std::span<const std::byte, size>(reinterpret_cast<const std::byte*>(bytes_.data()), size);
    }
    bool is_nil() const { return *this == Id128{}; }

    // The bits are random (or come from a keyed hash), so any eight of them are a good hash.
    std::uint64_t hash() const {
        std::uint64_t value;
        std::memcpy(&value, bytes_.data(), sizeof value);
        return value;
    }

    // In the order of the bytes, as a database has it; by words, for rooms and boundaries are looked up by them with
    // each delivery.
    friend constexpr std::strong_ordering operator<=>(const Id128& a, const Id128& b) {
        const Words left = a.words(), right = b.words();
        if (left[0] != right[0]) return in_byte_order(left[0]) <=> in_byte_order(right[0]);
        return in_byte_order(left[1]) <=> in_byte_order(right[1]);
    }
    friend constexpr bool operator==(const Id128& a, const Id128& b) { return a.words() == b.words(); }

  private:
    using Words = std::array<std::uint64_t, 2>;

    constexpr Words words() const { return std::bit_cast<Words>(bytes_); }
    static constexpr std::uint64_t in_byte_order(std::uint64_t word) {
        return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
    }

    std::array<std::uint8_t, size> bytes_{};
};

using AccountId = Id128<struct AccountTag>;
using RoomId = Id128<struct RoomTag>;
using MessageId = Id128<struct MessageTag>;
using SessionId = Id128<struct SessionTag>;
// Made by the client for one post; the same for each repetition of it.
using ClientKey = Id128<struct ClientKeyTag>;
// What members see of a person: keyed to one room and one voice.
using PersonToken = Id128<struct PersonTokenTag>;
// Names one boundary, offer or other private matter to the account whose it is.
using MatterId = Id128<struct MatterTag>;
// Names one act of moderation, to the one whom it concerns and to moderators.
using DecisionId = Id128<struct DecisionTag>;
// Names one case of the moderators.
using CaseId = Id128<struct CaseTag>;
// Names a data key in the store; says nothing about the key.
using DataKeyId = Id128<struct DataKeyTag>;
// A salted hash of a network prefix; the address itself is never kept.
using NetworkId = Id128<struct NetworkTag>;
// A one-way hash of a secret (device token, invite code), as the store keeps it.
using SecretHash = Id128<struct SecretHashTag>;

// Position of a step in the story of one room: 1, 2, 3... Never leaves the server in the clear.
enum class Position : std::uint64_t {};

constexpr Position next(Position position) { return Position{static_cast<std::uint64_t>(position) + 1}; }

}  // namespace kindroom

template <class Tag>
struct std::hash<kindroom::Id128<Tag>> {
    std::size_t operator()(const kindroom::Id128<Tag>& id) const noexcept { return id.hash(); }
};
