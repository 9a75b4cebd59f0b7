#include "text/time_zones.hpp"

#include <memory>
#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>

namespace kindroom::text {

namespace {

// Rules for what lies further ahead are laws that nobody has made yet.
constexpr TimePoint table_begins = from_ms(1'577'836'800'000);  // 2020
constexpr TimePoint table_ends = from_ms(4'102'444'800'000);    // 2100

Duration offset_at(const icu::TimeZone& zone, UDate at) {
    std::int32_t raw = 0;
    std::int32_t summer = 0;
    UErrorCode trouble = U_ZERO_ERROR;
    zone.getOffset(at, false, raw, summer, trouble);
    return Duration{U_FAILURE(trouble) ? 0 : raw + summer};
}

}  // namespace

std::optional<TimeZone> find_time_zone(std::string_view name) {
    const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
    const auto* rules = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
    auto at = static_cast<UDate>(to_ms(table_begins));
    std::vector<TimeZone::Change> changes{{table_begins, offset_at(*zone, at)}};
    icu::TimeZoneTransition next;
    while (rules && rules->getNextTransition(at, false, next) && next.getTime() < to_ms(table_ends)) {
        at = next.getTime();
        changes.push_back({from_ms(static_cast<std::int64_t>(at)), offset_at(*zone, at)});
    }
    return TimeZone(std::move(changes));
}

}  // namespace kindroom::text
