// What a house holds people to, each bound met and passed by one, with the real actors in virtual time.
#include <gtest/gtest.h>
#include <optional>

#include "sim/asking.hpp"
#include "sim/world.hpp"

namespace kindroom::sim {
namespace {

using Work = store::MemoryStore::Work;
using Outcome = store::MemoryStore::Outcome;

class HouseLimits : public ::testing::Test {
  protected:
    void open(Limits limits) {
        without_first_visits(limits);
        world_.emplace(7, SimWorld::Options{.shards = 1, .limits = limits, .pace = {}});
        operator_ = &world_->operators_device();
        operator_->begin();
    }
    std::string room(const std::string& topic) {
        return world_->ask(*operator_, create_room(topic)).room_card().room().room_id();
    }
    Device& somebody() {
        Device& device = world_->new_device();
        device.begin();
        EXPECT_TRUE(world_->ask(device, create_account()).has_account_created());
        EXPECT_TRUE(world_->ask(device, consent(1)).has_done());
        return device;
    }
    v1::ErrorCode refusal(Device& device, const v1::Request& request) {
        return world_->ask(device, request).error().code();
    }
    static v1::Request invite(std::uint32_t uses) {
        v1::Request request;
        request.mutable_create_invite()->set_role(v1::ROLE_MEMBER);
        request.mutable_create_invite()->set_uses(uses);
        return request;
    }

