// How far somebody has come with their own data, as the bytes that a client is given.
#pragma once

#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "crypto/cursor.hpp"
#include "domain/own_data.hpp"

namespace kindroom::wire {

// Always of one length: the part, the id, and a cursor sealed to that id. An id of one's own matter or room says
// nothing that its owner does not have; a position is never seen.
Bytes write_place(const domain::ExportPlace& place, const crypto::CursorSealer& cursors);
// Nothing unless this server wrote it.
std::optional<domain::ExportPlace> read_place(std::span<const std::byte> bytes, const crypto::CursorSealer& cursors);

}  // namespace kindroom::wire
