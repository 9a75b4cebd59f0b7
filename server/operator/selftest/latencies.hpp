// Whether the latencies of two worlds can be told apart (PRODUCT look 15).
#pragma once

#include <cstddef>
#include <vector>

namespace kindroom::operator_ {

// What was timed of one pair of worlds: other people, other connections and other rooms than in every other pair.
struct TimedWorlds {
    std::vector<double> a;
    std::vector<double> b;
};

struct Comparison {
    // That worlds which are alike differ as much as these, by chance alone: see compare().
    double p = 1;
    double median_a = 0;
    double median_b = 0;
};

// As many pairs of worlds as compare() can judge.
inline constexpr std::size_t worlds_max = 20;

// Two connections differ by themselves, by where their rooms and buffers happen to lie, and do so for as long as they
// last: calls of one connection are no independent trials, pairs of worlds are. Of each pair one figure is taken, how
// often a call of `a` is slower than one of `b`; and if a and b are alike, each figure might as well have come out the
// other way round. `p` is the share of all ways to turn them round that lie as far off as what was seen (an exact
// permutation test). Both worlds of each pair have at least one value; at least one and at most worlds_max pairs.
Comparison compare(const std::vector<TimedWorlds>& worlds);

}  // namespace kindroom::operator_
