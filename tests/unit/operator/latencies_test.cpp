#include "operator/selftest/latencies.hpp"

#include <gtest/gtest.h>
#include <random>

namespace kindroom::operator_ {
namespace {

// Latencies as they are: a floor, a long tail, and for each of the two connections a habit of its own.
std::vector<TimedWorlds> timed(std::mt19937& chance, double slower_a) {
    std::vector<TimedWorlds> worlds(worlds_max);
    std::normal_distribution<double> habit(0, 30);
    std::exponential_distribution<double> tail(0.02);
    for (TimedWorlds& pair : worlds) {
        const double a = 400 + slower_a + habit(chance);
        const double b = 400 + habit(chance);
        for (int i = 0; i < 50; ++i) {
            pair.a.push_back(a + tail(chance));
            pair.b.push_back(b + tail(chance));
        }
    }
    return worlds;
}

TEST(Latencies, Look15WorldsThatDifferByTheirConnectionsOnlyAreRarelyToldApart) {
    std::mt19937 chance(7);
    int told = 0;
    for (int run = 0; run < 100; ++run) told += compare(timed(chance, 0)).p < 0.01 ? 1 : 0;
    // One in a hundred by chance; seven or more of a hundred would come once in 14,000 times.
    EXPECT_LT(told, 7);
}

TEST(Latencies, Look15ATellOfATenthIsFoundWhateverTheConnectionsDo) {
    std::mt19937 chance(7);
    for (int run = 0; run < 10; ++run) {
        EXPECT_LT(compare(timed(chance, 60)).p, 0.01);
        EXPECT_LT(compare(timed(chance, -60)).p, 0.01);
    }
}

TEST(Latencies, WhatIsTheSameEverywhereIsAsFarOffAsEverything) {
    EXPECT_EQ(compare({{.a = {5, 5}, .b = {5, 5}}, {.a = {3}, .b = {3}}}).p, 1);
}

TEST(Latencies, TheShareIsThatOfAllWaysToTurnThePairsRound) {
    // Each of three pairs says the same: that, and its mirror image, of eight ways.
    const TimedWorlds pair{.a = {2, 4}, .b = {1, 1}};
    const Comparison comparison = compare({pair, pair, pair});
    EXPECT_DOUBLE_EQ(comparison.p, 2.0 / 8);
    EXPECT_EQ(comparison.median_a, 4);
    EXPECT_EQ(comparison.median_b, 1);
}

}  // namespace
}  // namespace kindroom::operator_
