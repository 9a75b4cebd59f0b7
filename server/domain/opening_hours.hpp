// At which times of the week a room is open, in the time zone of the house. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/time_zone.hpp"

namespace kindroom::domain {

inline constexpr std::uint32_t minutes_of_week = 7 * 24 * 60;

// Minutes since Monday 00:00. It is open from the first to the second, which is not in it any more; where that one does
// not lie behind the first, it is one of the next week.
struct OpeningSpan {
    std::uint32_t opens = 0;
    std::uint32_t closes = 0;
    friend bool operator==(const OpeningSpan&, const OpeningSpan&) = default;
};

// None: always open.
using OpeningHours = std::vector<OpeningSpan>;

// Refuses with bad_field for too many of them, and for minutes that no week has.
Result<void> judge_hours(const OpeningHours& hours, const Limits& limits);

bool is_open(const OpeningHours& hours, const TimeZone& zone, TimePoint now);
// The first moment after `now` at which it opens if it is not open, or closes if it is; `never` if there is none.
TimePoint next_turn(const OpeningHours& hours, const TimeZone& zone, TimePoint now);

}  // namespace kindroom::domain
