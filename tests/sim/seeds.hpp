// Which seeds a random test plays: KINDROOM_SEEDS says how many, KINDROOM_SEED plays one again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/environment.hpp"

namespace kindroom::sim {

using test::from_environment;

// As many as are asked for, from 1 on, or the one that is.
inline std::vector<std::uint64_t> seeds(std::uint64_t by_default) {
    if (const auto one = from_environment("KINDROOM_SEED")) return {*one};
    std::vector<std::uint64_t> all(from_environment("KINDROOM_SEEDS").value_or(by_default));
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i + 1;
    return all;
}

inline std::string play_again(std::uint64_t seed, const std::string& filter) {
    return "\nPlay it again: KINDROOM_SEED=" + std::to_string(seed) + " test_sim_sim --gtest_filter=" + filter;
}

}  // namespace kindroom::sim
