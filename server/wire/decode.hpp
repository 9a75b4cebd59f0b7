// Bytes of a client -> Command. Strict and bounded; any thread, as long as the cursor sealer is that thread's own.
#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "crypto/cursor.hpp"
#include "domain/command.hpp"
#include "wire/frame.hpp"

namespace kindroom::wire {

struct Request {
    std::uint32_t id = 0;
    domain::Command command;
};

// Why the bytes are no request. `id` is that of the request where it could be read, else 0.
struct Unreadable {
    std::uint32_t id = 0;
    Error error;
};

// Refuses with
//   malformed         not a protobuf (or JSON) message of this type, wrong UTF-8, nested deeper than nesting_depth_max, id 0
//   unknown_command   no command that this version knows
//   invalid_argument  a field of the wrong length, an unknown enumerator, more items than a limit allows; names the field
//   cursor_invalid    a cursor of another room or server
// Texts are checked for UTF-8 only; their length and characters are judged where the limits of the domain are. Unknown
// fields are skipped. Memory grows with the bytes given, never with a number that stands in them; bytes beyond
// limits.frame_bytes_max are refused as malformed, and so is JSON of more than frame_bytes_max / 16 brackets and commas.
std::variant<Request, Unreadable> decode_request(std::span<const std::byte> bytes, Format format,
                                                 const crypto::CursorSealer& cursors, const Limits& limits);

// Stops protobuf from printing a line to the log for each invalid text of a client. Call once at the start.
void silence_protobuf();

}  // namespace kindroom::wire
