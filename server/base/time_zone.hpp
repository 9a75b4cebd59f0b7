// How far the clocks of a place are from UTC, as a table that somebody else has made (text/time_zones).
#pragma once

#include <algorithm>
#include <vector>

#include "base/time.hpp"

namespace kindroom {

class TimeZone {
  public:
    // From `at` on, local time is UTC and this much more.
    struct Change {
        TimePoint at{};
        Duration offset{0};
    };

    // UTC.
    TimeZone() = default;
    // In the order of time; the first one holds for everything before the second.
    explicit TimeZone(std::vector<Change> changes) : changes_(std::move(changes)) {}

    Duration offset(TimePoint now) const {
        if (changes_.empty()) return Duration{0};
        const auto next = after(now);
        return (next == changes_.begin() ? next : next - 1)->offset;
    }
    // When the clocks change next; `never` if they do not.
    TimePoint next_change(TimePoint now) const {
        const auto next = after(now);
        return next == changes_.end() ? never : next->at;
    }

  private:
    std::vector<Change>::const_iterator after(TimePoint now) const {
        return std::ranges::upper_bound(changes_, now, {}, &Change::at);
    }

    std::vector<Change> changes_;
};

inline const TimeZone utc{};

}  // namespace kindroom
