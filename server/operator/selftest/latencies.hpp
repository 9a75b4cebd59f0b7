// Whether two sets of latencies can be told apart (PRODUCT look 15).
#pragma once

#include <string>
#include <vector>

namespace kindroom::operator_ {

struct Comparison {
    // Two-sided, of the Mann-Whitney U test with ties (normal approximation; exact enough from 20 values on).
    double p = 1;
    double median_a = 0;
    double median_b = 0;
};

// Both in the same unit; at least one value each.
Comparison compare(std::vector<double> a, std::vector<double> b);

}  // namespace kindroom::operator_
