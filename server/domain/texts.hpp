// How long a text is, and whether there is anything in it.
#pragma once

#include <cstddef>
#include <string_view>

namespace kindroom::domain {

// How many Unicode code points valid UTF-8 holds.
std::size_t count_code_points(std::string_view utf8);
// Nothing but blanks; texts are cleaned before, so none but ASCII's are left alone.
bool is_blank(std::string_view text);

}  // namespace kindroom::domain
