// The clocks of the world, as ICU knows them.
#include <gtest/gtest.h>

#include "text/time_zones.hpp"

namespace kindroom::text {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint winter = from_ms(1'768'478'400'000);  // 2026-01-15 12:00 UTC
constexpr TimePoint summer = from_ms(1'784'116'800'000);  // 2026-07-15 12:00 UTC

TEST(TimeZones, ClocksAreChangedTwiceAYearWhereTheyAre) {
    const auto berlin = find_time_zone("Europe/Berlin");
    ASSERT_TRUE(berlin);
    EXPECT_EQ(berlin->offset(winter), 1h);
    EXPECT_EQ(berlin->offset(summer), 2h);
    const TimePoint change = berlin->next_change(winter);
    EXPECT_EQ(to_ms(change), 1'774'746'000'000) << "2026-03-29 01:00 UTC";
    EXPECT_EQ(berlin->offset(change - 1ms), 1h);
    EXPECT_EQ(berlin->offset(change), 2h);
}

TEST(TimeZones, WhereNothingChangesThereIsOneOffset) {
    const auto kolkata = find_time_zone("Asia/Kolkata");
    ASSERT_TRUE(kolkata);
    EXPECT_EQ(kolkata->offset(winter), 5h + 30min);
    EXPECT_EQ(kolkata->next_change(winter), never);
    EXPECT_EQ(find_time_zone("UTC")->offset(summer), 0h);
}

TEST(TimeZones, ANameThatIsNoneIsNone) {
    for (const char* name : {"", "Europe/Nowhere", "Berlin time", "\xff"}) EXPECT_FALSE(find_time_zone(name)) << name;
}

}  // namespace
}  // namespace kindroom::text
