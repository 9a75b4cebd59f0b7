#include "domain/sign_in_throttle.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

Rate per_hour(std::uint32_t count) { return {.burst = count, .every = Duration{3'600'000} / std::max(1u, count)}; }

}  // namespace

Result<void> SignInThrottle::may_try(const std::string& login_id, NetworkId network, bool is_loopback, TimePoint now) {
    const Tries* const tries = tries_.find(login_id);
    if (tries && tries->next_at > now) return refuse_until(Errc::rate_limited, tries->next_at);
    if (is_loopback) return {};
    return networks_.remember(network, limits_.networks_remembered_max)
        .tries.take(per_hour(limits_.sign_in_tries_per_network), now);
}

void SignInThrottle::failed(const std::string& login_id, TimePoint now) {
    Tries& tries = tries_.remember(login_id, limits_.networks_remembered_max);
    tries.failures += 1;
    if (tries.failures < limits_.sign_in_tries_fast) return;
    Duration wait = limits_.sign_in_backoff_first;
    for (std::uint32_t i = limits_.sign_in_tries_fast; i < tries.failures && wait < limits_.sign_in_backoff_max; ++i)
        wait *= 2;
    tries.next_at = now + std::min(wait, limits_.sign_in_backoff_max);
}

void SignInThrottle::succeeded(const std::string& login_id) { tries_.forget(login_id); }

Result<void> SignInThrottle::missed_appeal(NetworkId network, bool is_loopback, TimePoint now) {
    if (is_loopback) return {};
    return networks_.remember(network, limits_.networks_remembered_max)
        .appeals.take(per_hour(limits_.appeal_tries_per_network), now);
}

Result<void> SignInThrottle::may_sign_up(NetworkId network, bool is_loopback, TimePoint now) {
    if (is_loopback) return {};
    return networks_.remember(network, limits_.networks_remembered_max)
        .sign_ups.take(per_hour(limits_.sign_ups_per_network), now);
}

}  // namespace kindroom::domain
