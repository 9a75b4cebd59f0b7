#include "domain/presence.hpp"

namespace kindroom::domain {

void Presence::device_came(AccountId account) { people_[account].count += 1; }

void Presence::device_went(AccountId account, TimePoint now) {
    const auto found = people_.find(account);
    // Somebody who has left the room is not here any more when their devices go.
    if (found == people_.end() || found->second.count == 0) return;
    found->second.count -= 1;
    found->second.gone_at = now;
}

bool Presence::is_present(AccountId account, TimePoint now) const {
    const auto found = people_.find(account);
    return found != people_.end() && (found->second.count > 0 || now - found->second.gone_at < linger_);
}

bool Presence::has_device(AccountId account) const {
    const auto found = people_.find(account);
    return found != people_.end() && found->second.count > 0;
}

std::vector<AccountId> Presence::present(TimePoint now) const {
    std::vector<AccountId> accounts;
    for (const auto& [account, devices] : people_)
        if (devices.count > 0 || now - devices.gone_at < linger_) accounts.push_back(account);
    return accounts;
}

void Presence::forget_absent(TimePoint now) {
    std::erase_if(people_, [&](const auto& person) {
        return person.second.count == 0 && now - person.second.gone_at >= linger_;
    });
}

}  // namespace kindroom::domain
