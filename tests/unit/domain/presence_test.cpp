// Who counts as being there.
#include "domain/presence.hpp"

#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const TimePoint start = from_ms(1'000'000);

TEST(Presence, APersonIsThereWhileAnyDeviceIs) {
    Presence presence(10s);
    EXPECT_FALSE(presence.is_present(ana.account, start));
    presence.device_came(ana.account);
    presence.device_came(ana.account);
    presence.device_went(ana.account, start);
    EXPECT_TRUE(presence.is_present(ana.account, start + 1h));
    EXPECT_TRUE(presence.has_device(ana.account));
}

TEST(Presence, ALostConnectionIsNoEventForOthers) {
    Presence presence(10s);
    presence.device_came(ana.account);
    presence.device_went(ana.account, start);
    EXPECT_FALSE(presence.has_device(ana.account));
    EXPECT_TRUE(presence.is_present(ana.account, start + 10s - 1ms));
    presence.device_came(ana.account);
    EXPECT_TRUE(presence.is_present(ana.account, start + 1h)) << "came back in time";
}

TEST(Presence, LingeringEnds) {
    Presence presence(10s);
    presence.device_came(ana.account);
    presence.device_came(ben.account);
    presence.device_went(ana.account, start);
    EXPECT_EQ(presence.present(start + 10s), std::vector{ben.account});
    presence.forget_absent(start + 10s);
    EXPECT_EQ(presence.present(start), std::vector{ben.account}) << "forgotten, not only hidden";
}

TEST(Presence, WhoeverLeavesIsGoneAtOnceAndTheirDevicesGoQuietly) {
    Presence presence(10s);
    presence.device_came(ana.account);
    presence.person_left(ana.account);
    EXPECT_FALSE(presence.is_present(ana.account, start));
    presence.device_went(ana.account, start);
    EXPECT_FALSE(presence.is_present(ana.account, start)) << "a device that goes later does not bring them back";
}

}  // namespace
}  // namespace kindroom::domain::test
