// JSON of a client -> protobuf message.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/limits.hpp"

namespace kindroom::v1 {
class Request;
}

namespace kindroom::wire {

// Reads a request in protobuf's JSON mapping, or says why not: malformed, or invalid_argument for an enumerator that is
// not known by name. Unknown fields are skipped. Brackets within the request may nest nesting_depth_max deep, and
// together with the commas there may be one for each 16 bytes of frame_bytes_max.
std::optional<Error> parse_json(std::string_view json, const Limits& limits, v1::Request& request);

}  // namespace kindroom::wire
