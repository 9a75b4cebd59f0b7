#include "domain/first_visits.hpp"

#include <algorithm>

namespace kindroom::domain {

std::size_t FirstVisits::others_lately(const Visit& visit, TimePoint now) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(visit.others, [&](TimePoint at) { return now - at < limits_.wave_window; }));
}

FirstVisits::Coming FirstVisits::decide(const Asker& newcomer, RoomId room, TimePoint now) const {
    Coming coming;
    for (const Visit& visit : visits_) {
        if (!visit.is_here || now - visit.at >= limits_.wave_window) continue;
        coming.lately.push_back(visit.account);
        const Sighting sighting{.kind = Sighting::Kind::presence, .author = visit.account, .room = room, .at = now};
        if (!newcomer.visibility->shows(sighting, Horizon{})) continue;
        coming.seen.push_back(visit.account);
        // With the newcomer, and themselves.
        if (others_lately(visit, now) + 2 > limits_.wave_joins_max) coming.wave.push_back(visit.account);
    }
    coming.lately.push_back(newcomer.account);
    if (coming.seen.size() + 1 > limits_.wave_joins_max) coming.wave.push_back(newcomer.account);
    return coming;
}

void FirstVisits::apply(AccountId newcomer, const std::vector<AccountId>& seen, TimePoint now) {
    std::erase_if(visits_, [&](const Visit& visit) { return now - visit.at >= limits_.wave_window; });
    Visit coming{.account = newcomer, .at = now, .others = {}};
    for (Visit& visit : visits_) {
        if (std::ranges::find(seen, visit.account) == seen.end()) continue;
        visit.others.push_back(now);
        coming.others.push_back(visit.at);
    }
    visits_.push_back(std::move(coming));
    // A crowd of thousands must not make each further one cost thousands.
    if (visits_.size() > 4 * std::size_t{limits_.wave_joins_max}) visits_.erase(visits_.begin());
}

void FirstVisits::set_here(AccountId account, bool is_here) {
    const auto visit = std::ranges::find(visits_, account, &Visit::account);
    if (visit != visits_.end()) visit->is_here = is_here;
}

}  // namespace kindroom::domain
