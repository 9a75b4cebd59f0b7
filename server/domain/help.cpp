#include "domain/help.hpp"

#include <algorithm>
#include <charconv>

namespace kindroom::domain {

namespace {

int number_in(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

bool is_doubtful(const HelpEntry& entry, TimePoint now, Duration stale_after) {
    const std::string_view date = entry.verified_on;
    if (date.size() != 10) return true;
    const std::chrono::year_month_day day{std::chrono::year{number_in(date.substr(0, 4))},
                                          std::chrono::month{static_cast<unsigned>(number_in(date.substr(5, 2)))},
                                          std::chrono::day{static_cast<unsigned>(number_in(date.substr(8, 2)))}};
    if (!day.ok()) return true;
    return now - TimePoint{std::chrono::sys_days{day}} > stale_after;
}

HelpDirectory help_for(const HelpDirectory& help, const std::string& country, const std::string& language,
                       TimePoint now, Duration stale_after) {
    HelpDirectory chosen{.introduction = help.introduction, .entries = {}};
    for (const HelpEntry& entry : help.entries) {
        const auto& spoken = entry.languages;
        const bool elsewhere = !country.empty() && !entry.country.empty() && entry.country != country;
        const bool foreign =
            !language.empty() && !spoken.empty() && std::find(spoken.begin(), spoken.end(), language) == spoken.end();
        if (elsewhere || foreign) continue;
        chosen.entries.push_back(entry);
        chosen.entries.back().doubtful = is_doubtful(entry, now, stale_after);
    }
    return chosen;
}

}  // namespace kindroom::domain
