// Event, Reply -> bytes. Any thread, as long as the cursor sealer is that thread's own.
#pragma once

#include <cstdint>

#include "crypto/cursor.hpp"
#include "domain/event.hpp"
#include "domain/reply.hpp"
#include "wire/frame.hpp"

namespace kindroom::wire {

// Deterministic: the same event always gives the same bytes. Account ids, positions and whatever else the domain marks
// "never encoded" do not get in.
Frame encode_event(const domain::Event& event, Format format, const crypto::CursorSealer& cursors);

// `request_id` 0 answers a frame that could not be read.
Frame encode_reply(std::uint32_t request_id, const domain::Reply& reply, Format format,
                   const crypto::CursorSealer& cursors);

}  // namespace kindroom::wire
