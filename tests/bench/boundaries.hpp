// Who blocks and mutes whom in a house that is measured: drawn once, the same each time.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

namespace kindroom::bench {

// People know those of their lobby: they are numbered through, so many in each.
inline constexpr std::uint32_t lobby_size = 1'000;

class BoundaryPlan {
  public:
    // Each of `people` blocks `each` others of their lobby and mutes as many; fewer where there are not so many.
    BoundaryPlan(std::uint32_t people, std::uint32_t each);

    const std::vector<std::uint32_t>& blocks_of(std::uint32_t person) const { return blocks_[person]; }
    const std::vector<std::uint32_t>& mutes_of(std::uint32_t person) const { return mutes_[person]; }
    bool sees(std::uint32_t viewer, std::uint32_t author) const;

  private:
    static std::uint64_t pair(std::uint32_t one, std::uint32_t other) { return std::uint64_t{one} << 32 | other; }

    std::vector<std::vector<std::uint32_t>> blocks_;
    std::vector<std::vector<std::uint32_t>> mutes_;
    std::unordered_set<std::uint64_t> unseen_;
};

}  // namespace kindroom::bench
