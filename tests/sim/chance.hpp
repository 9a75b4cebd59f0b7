// Where a simulation's chance comes from: one seed, the same numbers on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/assert.hpp"
#include "base/time.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::sim {

// SplitMix64. The standard's distributions are not the same everywhere, so there are none here.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    // By the clock: what is drawn at one moment is a function of that moment alone, however often something was drawn
    // before. So in two runs that differ in some acts, all others fare alike.
    Chance(std::uint64_t seed, const test::VirtualClock& clock) : state_(seed), seed_(seed), clock_(&clock) {}

    std::uint64_t next() {
        if (clock_) state_ = seed_ ^ static_cast<std::uint64_t>(to_ms(clock_->now())) * 0xd1342543de82ef95;
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
    std::uint64_t seed_ = 0;
    const test::VirtualClock* clock_ = nullptr;
};

// A client_key.
inline std::string some_key(Chance& chance) {
    std::string key(16, '\0');
    for (char& c : key) c = static_cast<char>(chance.below(256));
    return key;
}

}  // namespace kindroom::sim
