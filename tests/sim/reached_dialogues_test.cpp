// How far a room's words have reached a person: what a block must know, also after a crash.
#include <gtest/gtest.h>

#include "sim/dialogue.hpp"

namespace kindroom::sim {
namespace {

// A cut is noticed by then.
constexpr Duration server_notices{4'000};

class Reached : public Dialogue {
  protected:
    // As it is on the disk.
    Position reached(Device& device) {
        const auto account = world_->ground().disk->find_account(device.login_id());
        const auto loaded = world_->ground().disk->load_account(*account);
        for (const auto& record : loaded->received)
            if (record.room == id_from<RoomId>(room_)) return record.position;
        return Position{0};
    }
};

TEST_F(Reached, IsWrittenDownNowAndThenWhileADeviceListens) {
    Limits limits = quick();
    limits.received_kept_every = Duration{5'000};
    open(limits);
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    say(ana, "one");
    say(ana, "two");
    world_->pass(limits.received_kept_every + Duration{100});
    EXPECT_EQ(reached(ben), Position{2});
}

TEST_F(Reached, IsWrittenDownWhenADeviceGoes) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    say(ana, "one");
    settle();
    ben.stay_away(true);
    world_->pass(server_notices);
    say(ana, "two");
    settle();
    EXPECT_EQ(reached(ben), Position{1});
}

TEST_F(Reached, IsTheFurthestOfAllDevices) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    Device& other = second_device_of(ben, "Ben");
    ben.stay_away(true);
    say(ana, "one");
    settle();
    other.stay_away(true);
    world_->pass(server_notices);
    EXPECT_EQ(reached(ben), Position{1});
}

}  // namespace
}  // namespace kindroom::sim
