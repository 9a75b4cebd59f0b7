// Cursors: a place in a room's story as 16 opaque bytes.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>

#include "base/ids.hpp"
#include "crypto/master_key.hpp"

namespace kindroom::crypto {

using Cursor = std::array<std::byte, 16>;

// One AES-256 block under a key of its own holds the position and eight bytes that only this room has: so a cursor can
// be checked and read without a look-up, always has the same length, says nothing of order or distance, and a forged
// one passes with chance 2^-64. The same place always gives the same cursor, so that an event is encoded once for all.
// Not for two threads at once (it holds cipher contexts): each shard owns one.
class CursorSealer {
  public:
    explicit CursorSealer(const MasterKey& master);
    ~CursorSealer();
    CursorSealer(CursorSealer&&) noexcept;

    Cursor seal(RoomId room, Position position) const;
    // Nothing unless it is a cursor that this server made for this room.
    std::optional<Position> open(RoomId room, std::span<const std::byte> cursor) const;

  private:
    struct Ciphers;
    std::unique_ptr<Ciphers> ciphers_;
};

}  // namespace kindroom::crypto
