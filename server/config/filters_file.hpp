// What the operator has the house look for in messages: a file of [[filter]] and [[help]].
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/limits.hpp"
#include "config/mistake.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::config {

// All mistakes at once. A filter that would do something to a person, or anything but help to a cry for help, is one.
std::variant<filters::FilterSetPtr, std::vector<Mistake>> parse_filters(std::string_view text, const std::string& file,
                                                                        const Limits& limits);

// deploy/house/filters.toml is this text.
std::string_view default_filters_text();

}  // namespace kindroom::config
