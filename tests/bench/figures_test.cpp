#include "bench/figures.hpp"

#include <gtest/gtest.h>

namespace kindroom::bench {
namespace {

TEST(BenchFigures, AreOneJsonObjectInTheOrderInWhichTheyWereGiven) {
    Figures figures;
    figures.note("scenario", "a \"b\"")
        .note("tls", true)
        .note("rooms", std::uint64_t{10})
        .measured("per_second", 1234.6);
    Figures more;
    more.note("share", 0.25);
    figures.append(more);
    EXPECT_EQ(figures.json(), R"({"scenario":"a \"b\"","tls":true,"rooms":10,"per_second":1235,"share":0.250})");
    ASSERT_EQ(figures.all_measured().size(), 1u);
    EXPECT_EQ(figures.all_measured().front().second, 1234.6);
}

TEST(BenchFigures, WhatCannotBeWrittenIsNull) {
    EXPECT_EQ(Figures().note("ratio", 1.0 / 0.0).json(), R"({"ratio":null})");
}

TEST(BenchFigures, TimesAreTheirQuantiles) {
    Times times;
    for (int i = 1'000; i > 0; --i) times.add(i);
    Figures figures;
    times.measured(figures, "reply");
    EXPECT_EQ(figures.json(),
              R"({"reply_p50_ms":501.0,"reply_p99_ms":991.0,"reply_p99_9_ms":1000,"reply_max_ms":1000})");
}

TEST(BenchFigures, NoTimesAreNoFigures) {
    Figures figures;
    Times().measured(figures, "reply");
    EXPECT_EQ(figures.json(), "{}");
}

}  // namespace
}  // namespace kindroom::bench
