#include <gtest/gtest.h>

#include "operator/moments.hpp"

namespace kindroom::operator_ {
namespace {

const TimePoint evening = from_ms(1'795'813'392'500);

TEST(Moments, AreWrittenInUtcAndTheStampIsReadBackToTheSecond) {
    EXPECT_EQ(moment(evening), "2026-11-27 21:03:12 UTC");
    EXPECT_EQ(stamp(evening), "2026-11-27T21:03:12Z");
    EXPECT_EQ(read_stamp(stamp(evening)), from_ms(1'795'813'392'000));
    for (const char* text : {"", "2026-11-27", "2026-11-27T21:03:12", "2026-11-27T24:00:00Z", "2026-11-27T21:03:12Z "})
        EXPECT_FALSE(read_stamp(text).has_value()) << text;
}

TEST(Moments, ADayIsOneOfTheCalendar) {
    EXPECT_EQ(day(evening), "2026-11-27");
    EXPECT_EQ(read_day("2026-11-27"), from_ms(1'795'737'600'000));
    EXPECT_TRUE(read_day("2024-02-29").has_value());
    for (const char* text : {"", "2026-02-29", "2026-13-01", "26-1-1", "2026-11-27x", "2026/11/27", "-026-11-27"})
        EXPECT_FALSE(read_day(text).has_value()) << text;
}

}  // namespace
}  // namespace kindroom::operator_
