// Which seeds a random test plays: KINDROOM_SEEDS says how many, KINDROOM_SEED plays one again.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace kindroom::sim {

inline std::optional<std::uint64_t> from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (!value || !*value) return std::nullopt;
    return std::strtoull(value, nullptr, 10);
}

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
