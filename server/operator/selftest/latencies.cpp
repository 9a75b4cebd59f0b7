#include "operator/selftest/latencies.hpp"

#include <algorithm>
#include <cmath>

namespace kindroom::operator_ {

namespace {

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

Comparison compare(std::vector<double> a, std::vector<double> b) {
    struct Value {
        double value;
        bool is_a;
    };
    std::vector<Value> all;
    for (const double value : a) all.push_back({value, true});
    for (const double value : b) all.push_back({value, false});
    std::sort(all.begin(), all.end(), [](const Value& x, const Value& y) { return x.value < y.value; });

    // Equal values share the mean of their ranks.
    double ranks_of_a = 0;
    double ties = 0;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end].value == all[i].value) ++end;
        const auto tied = static_cast<double>(end - i);
        const double rank = static_cast<double>(i) + (tied + 1) / 2;
        for (; i < end; ++i) ranks_of_a += all[i].is_a ? rank : 0;
        ties += tied * tied * tied - tied;
    }
    const auto n = static_cast<double>(a.size());
    const auto m = static_cast<double>(b.size());
    const double u = ranks_of_a - n * (n + 1) / 2;
    const double total = n + m;
    const double variance = n * m / 12 * (total + 1 - ties / (total * std::max(total - 1, 1.0)));
    Comparison comparison{.p = 1, .median_a = median(std::move(a)), .median_b = median(std::move(b))};
    if (variance > 0) comparison.p = std::erfc(std::abs(u - n * m / 2) / std::sqrt(2 * variance));
    return comparison;
}

}  // namespace kindroom::operator_
