#include "domain/rates.hpp"

#include <algorithm>

namespace kindroom::domain {

Result<void> TokenBucket::take(const Rate& rate, TimePoint now) {
    if (rate.every <= Duration{0}) return {};
    const TimePoint full_at = std::max(full_at_, now);
    const Duration room = rate.every * rate.burst - rate.every;
    if (full_at - now > room) return refuse_until(Errc::rate_limited, full_at - room);
    full_at_ = full_at + rate.every;
    return {};
}

}  // namespace kindroom::domain
