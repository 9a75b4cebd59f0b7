// Two ways to run one scenario, in turn: the machine is never twice the same, but it is nearly so within a pair.
#pragma once

#include "bench/scenario.hpp"

namespace kindroom::bench {

// What stands before a turn's own figures.
Figures heading(const Scenario& scenario, const Options& options);
void print(const Scenario& scenario, const Options& options, const std::vector<Figures>& turn);

// Prints each turn, then for each pair of turns and at the end for all of them the figures of the second over those of
// the first. Which of the two begins changes from pair to pair.
void compare(const Scenario& scenario, const Options& first, const Options& second);

}  // namespace kindroom::bench
