#include "bench/boundaries.hpp"

#include <algorithm>
#include <random>

namespace kindroom::bench {

BoundaryPlan::BoundaryPlan(std::uint32_t people, std::uint32_t each) : blocks_(people), mutes_(people) {
    std::mt19937 random(7);
    for (std::uint32_t person = 0; person < people; ++person) {
        const std::uint32_t first = person / lobby_size * lobby_size;
        const std::uint32_t others = std::min(lobby_size, people - first) - 1;
        const std::uint32_t wanted = std::min(2 * each, others / 2 * 2);
        std::unordered_set<std::uint32_t> drawn;
        while (drawn.size() < wanted) {
            const std::uint32_t at = first + static_cast<std::uint32_t>(random() % others);
            const std::uint32_t other = at >= person ? at + 1 : at;
            if (!drawn.insert(other).second) continue;
            auto& kind = blocks_[person].size() < wanted / 2 ? blocks_ : mutes_;
            kind[person].push_back(other);
            unseen_.insert(pair(person, other));
            // A block holds for both.
            if (&kind == &blocks_) unseen_.insert(pair(other, person));
        }
    }
}

bool BoundaryPlan::sees(std::uint32_t viewer, std::uint32_t author) const {
    return !unseen_.contains(pair(viewer, author));
}

}  // namespace kindroom::bench
