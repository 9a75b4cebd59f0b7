#include "ops/seldom.hpp"

#include <gtest/gtest.h>

namespace kindroom::ops {
namespace {

TEST(Seldom, WhatKeepsHappeningIsALineAMinuteThatSaysHowOften) {
    Seldom seldom;
    const Seldom::Instant begin{};
    EXPECT_EQ(seldom.happened(begin), 1u);
    for (int i = 0; i < 999; ++i) EXPECT_EQ(seldom.happened(begin + std::chrono::seconds(59)), std::nullopt);
    EXPECT_EQ(seldom.happened(begin + std::chrono::seconds(60)), 1000u);
    EXPECT_EQ(seldom.happened(begin + std::chrono::seconds(119)), std::nullopt);
    EXPECT_EQ(seldom.happened(begin + std::chrono::seconds(180)), 2u);
}

}  // namespace
}  // namespace kindroom::ops
