// Moments and days as an operator reads and writes them, always in UTC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace kindroom::operator_ {

// "2026-11-27 21:03:12 UTC".
std::string moment(TimePoint time);
// "2026-11-27T21:03:12Z", which has no blanks.
std::string stamp(TimePoint time);
// From what stamp() writes, to the second.
std::optional<TimePoint> read_stamp(std::string_view text);
// "2026-11-27".
std::string day(TimePoint time);
// The first moment of a day of the calendar, written as above.
std::optional<TimePoint> read_day(std::string_view text);

}  // namespace kindroom::operator_
