#include "net/crowd.hpp"

#include "base/assert.hpp"

namespace kindroom::net {

Crowd::Welcome Crowd::arrive(const Guest& guest) {
    if (guest.is_operator) {
        ++operators_;
        return Welcome::come_in;
    }
    if (guest.is_loopback) {
        ++guests_;
        return Welcome::come_in;
    }
    auto& here = by_network_[guest.network];
    if (here >= 2 * per_network_max_) return Welcome::turn_away;
    ++guests_;
    return ++here > per_network_max_ ? Welcome::say_too_many : Welcome::come_in;
}

void Crowd::leave(const Guest& guest) {
    if (guest.is_operator) {
        --operators_;
        return;
    }
    --guests_;
    if (guest.is_loopback) return;
    const auto here = by_network_.find(guest.network);
    KINDROOM_ASSERT(here != by_network_.end());
    if (--here->second == 0) by_network_.erase(here);
}

}  // namespace kindroom::net