    std::optional<SimWorld> world_;
    Device* operator_ = nullptr;
};

TEST_F(HouseLimits, NoMoreRoomsAreMadeThanTheHouseMayHave) {
    Limits limits;
    limits.rooms_max = 2;
    open(limits);
    EXPECT_FALSE(room("One").empty());
    EXPECT_FALSE(room("Two").empty());
    EXPECT_EQ(refusal(*operator_, create_room("Three")), v1::ERROR_CODE_UNAVAILABLE);
}

TEST_F(HouseLimits, NobodyIsInMoreRoomsThanOnePersonMayBe) {
    Limits limits;
    limits.rooms_per_person_max = 1;
    open(limits);
    const auto first = room("One");
    const auto second = room("Two");
    Device& ana = somebody();
    EXPECT_TRUE(world_->ask(ana, join(first, "Ana")).has_room_joined());
    EXPECT_EQ(refusal(ana, join(second, "Ana")), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_TRUE(world_->ask(ana, leave(first)).has_done());
    EXPECT_TRUE(world_->ask(ana, join(second, "Ana")).has_room_joined());
}

TEST_F(HouseLimits, AHandoverNoteMayBeAsLongAsTheLimitAndNoLonger) {
    Limits limits;
    limits.note_code_points_max = 3;
    open(limits);
    const auto porch = room("Porch");
    Device& mira = somebody();
    EXPECT_TRUE(world_->ask(*operator_, set_role(mira.login_id(), v1::ROLE_MODERATOR)).has_done());
    EXPECT_TRUE(world_->ask(mira, join(porch, "Mira")).has_room_joined());
    EXPECT_TRUE(world_->ask(mira, go_on_duty(porch)).has_on_duty());
    EXPECT_EQ(refusal(mira, go_off_duty(porch, "äöüß")), v1::ERROR_CODE_TEXT_TOO_LONG);
    EXPECT_TRUE(world_->ask(mira, go_off_duty(porch, "äöü")).has_done());
}

TEST_F(HouseLimits, AnInviteMakesNoMoreAccountsThanTheLimit) {
    Limits limits;
    limits.invite_uses_max = 5;
    open(limits);
    EXPECT_TRUE(world_->ask(*operator_, invite(5)).has_invite_created());
    EXPECT_EQ(refusal(*operator_, invite(6)), v1::ERROR_CODE_INVALID_ARGUMENT);
}

TEST_F(HouseLimits, AnInviteEndsByItselfWhenNothingIsSaidAboutIt) {
    Limits limits;
    limits.invite_holds_default = Duration{60'000};
    open(limits);
    const auto asked_at = world_->ground().clock.now().time_since_epoch().count();
    const auto ends_at = world_->ask(*operator_, invite(1)).invite_created().ends_at_ms();
    EXPECT_GE(ends_at, asked_at + 60'000);
    EXPECT_LT(ends_at, asked_at + 61'000);
}

TEST_F(HouseLimits, WhoAsksTooMuchIsSlowedForAWhile) {
    Limits limits;
    limits.commands_burst = 5;
    limits.command_every = Duration{60'000};
    open(limits);
    Device& ana = somebody();
    int answered = 0;
    while (answered <= 5 && world_->ask(ana, list_sessions()).has_sessions()) ++answered;
    EXPECT_LE(answered, 5);
    EXPECT_EQ(refusal(ana, list_sessions()), v1::ERROR_CODE_RATE_LIMITED);
    world_->pass(Duration{61'000});
    EXPECT_TRUE(world_->ask(ana, list_sessions()).has_sessions());
    EXPECT_EQ(refusal(ana, list_sessions()), v1::ERROR_CODE_RATE_LIMITED);
    EXPECT_EQ(refusal(ana, list_boundaries()), v1::ERROR_CODE_RATE_LIMITED) << "the list may be long";
    EXPECT_TRUE(world_->ask(ana, step_away("")).has_stepped_away()) << "X5: setting one is never refused for that";
}

TEST_F(HouseLimits, JoiningHasAPaceOfItsOwn) {
    Limits limits;
    limits.joins_burst = 1;
    limits.join_every = Duration{60'000};
    open(limits);
    const auto porch = room("Porch");
    const auto lamp = room("Lamp");
    Device& ana = somebody();
    EXPECT_TRUE(world_->ask(ana, join(porch, "Ana")).has_room_joined());
    EXPECT_EQ(refusal(ana, join(lamp, "Ana")), v1::ERROR_CODE_RATE_LIMITED);
    world_->pass(Duration{61'000});
    EXPECT_TRUE(world_->ask(ana, join(lamp, "Ana")).has_room_joined());
}

TEST_F(HouseLimits, StrangersDoNotFillTheHouse) {
    Limits limits;
    limits.connections_before_sign_in_max = 2;
    open(limits);
    Device& first = world_->new_device();
    Device& second = world_->new_device();
    first.begin();
    second.begin();
    world_->pass(Duration{100});
    EXPECT_TRUE(first.is_connected());
    EXPECT_TRUE(second.is_connected());
    Device& third = world_->new_device();
    third.begin();
    EXPECT_TRUE(world_->pass_until([&] { return third.last_ending.close_code == 4004; }));
    EXPECT_TRUE(first.is_connected());
}

TEST_F(HouseLimits, WhoeverReadsForTwentyMinutesKeepsNoPlaceAndComesInAllTheSame) {
    open(Limits{});
    Device& ana = world_->new_device();
    ana.begin();
    world_->pass(Duration{20 * 60'000});
    EXPECT_FALSE(ana.is_connected());
    EXPECT_EQ(ana.last_ending.close_code, 4003);
    EXPECT_TRUE(world_->ask(ana, create_account()).has_account_created());
}

// Else there would be an account whose recovery code nobody has seen, and an invite that is used up.
TEST_F(HouseLimits, NobodyIsCutOffWhileTheirAccountIsBeingMade) {
    open(Limits{});
    Device& ana = world_->new_device();
    ana.begin();
    world_->pass(Duration{119'900});
    bool is_made = false;
    ana.ask(create_account(), [&](const v1::Reply* reply) { is_made = reply && reply->has_account_created(); });
    // The disk takes its time, until that for signing in is over.
    world_->hold_store(true);
    world_->pass(Duration{5'000});
    EXPECT_TRUE(ana.is_connected());
    world_->hold_store(false);
    EXPECT_TRUE(world_->pass_until([&] { return is_made; }));
}

TEST_F(HouseLimits, WhatWaitsForARoomIsBounded) {
    Limits limits;
    limits.mailbox_tasks_max = 1;
    limits.posts_burst = limits.newcomer_posts_burst = limits.commands_burst = 100;
    open(limits);
    const auto porch = room("Porch");
    Device& ana = somebody();
    EXPECT_TRUE(world_->ask(ana, join(porch, "Ana")).has_room_joined());
    int accepted = 0;
    int unavailable = 0;
    for (char i = 0; i < 10; ++i)
        ana.ask(post(porch, std::string(15, 'k') + i, "hello"), [&](const v1::Reply* reply) {
            accepted += reply && reply->has_message_accepted();
            unavailable +=
                reply && reply->error().code() == v1::ERROR_CODE_UNAVAILABLE && reply->error().retry_at_ms() > 0;
        });
    EXPECT_TRUE(world_->pass_until([&] { return accepted + unavailable == 10; }));
    // One was on its way to the disk and one waited for it; the rest were told to try again.
    EXPECT_GE(accepted, 2);
    EXPECT_GE(unavailable, 1);
}

TEST_F(HouseLimits, RoomsThatNobodyVisitsAreSweptToo) {
    Limits limits;
    limits.retention_sweep = Duration{600'000};
    limits.room_idle_max = Duration{1'000};
    open(limits);
    room("Nobody is here");
    world_->pass(Duration{60'000});
    int commits = 0;
    world_->set_store_policy([&](Work work) {
        commits += work == Work::commit;
        return Outcome::ok;
    });
    world_->pass(Duration{500'000});
    EXPECT_EQ(commits, 0);
    world_->pass(Duration{100'000});
    EXPECT_EQ(commits, 1) << "the keys of a room that nobody visits must not outlive their time";
    world_->set_store_policy({});
}

}  // namespace
}  // namespace kindroom::sim
