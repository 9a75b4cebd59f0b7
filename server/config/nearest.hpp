// "Did you mean ...?"
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kindroom::config {

// The one of `known` that `word` is probably a slip of: few letters wrong, missing, doubled or swapped. Empty if none.
std::string nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace kindroom::config
