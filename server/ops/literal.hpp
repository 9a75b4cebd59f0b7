// A text that stands in the source code: known when the program is compiled, so it cannot be somebody's words or name.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/errc.hpp"

namespace kindroom::ops {

class Literal {
  public:
    template <std::size_t size>
    consteval Literal(const char (&text)[size]) : text_(text, size - 1) {}

    constexpr std::string_view text() const { return text_; }

  private:
    std::string_view text_;
};

// The name of a code, for logs and labels. An enumeration of another folder becomes loggable by a function of this name
// beside it.
Literal name_of(Errc code);
// Of a number that is no code.
inline constexpr Literal no_name = "unknown";

}  // namespace kindroom::ops
