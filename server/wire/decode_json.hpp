// JSON of a client -> protobuf message.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace kindroom::v1 {
class Request;
}

namespace kindroom::wire {

// Reads a request in protobuf's JSON mapping, or says why not: malformed, or invalid_argument for an enumerator that is
// not known by name. Unknown fields are skipped. Objects and arrays within the request may nest `depth_max` deep.
std::optional<Error> parse_json(std::string_view json, std::uint32_t depth_max, v1::Request& request);

}  // namespace kindroom::wire
