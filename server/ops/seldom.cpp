#include "ops/seldom.hpp"

#include <utility>

namespace kindroom::ops {

std::optional<std::uint64_t> Seldom::happened(Instant now) {
    const std::lock_guard lock(mutex_);
    ++untold_;
    if (told_at_ && now < *told_at_ + pause) return std::nullopt;
    told_at_ = now;
    return std::exchange(untold_, 0);
}

}  // namespace kindroom::ops
