#include "domain/opening_hours.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

using std::chrono::minutes;

constexpr minutes week{minutes_of_week};

// The world's clocks began on a Thursday.
minutes minute_of_week(TimePoint local) {
    constexpr std::chrono::days first_day{std::chrono::Thursday.iso_encoding() - 1};
    const auto since_monday = std::chrono::floor<minutes>(local.time_since_epoch()) + first_day;
    return (since_monday % week + week) % week;
}

// The moment at which the clocks of that place show this.
TimePoint moment_of(TimePoint local, const TimeZone& zone, TimePoint near_by) {
    const TimePoint about = local - zone.offset(near_by);
    return local - zone.offset(about);
}

}  // namespace

Result<void> judge_hours(const OpeningHours& hours, const Limits& limits) {
    if (hours.size() > limits.opening_spans_max) return bad_field("settings.opening_hours");
    for (const OpeningSpan& span : hours)
        if (span.opens >= minutes_of_week || span.closes == 0 || span.closes > minutes_of_week)
            return bad_field("settings.opening_hours");
    return {};
}

bool is_open(const OpeningHours& hours, const TimeZone& zone, TimePoint now) {
    if (hours.empty()) return true;
    const auto minute = static_cast<std::uint32_t>(minute_of_week(now + zone.offset(now)).count());
    return std::any_of(hours.begin(), hours.end(), [&](const OpeningSpan& span) {
        return span.opens < span.closes ? minute >= span.opens && minute < span.closes
                                        : minute >= span.opens || minute < span.closes;
    });
}

// Nothing changes but at the ends of a span and when the clocks are changed: so these are all that is looked at.
TimePoint next_turn(const OpeningHours& hours, const TimeZone& zone, TimePoint now) {
    if (hours.empty()) return never;
    const TimePoint local = now + zone.offset(now);
    const TimePoint monday = std::chrono::floor<minutes>(local) - minute_of_week(local);
    std::vector<TimePoint> moments{zone.next_change(now)};
    for (const OpeningSpan& span : hours)
        for (const std::uint32_t minute : {span.opens, span.closes})
            for (int weeks = 0; weeks < 3; ++weeks)
                moments.push_back(moment_of(monday + minutes{minute} + weeks * week, zone, now));
    std::ranges::sort(moments);
    const bool open = is_open(hours, zone, now);
    for (const TimePoint moment : moments)
        if (moment > now && moment != never && is_open(hours, zone, moment) != open) return moment;
    return never;
}

}  // namespace kindroom::domain
