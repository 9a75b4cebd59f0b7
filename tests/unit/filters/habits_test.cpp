#include "filters/habits.hpp"

#include <gtest/gtest.h>

namespace kindroom::filters {
namespace {

using namespace std::chrono_literals;

TEST(Habits, CountsTheSameWordsAndAllWordsSinceThen) {
    Habits habits;
    const TimePoint start{1h};
    habits.note("hello", start);
    habits.note("hello", start + 10s);
    habits.note("how are you", start + 20s);
    EXPECT_EQ(habits.repeated("hello", start), 2u);
    EXPECT_EQ(habits.repeated("hello", start + 1s), 1u);
    EXPECT_EQ(habits.repeated("bye", start), 0u);
    EXPECT_EQ(habits.said(start), 3u);
}

TEST(Habits, RemembersOnlyTheNewestAndNotForLong) {
    Habits habits;
    const TimePoint start{1h};
    for (std::uint32_t i = 0; i < 2 * Habits::remembered_max; ++i) habits.note("hello", start);
    EXPECT_EQ(habits.said(start), Habits::remembered_max);
    EXPECT_FALSE(habits.is_forgotten(start + Habits::remembered_for));
    EXPECT_TRUE(habits.is_forgotten(start + Habits::remembered_for + 1ms));
}

}  // namespace
}  // namespace kindroom::filters
