// Cursors that somebody made up. The first sixteen bytes are a room, the rest is a cursor: only what this server made
// for this room opens, and what it made opens as what it was.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "crypto/cursor.hpp"
#include "crypto/names.hpp"

namespace kindroom::crypto {
namespace {

const CursorSealer& cursors() {
    static const CursorSealer sealer = [] {
        Key256 key;
        key.fill(0x5A);
        return CursorSealer(MasterKey(key));
    }();
    return sealer;
}

void made_up(RoomId room, std::span<const std::byte> cursor) {
    const auto position = cursors().open(room, cursor);
    if (position) KINDROOM_ASSERT(std::ranges::equal(cursors().seal(room, *position), cursor));
}

// One that was made, and what becomes of it when it is changed at one place, or shown for another room.
void made(RoomId room, std::uint64_t number, std::uint8_t change, std::size_t where) {
    const Position position{number};
    Cursor cursor = cursors().seal(room, position);
    KINDROOM_ASSERT(cursors().open(room, cursor) == position);
    if (change == 0) return;
    cursor[where % cursor.size()] ^= std::byte{change};
    KINDROOM_ASSERT(!cursors().open(room, cursor));
    auto other = room.bytes();
    const auto same_again = cursors().seal(room, position);
    std::array<std::byte, 16> bytes;
    std::ranges::copy(other, bytes.begin());
    bytes[where % bytes.size()] ^= std::byte{change};
    KINDROOM_ASSERT(!cursors().open(RoomId::from_bytes(bytes).value_or(RoomId{}), same_again));
}

// A code that somebody typed, each byte a character of it, as the decoder lets through whole ones only: tidied once is
// tidied for good.
void typed(std::span<const std::byte> bytes) {
    static constexpr std::array<std::string_view, 13> characters{
        "-", " ", "\t", "\r\n", "\u00a0", "\u2010", "\u2013", "\u2212", "\u3000", "a", "Z", "7", "\u00e9"};
    std::string code;
    for (const std::byte byte : bytes) code += characters[std::to_integer<std::size_t>(byte) % characters.size()];
    const auto tidy = tidy_code(code);
    KINDROOM_ASSERT(tidy_code(tidy.reveal()).reveal() == tidy.reveal());
    KINDROOM_ASSERT(tidy.reveal().size() <= code.size());
}

}  // namespace
}  // namespace kindroom::crypto

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kindroom;
    if (size < 16) return 0;
    const auto bytes = std::as_bytes(std::span(data, size));
    const RoomId room = RoomId::from_bytes(bytes.first(16)).value_or(RoomId{});
    crypto::made_up(room, bytes.subspan(16));
    crypto::typed(bytes.subspan(16));
    if (size < 26) return 0;
    std::uint64_t number = 0;
    std::memcpy(&number, data + 16, sizeof number);
    crypto::made(room, number, data[24], data[25]);
    return 0;
}
