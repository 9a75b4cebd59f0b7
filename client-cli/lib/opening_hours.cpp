#include "lib/opening_hours.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <vector>

namespace kindroom::client {

namespace {

constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::uint32_t day_minutes = 24 * 60;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<std::uint32_t> read_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

// "18:00", and "24:00" for the end of a day.
std::optional<std::uint32_t> read_time(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos) return std::nullopt;
    const auto hour = read_number(text.substr(0, colon));
    const auto minute = read_number(text.substr(colon + 1));
    if (!hour || !minute || *hour > 24 || *minute > 59 || *hour * 60 + *minute > day_minutes) return std::nullopt;
    return *hour * 60 + *minute;
}

// Those that are meant: "mon", "mon-fri", "daily".
std::vector<std::uint32_t> read_days(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    const auto place = [](std::string_view day) {
        return static_cast<std::uint32_t>(std::ranges::find(days, day) - days.begin());
    };
    std::vector<std::uint32_t> meant;
    if (lower == "daily") {
        for (std::uint32_t day = 0; day < days.size(); ++day) meant.push_back(day);
        return meant;
    }
    const auto dash = lower.find('-');
    const std::uint32_t first = place(std::string_view(lower).substr(0, dash));
    const std::uint32_t last = dash == lower.npos ? first : place(std::string_view(lower).substr(dash + 1));
    if (first >= days.size() || last >= days.size()) return meant;
    for (std::uint32_t day = first;; day = (day + 1) % 7) {
        meant.push_back(day);
        if (day == last) return meant;
    }
}

bool read_spans(std::string_view text, v1::RoomSettings& settings) {
    const auto blank = text.find(' ');
    if (blank == text.npos) return false;
    const auto times = trimmed(text.substr(blank));
    const auto dash = times.find('-');
    if (dash == times.npos) return false;
    const auto opens = read_time(trimmed(times.substr(0, dash)));
    const auto closes = read_time(trimmed(times.substr(dash + 1)));
    const auto meant = read_days(text.substr(0, blank));
    if (!opens || !closes || *opens >= day_minutes || opens == closes || meant.empty()) return false;
    for (const std::uint32_t day : meant) {
        auto& span = *settings.add_opening_hours();
        // What ends before it begins ends on the next day.
        const std::uint32_t end = (*closes > *opens ? day : day + 1) * day_minutes + *closes;
        span.set_opens_minute(day * day_minutes + *opens);
        span.set_closes_minute(end > 7 * day_minutes ? end - 7 * day_minutes : end);
    }
    return true;
}

std::string time_in_words(std::uint32_t minute) {
    char text[16];
    std::snprintf(text, sizeof text, "%02u:%02u", minute / 60 % 24, minute % 60);
    return text;
}

}  // namespace

bool read_hours(std::string_view text, v1::RoomSettings& settings) {
    v1::RoomSettings read;
    text = trimmed(text);
    if (text != "always") {
        for (std::size_t at = 0; at != text.npos;) {
            const auto comma = text.find(',', at);
            if (!read_spans(trimmed(text.substr(at, comma - at)), read)) return false;
            at = comma == text.npos ? comma : comma + 1;
        }
    }
    *settings.mutable_opening_hours() = read.opening_hours();
    return true;
}

std::string hours_in_words(const v1::RoomSettings& settings) {
    std::string words;
    for (const v1::OpeningSpan& span : settings.opening_hours()) {
        const std::string end = span.closes_minute() % day_minutes == 0 ? "24:00" : time_in_words(span.closes_minute());
        words += (words.empty() ? "" : ", ") + std::string(days[span.opens_minute() / day_minutes % 7]) + " " +
                 time_in_words(span.opens_minute()) + "-" + end;
    }
    return words.empty() ? "always" : words;
}

}  // namespace kindroom::client
