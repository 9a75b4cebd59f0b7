// Time as the domain knows it: whole milliseconds. `now` is always an argument; nothing here reads a clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace kindroom {

using Duration = std::chrono::milliseconds;
// Milliseconds since 1970-01-01 UTC.
using TimePoint = std::chrono::sys_time<Duration>;

inline constexpr TimePoint never = TimePoint::max();

constexpr std::int64_t to_ms(TimePoint t) { return t.time_since_epoch().count(); }
constexpr TimePoint from_ms(std::int64_t ms) { return TimePoint{Duration{ms}}; }

}  // namespace kindroom
