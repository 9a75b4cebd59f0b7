#include "operator/selftest/latencies.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace kindroom::operator_ {

namespace {

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// From -1, each value of `a` is below each of `b`, to 1; equal ones count for neither.
double how_much_slower(const TimedWorlds& worlds) {
    std::vector<double> b = worlds.b;
    std::sort(b.begin(), b.end());
    double above = 0;
    for (const double value : worlds.a) {
        above += static_cast<double>(std::lower_bound(b.begin(), b.end(), value) - b.begin());
        above -= static_cast<double>(b.end() - std::upper_bound(b.begin(), b.end(), value));
    }
    return above / static_cast<double>(worlds.a.size()) / static_cast<double>(b.size());
}

// Goes through all signs that the figures could have; from one to the next a single one changes (a Gray code).
double share_as_far_off(std::vector<double> figures) {
    double sum = 0;
    for (const double figure : figures) sum += figure;
    // Sums of the same numbers in another order differ in their last bits.
    const double far = std::abs(sum) - 1e-9;
    const std::uint64_t all = std::uint64_t{1} << figures.size();
    std::uint64_t as_far = 1;
    for (std::uint64_t i = 1; i < all; ++i) {
        double& turned = figures[static_cast<std::size_t>(__builtin_ctzll(i))];
        sum -= 2 * turned;
        turned = -turned;
        if (std::abs(sum) >= far) ++as_far;
    }
    return static_cast<double>(as_far) / static_cast<double>(all);
}

}  // namespace

Comparison compare(const std::vector<TimedWorlds>& worlds) {
    std::vector<double> figures;
    std::vector<double> a;
    std::vector<double> b;
    for (const TimedWorlds& pair : worlds) {
        figures.push_back(how_much_slower(pair));
        a.insert(a.end(), pair.a.begin(), pair.a.end());
        b.insert(b.end(), pair.b.begin(), pair.b.end());
    }
    return {.p = share_as_far_off(std::move(figures)), .median_a = median(std::move(a)), .median_b = median(std::move(b))};
}

}  // namespace kindroom::operator_
