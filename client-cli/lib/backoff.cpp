#include "lib/backoff.hpp"

#include <algorithm>

namespace kindroom::client {

std::chrono::milliseconds Backoff::next(double chance) {
    auto wait = options_.first;
    for (int i = 0; i < tries_ && wait < options_.max; ++i) wait *= 2;
    wait = std::min(wait, options_.max);
    ++tries_;
    const auto half = static_cast<double>(wait.count()) / 2;
    return std::chrono::milliseconds(static_cast<std::int64_t>(half + half * chance));
}

}  // namespace kindroom::client
