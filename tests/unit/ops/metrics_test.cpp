#include "ops/metrics.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "ops/literal.hpp"

namespace kindroom::ops {

namespace {

using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST(Metrics, WhatWasAddedSetAndObservedIsToldInBaseUnits) {
    Metrics metrics;
    metrics.add(Counter::messages_accepted, 3);
    metrics.add(Counter::connections_closed_too_slow);
    metrics.set(Gauge::connections, 7);
    metrics.change(Gauge::connections, -2);
    metrics.observe(Timing::post_to_reply, Duration{3});
    metrics.add_refusal(Errc::rate_limited);
    const std::string text = metrics.exposition();
    EXPECT_THAT(text, HasSubstr("\nkindroom_messages_accepted_total 3\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_connections_closed_total{reason=\"too_slow\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_connections 5\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_post_to_reply_seconds_sum 0.003"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_post_to_reply_seconds_bucket{le=\"0.002\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_post_to_reply_seconds_bucket{le=\"0.004\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_refusals_total{code=\"rate_limited\"} 1\n"));
}

TEST(Metrics, EverySeriesIsThereFromTheStartAndNoneIsAddedLater) {
    Metrics metrics;
    const auto before = lines_of(metrics.exposition()).size();
    for (std::size_t i = 0; i < static_cast<std::size_t>(Counter::count_); ++i) metrics.add(static_cast<Counter>(i));
    for (std::size_t i = 0; i < static_cast<std::size_t>(Gauge::count_); ++i) metrics.set(static_cast<Gauge>(i), 1);
    for (std::size_t i = 0; i < static_cast<std::size_t>(Timing::count_); ++i) {
        metrics.observe(static_cast<Timing>(i), Duration{1});
    }
    metrics.add_refusal(Errc::not_found);
    const auto lines = lines_of(metrics.exposition());
    EXPECT_EQ(lines.size(), before);
    for (const std::string& line : lines) {
        if (line.starts_with('#') || line.starts_with("kindroom_refusals_total")) continue;
        EXPECT_FALSE(line.ends_with(" 0") && line.find("_bucket") == std::string::npos) << "not counted: " << line;
    }
}

TEST(Metrics, EachRefusalAtALimitThatTheManualNamesIsCounted) {
    std::ifstream manual(std::string{KINDROOM_SOURCE_DIR} + "/docs/limits.md");
    const std::regex refused("\\bas ([a-z]+(?:_[a-z]+)+|malformed|unavailable)\\b");
    const std::string text = Metrics{}.exposition();
    std::set<std::string> codes;
    for (std::string line; std::getline(manual, line);)
        for (auto found = std::sregex_iterator(line.begin(), line.end(), refused); found != std::sregex_iterator();
             ++found)
            codes.insert((*found)[1]);
    EXPECT_GE(codes.size(), 10u);
    for (const auto& code : codes)
        EXPECT_THAT(text, HasSubstr("\nkindroom_refusals_total{code=\"" + code + "\"} 0\n")) << code;
}

TEST(Metrics, EveryCodeHasASeriesOfItsOwnUnlessItTellsOfABoundary) {
    const std::set<Errc> untold{Errc::connection_resting, Errc::stepped_away, Errc::person_unknown,
                                Errc::recused};
    std::vector<Errc> codes;
    for (std::uint32_t number = 0; number <= UINT16_MAX; ++number)
        if (const auto code = static_cast<Errc>(number); name_of(code).text() != no_name.text()) codes.push_back(code);
    EXPECT_GE(codes.size(), 49u);
    Metrics metrics;
    for (const Errc code : codes) metrics.add_refusal(code);
    const std::string text = metrics.exposition();
    for (const Errc code : codes) {
        const bool is_told = text.find("{code=\"" + std::string(name_of(code).text()) + "\"} 1\n") != text.npos;
        EXPECT_EQ(is_told, !untold.contains(code)) << name_of(code).text();
    }
}

// What `promtool check metrics` looks at, for every line; and the house's own rules about names and labels.
TEST(Metrics, TheTextIsInPrometheusFormWithOurPrefixAndOnlyFixedLabels) {
    const std::regex sample(R"re(kindroom_[a-z_]+(\{(reason|code|le)="[a-z_0-9.+IInf]+"\})? [0-9.e+-]+)re");
    std::set<std::string> helped;
    std::set<std::string> typed;
    std::set<std::string> seen;
    for (const std::string& line : lines_of(Metrics{}.exposition())) {
        std::istringstream words(line);
        std::string mark, what, name, kind;
        if (line.starts_with("# ")) {
            words >> mark >> what >> name >> kind;
            EXPECT_TRUE((what == "HELP" ? helped : typed).insert(name).second) << "twice: " << line;
            EXPECT_TRUE(what == "HELP" || name.ends_with("_total") == (kind == "counter")) << line;
            continue;
        }
        EXPECT_TRUE(std::regex_match(line, sample)) << line;
        EXPECT_TRUE(seen.insert(line.substr(0, line.rfind(' '))).second) << "twice: " << line;
    }
    EXPECT_EQ(helped, typed);
    EXPECT_GE(seen.size(), 60u);
}

TEST(Metrics, TwoThreadsLoseNoCount) {
    Metrics metrics;
    const auto work = [&metrics] {
        for (int i = 0; i < 20'000; ++i) {
            metrics.add(Counter::commands);
            metrics.change(Gauge::rooms_loaded, 1);
            metrics.observe(Timing::store_commit, Duration{1});
        }
    };
    std::thread other(work);
    work();
    other.join();
    const std::string text = metrics.exposition();
    EXPECT_THAT(text, HasSubstr("\nkindroom_commands_total 40000\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_rooms_loaded 40000\n"));
    EXPECT_THAT(text, HasSubstr("\nkindroom_store_commit_seconds_count 40000\n"));
}

}  // namespace kindroom::ops
