// Replies of the server in words for the operator. Included by operator/*.cpp only: it shows protobuf.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "kindroom/v1/frames.pb.h"

namespace kindroom::operator_ {

std::string in_words(const v1::Reply& reply);
// A refusal as one sentence, with when to try again where waiting helps.
std::string in_words(const v1::Error& error);

// Without control characters: what others wrote must not drive the operator's terminal.
std::string printable(std::string_view text);

std::string hex(std::string_view bytes);
// 16 bytes from 32 hexadecimal digits.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace kindroom::operator_
