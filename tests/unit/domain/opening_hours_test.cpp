// When a room is open: spans of the week, over its end, and when the clocks are changed.
#include <gtest/gtest.h>

#include "domain/opening_hours.hpp"

namespace kindroom::domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

// A Monday, 2026-03-23, 00:00 UTC.
const TimePoint monday = from_ms(1'774'224'000'000);
// Clocks go forward by an hour at Sunday 01:00 UTC of that week.
const TimeZone berlin({{.at = monday - 8'760h, .offset = 1h}, {.at = monday + 6 * 24h + 1h, .offset = 2h}});

constexpr std::uint32_t at(std::uint32_t day, std::uint32_t hour) { return (day * 24 + hour) * 60; }
const OpeningHours evenings{{.opens = at(0, 18), .closes = at(0, 20)}, {.opens = at(3, 19), .closes = at(3, 21)}};

TEST(OpeningHours, ARoomWithoutHoursIsAlwaysOpen) {
    EXPECT_TRUE(is_open({}, utc, monday));
    EXPECT_EQ(next_turn({}, utc, monday), never);
}

TEST(OpeningHours, OpensAndClosesToTheMinute) {
    EXPECT_FALSE(is_open(evenings, utc, monday + 18h - 1ms));
    EXPECT_TRUE(is_open(evenings, utc, monday + 18h));
    EXPECT_TRUE(is_open(evenings, utc, monday + 20h - 1ms));
    EXPECT_FALSE(is_open(evenings, utc, monday + 20h));
    EXPECT_EQ(next_turn(evenings, utc, monday), monday + 18h);
    EXPECT_EQ(next_turn(evenings, utc, monday + 18h), monday + 20h);
    EXPECT_EQ(next_turn(evenings, utc, monday + 20h), monday + 3 * 24h + 19h);
    EXPECT_EQ(next_turn(evenings, utc, monday + 3 * 24h + 22h), monday + 7 * 24h + 18h) << "in the next week";
}

TEST(OpeningHours, ANightMayGoOnIntoTheNextWeek) {
    const OpeningHours night{{.opens = at(6, 22), .closes = at(0, 2)}};
    EXPECT_TRUE(is_open(night, utc, monday + 1h));
    EXPECT_FALSE(is_open(night, utc, monday + 2h));
    EXPECT_EQ(next_turn(night, utc, monday + 2h), monday + 6 * 24h + 22h);
    EXPECT_EQ(next_turn(night, utc, monday + 6 * 24h + 23h), monday + 7 * 24h + 2h);
}

TEST(OpeningHours, SpansThatTouchAreOne) {
    const OpeningHours day{{.opens = at(0, 8), .closes = at(0, 12)}, {.opens = at(0, 12), .closes = at(0, 16)}};
    EXPECT_EQ(next_turn(day, utc, monday + 9h), monday + 16h);
}

TEST(OpeningHours, AWholeWeekNeverCloses) {
    const OpeningHours all{{.opens = 0, .closes = minutes_of_week}};
    EXPECT_TRUE(is_open(all, berlin, monday));
    EXPECT_EQ(next_turn(all, berlin, monday), never);
}

TEST(OpeningHours, AreThoseOfTheHousesOwnClocks) {
    EXPECT_EQ(next_turn(evenings, berlin, monday), monday + 17h) << "18:00 there is 17:00 UTC";
    const TimePoint next_monday = monday + 7 * 24h;
    EXPECT_EQ(next_turn(evenings, berlin, next_monday - 1h), next_monday + 16h) << "in summer it is 16:00 UTC";
}

TEST(OpeningHours, WhatLiesInAnHourThatIsLeftOutIsLeftOutToo) {
    // From 02:00 to 03:00 on the Sunday on which there is no such hour.
    const OpeningHours skipped{{.opens = at(6, 2), .closes = at(6, 3)}};
    const TimePoint sunday = monday + 6 * 24h;
    for (auto time = 0min; time < 24h; time += 10min) EXPECT_FALSE(is_open(skipped, berlin, sunday + time));
    EXPECT_EQ(next_turn(skipped, berlin, monday), monday + 13 * 24h) << "a week later at 00:00 UTC";
}

TEST(OpeningHours, EveryTurnIsOne) {
    TimePoint now = monday;
    bool open = is_open(evenings, berlin, now);
    for (int turns = 0; turns < 20; ++turns) {
        const TimePoint next = next_turn(evenings, berlin, now);
        ASSERT_GT(next, now);
        EXPECT_EQ(is_open(evenings, berlin, next - 1ms), open);
        open = is_open(evenings, berlin, next);
        EXPECT_EQ(is_open(evenings, berlin, next - 1ms), !open);
        now = next;
    }
}

TEST(OpeningHours, MinutesThatNoWeekHasAreRefused) {
    Limits limits;
    limits.opening_spans_max = 2;
    EXPECT_TRUE(judge_hours(evenings, limits));
    EXPECT_TRUE(judge_hours({{.opens = minutes_of_week - 1, .closes = minutes_of_week}}, limits));
    EXPECT_FALSE(judge_hours({{.opens = minutes_of_week, .closes = 5}}, limits));
    EXPECT_FALSE(judge_hours({{.opens = 5, .closes = minutes_of_week + 1}}, limits));
    EXPECT_FALSE(judge_hours({{.opens = 5, .closes = 0}}, limits));
    EXPECT_FALSE(judge_hours(OpeningHours(3, {.opens = 5, .closes = 6}), limits)) << "opening_spans_max";
}

}  // namespace
}  // namespace kindroom::domain
