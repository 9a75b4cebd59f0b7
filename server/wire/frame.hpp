// Encoded pieces of what the server says, shared by all who receive them.
#pragma once

#include <memory>
#include <string>

namespace kindroom::wire {

// The two subprotocols: the same messages, in binary or in protobuf's JSON mapping.
enum class Format : std::uint8_t { binary, json };

// One event, encoded once. Immutable, so it may be queued for many connections on many threads.
//
// binary: the event *as field 1 of a Batch*. Protobuf messages concatenate, so frames written one behind the other are a
// Batch: a connection sends all that is pending as one WebSocket message without copying.
// json: the event's JSON object. Frames are joined with commas between `json_batch_begin` and `json_batch_end`.
using Frame = std::shared_ptr<const std::string>;

inline constexpr char json_batch_begin[] = "{\"event\":[";
inline constexpr char json_batch_separator[] = ",";
inline constexpr char json_batch_end[] = "]}";

}  // namespace kindroom::wire
