// Latencies in two worlds: in one somebody is blocked, in the other the blocker has left. Calls of both alternate, so
// that whatever else the machine does falls on both alike; and there are many such pairs of worlds, one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "operator/selftest/latencies.hpp"
#include "operator/selftest/scene.hpp"

namespace kindroom::operator_ {

struct TimedCall {
    std::string what;
    // Microseconds: a where Ben is blocked, b where Ana has left.
    Comparison comparison;
};

// Post, direct message, offer, profile (a room's roster) and join: `pairs` of each, spread over worlds_max pairs of
// worlds.
std::vector<TimedCall> time_calls(const ScratchHouse& house, Keeper& keeper, std::uint32_t pairs);

}  // namespace kindroom::operator_
