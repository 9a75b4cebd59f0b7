// Durations and sizes as an operator writes them: a whole number and a unit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace kindroom::config {

// "250ms", "30s", "2m", "1h", "14d"; a blank before the unit is fine. Nothing for anything else, a number without a
// unit and one that does not fit included.
std::optional<Duration> parse_duration(std::string_view text);
// "512 B", "16KiB", "256 KiB", "64MiB", "1 GiB". Units count in steps of 1024.
std::optional<std::uint64_t> parse_size(std::string_view text);

// In the largest unit that needs no fraction; read back, the same value.
std::string text_of(Duration duration);
std::string text_of_size(std::uint64_t bytes);

}  // namespace kindroom::config
