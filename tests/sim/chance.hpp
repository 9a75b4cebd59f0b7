// Where a simulation's chance comes from: one seed, the same numbers on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "base/assert.hpp"
#include "base/time.hpp"

namespace kindroom::sim {

// SplitMix64. The standard's distributions are not the same everywhere, so there are none here.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    // Uniform in [0, bound).
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    // Uniform in [least, most].
    std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
    Duration between(Duration least, Duration most) {
        return Duration{static_cast<std::int64_t>(
            between(static_cast<std::uint64_t>(least.count()), static_cast<std::uint64_t>(most.count())))};
    }
    bool one_in(std::uint64_t n) { return below(n) == 0; }
    template <class T>
    T& any_of(std::vector<T>& of) {
        KINDROOM_ASSERT(!of.empty());
        return of[below(of.size())];
    }

  private:
    std::uint64_t state_;
};

}  // namespace kindroom::sim
