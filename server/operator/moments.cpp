#include "operator/moments.hpp"

#include <array>
#include <charconv>
#include <ctime>

namespace kindroom::operator_ {

namespace {

std::string written(TimePoint time, const char* format) {
    const auto seconds = static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), format, &parts);
    return text.data();
}

// A number of exactly so many digits from the front, and the character behind it, if there is to be one.
std::optional<int> take(std::string_view& text, std::size_t digits, char behind) {
    int number = 0;
    if (text.size() < digits) return std::nullopt;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + digits, number);
    if (trouble != std::errc{} || end != text.data() + digits || number < 0) return std::nullopt;
    text.remove_prefix(digits);
    if (behind == '\0') return number;
    if (text.empty() || text.front() != behind) return std::nullopt;
    text.remove_prefix(1);
    return number;
}

std::optional<TimePoint> take_day(std::string_view& text, char behind) {
    const auto year = take(text, 4, '-');
    const auto month = year ? take(text, 2, '-') : std::nullopt;
    const auto day = month ? take(text, 2, behind) : std::nullopt;
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return TimePoint{std::chrono::sys_days(date)};
}

}  // namespace

std::string moment(TimePoint time) { return written(time, "%Y-%m-%d %H:%M:%S UTC"); }
std::string stamp(TimePoint time) { return written(time, "%Y-%m-%dT%H:%M:%SZ"); }
std::string day(TimePoint time) { return written(time, "%Y-%m-%d"); }

std::optional<TimePoint> read_stamp(std::string_view text) {
    const auto date = take_day(text, 'T');
    const auto hour = date ? take(text, 2, ':') : std::nullopt;
    const auto minute = hour ? take(text, 2, ':') : std::nullopt;
    const auto second = minute ? take(text, 2, 'Z') : std::nullopt;
    if (!second || !text.empty() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    return *date + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<TimePoint> read_day(std::string_view text) {
    const auto date = take_day(text, '\0');
    return date && text.empty() ? date : std::nullopt;
}

}  // namespace kindroom::operator_
