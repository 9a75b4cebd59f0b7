// Opening hours as people write them.
#include <gtest/gtest.h>

#include "lib/opening_hours.hpp"

namespace kindroom::client {
namespace {

std::string again(const char* text) {
    v1::RoomSettings settings;
    return read_hours(text, settings) ? hours_in_words(settings) : "not understood";
}

TEST(OpeningHours, AreReadAsTheyAreWritten) {
    EXPECT_EQ(again("mon 18:00-20:00"), "mon 18:00-20:00");
    EXPECT_EQ(again(" Mon 18:00 - 20:00 ,thu 19:30-24:00"), "mon 18:00-20:00, thu 19:30-24:00");
    EXPECT_EQ(again("sat-mon 9:05-10:00"), "sat 09:05-10:00, sun 09:05-10:00, mon 09:05-10:00");
    EXPECT_EQ(again("always"), "always");
    v1::RoomSettings daily;
    ASSERT_TRUE(read_hours("daily 21:00-23:00", daily));
    EXPECT_EQ(daily.opening_hours_size(), 7);
}

TEST(OpeningHours, ANightGoesOnIntoTheNextDayAndWeek) {
    v1::RoomSettings settings;
    ASSERT_TRUE(read_hours("sun 22:00-02:00", settings));
    EXPECT_EQ(settings.opening_hours(0).opens_minute(), 9'960u);
    EXPECT_EQ(settings.opening_hours(0).closes_minute(), 120u);
    ASSERT_TRUE(read_hours("sun 22:00-24:00", settings));
    EXPECT_EQ(settings.opening_hours(0).closes_minute(), 10'080u);
    EXPECT_EQ(hours_in_words(settings), "sun 22:00-24:00");
}

TEST(OpeningHours, WhatIsNotUnderstoodChangesNothing) {
    v1::RoomSettings settings;
    ASSERT_TRUE(read_hours("mon 18:00-20:00", settings));
    for (const char* text : {"", "mon", "monday 18:00-20:00", "mon 18-20", "mon 18:00-18:00", "mon 25:00-26:00",
                             "mon 18:60-20:00", "mon 18:00-20:00,", "mon 18:00-20:00, tue", "mon 24:00-02:00"}) {
        EXPECT_FALSE(read_hours(text, settings)) << text;
        EXPECT_EQ(hours_in_words(settings), "mon 18:00-20:00");
    }
}

}  // namespace
}  // namespace kindroom::client
