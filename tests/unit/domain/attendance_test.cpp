// A room that needs a moderator, and moderators who come and go: dialogues in virtual time.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const AccountId mira = an_id<AccountId>(10);
const AccountId noor = an_id<AccountId>(11);

class Attended : public ::testing::Test {
  protected:
    TimePoint now() const { return clock.now(); }
    void pass(Duration time) { clock.move_to(clock.now() + time); }
    RoomState state() const { return attendance.state(settings, now()); }

    kindroom::test::VirtualClock clock;
    Limits limits;
    RoomSettings settings{.topic = "Night", .seats = 5, .needs_moderator = true};
    Attendance attendance{RoomState::open, limits, utc};
};

TEST_F(Attended, ARoomThatNeedsAModeratorStartsPausedAfterARestart) {
    EXPECT_EQ(state(), RoomState::paused);
    EXPECT_EQ(attendance.takes_posts(settings, now()).error().code, Errc::room_paused);
    EXPECT_EQ(attendance.next_turn(settings, now()), never);
}

TEST_F(Attended, ARoomThatNeedsNobodyIsOpen) {
    settings.needs_moderator = false;
    EXPECT_EQ(state(), RoomState::open);
    EXPECT_FALSE(attendance.has_duty(now()));
}

TEST_F(Attended, AModeratorComingOnDutyResumesItAtOnce) {
    EXPECT_TRUE(attendance.go_on_duty(mira, now()));
    EXPECT_FALSE(attendance.go_on_duty(mira, now())) << "no news the second time";
    EXPECT_EQ(state(), RoomState::open);
    EXPECT_EQ(attendance.next_turn(settings, now()), never);
}

TEST_F(Attended, AfterTheLastModeratorWentItWindsDownAndPauses) {
    attendance.go_on_duty(mira, now());
    attendance.go_on_duty(noor, now());
    EXPECT_TRUE(attendance.go_off_duty(mira, now()));
    pass(1h);
    EXPECT_EQ(state(), RoomState::open) << "one is enough";
    attendance.go_off_duty(noor, now());
    EXPECT_EQ(attendance.next_turn(settings, now()), now() + limits.unattended_grace);
    pass(limits.unattended_grace - 1ms);
    EXPECT_EQ(state(), RoomState::open) << "grace: nobody is told of a short absence";
    pass(1ms);
    EXPECT_EQ(state(), RoomState::winding_down);
    EXPECT_TRUE(attendance.takes_posts(settings, now())) << "there is time to say goodbye";
    RoomCard card{.room = the_room, .settings = settings};
    attendance.describe(card, now());
    EXPECT_EQ(card.pauses_at, now() + limits.winding_down);
    EXPECT_EQ(attendance.next_turn(settings, now()), card.pauses_at);
    pass(limits.winding_down - 1ms);
    EXPECT_EQ(state(), RoomState::winding_down);
    pass(1ms);
    EXPECT_EQ(state(), RoomState::paused);
    EXPECT_EQ(attendance.next_turn(settings, now()), never);
    attendance.go_on_duty(noor, now());
    EXPECT_EQ(state(), RoomState::open);
}

TEST_F(Attended, WhoeverComesDuringTheWindingDownEndsIt) {
    attendance.go_on_duty(mira, now());
    attendance.go_off_duty(mira, now());
    pass(limits.unattended_grace + 1s);
    ASSERT_EQ(state(), RoomState::winding_down);
    attendance.go_on_duty(noor, now());
    EXPECT_EQ(state(), RoomState::open);
    pass(1h);
    EXPECT_EQ(state(), RoomState::open);
}

TEST_F(Attended, DutyEndsShortlyAfterTheLastDeviceHasGone) {
    attendance.go_on_duty(mira, now());
    attendance.last_device_went(mira, now());
    const TimePoint gone = now();
    EXPECT_EQ(attendance.next_turn(settings, now()), gone + limits.duty_linger);
    pass(limits.duty_linger - 1ms);
    EXPECT_TRUE(attendance.is_on_duty(mira, now()));
    pass(1ms);
    EXPECT_FALSE(attendance.is_on_duty(mira, now()));
    EXPECT_FALSE(attendance.has_duty(now()));
    pass(limits.unattended_grace + limits.winding_down - 1ms);
    EXPECT_EQ(state(), RoomState::winding_down);
    pass(1ms);
    EXPECT_EQ(state(), RoomState::paused) << "however late anybody looks at the clock";
}

TEST_F(Attended, DutyIsNotLongerForBeingMissedTwice) {
    attendance.go_on_duty(mira, now());
    attendance.last_device_went(mira, now());
    pass(limits.duty_linger - 1ms);
    attendance.last_device_went(mira, now());
    pass(1ms);
    EXPECT_FALSE(attendance.is_on_duty(mira, now()));
}

TEST_F(Attended, ABrokenConnectionIsNoAbsence) {
    attendance.go_on_duty(mira, now());
    attendance.last_device_went(mira, now());
    pass(limits.duty_linger - 1ms);
    attendance.device_came(mira, now());
    pass(1h);
    EXPECT_TRUE(attendance.is_on_duty(mira, now()));
    EXPECT_EQ(state(), RoomState::open);
}

TEST_F(Attended, WhoeverComesBackTooLateIsOnDutyOnlyWhenTheySaySo) {
    attendance.go_on_duty(mira, now());
    attendance.last_device_went(mira, now());
    pass(limits.duty_linger);
    attendance.device_came(mira, now());
    EXPECT_FALSE(attendance.is_on_duty(mira, now()));
    EXPECT_FALSE(attendance.go_off_duty(mira, now())) << "it ended by itself";
    pass(limits.unattended_grace + limits.winding_down);
    EXPECT_EQ(state(), RoomState::paused);
}

TEST_F(Attended, ARoomThatBeginsToNeedSomebodyGivesThemTimeToCome) {
    pass(1h);
    attendance.begins_to_need(now());
    EXPECT_EQ(state(), RoomState::open);
    pass(limits.unattended_grace);
    EXPECT_EQ(state(), RoomState::winding_down);
}

TEST_F(Attended, APauseByHandOutlastsEveryDuty) {
    attendance.go_on_duty(mira, now());
    attendance.pause("We take ten minutes.");
    EXPECT_EQ(state(), RoomState::paused);
    EXPECT_EQ(attendance.stored(), RoomState::paused);
    RoomCard card{.room = the_room, .settings = settings};
    attendance.describe(card, now());
    EXPECT_EQ(card.pause_sentence, "We take ten minutes.");
    attendance.go_on_duty(noor, now());
    EXPECT_EQ(state(), RoomState::paused);
    attendance.resume();
    EXPECT_EQ(state(), RoomState::open);
    attendance.describe(card, now());
    EXPECT_EQ(card.pause_sentence, "");
}

TEST_F(Attended, ARoomThatIsLoadedAnewKeepsThoseWhoLookAfterIt) {
    attendance.go_on_duty(mira, now());
    Attendance anew(RoomState::open, limits, utc);
    anew.take_over_duty(attendance);
    EXPECT_EQ(anew.state(settings, now()), RoomState::open);
    EXPECT_EQ(anew.on_duty(now()), std::vector{mira});
}

TEST_F(Attended, OutsideOfItsHoursItSaysWhenItOpens) {
    settings.needs_moderator = false;
    // Every day from 18:00 to 20:00.
    for (std::uint32_t day = 0; day < 7; ++day)
        settings.opening_hours.push_back({.opens = (day * 24 + 18) * 60, .closes = (day * 24 + 20) * 60});
    const TimePoint midnight = std::chrono::floor<std::chrono::days>(now()) + 24h;
    clock.move_to(midnight + 17h);
    EXPECT_EQ(state(), RoomState::out_of_hours);
    const auto refused = attendance.takes_posts(settings, now());
    EXPECT_EQ(refused.error(), refuse_until(Errc::room_out_of_hours, midnight + 18h));
    RoomCard card{.room = the_room, .settings = settings};
    attendance.describe(card, now());
    EXPECT_EQ(card.opens_at, midnight + 18h);
    EXPECT_EQ(attendance.next_turn(settings, now()), midnight + 18h);
    // What hung in the hall meanwhile reads the same.
    RoomCard hung{.room = the_room, .settings = settings};
    EXPECT_EQ(card_at(hung, utc, now()), card);
    hung = card;
    clock.move_to(midnight + 18h);
    EXPECT_EQ(state(), RoomState::open);
    EXPECT_EQ(card_at(hung, utc, now()).state, RoomState::open);
    hung.settings.needs_moderator = true;
    EXPECT_EQ(card_at(hung, utc, now()).state, RoomState::paused) << "it opens, and nobody is there yet";
    hung.is_paused_by_hand = true;
    hung.state = RoomState::paused;
    EXPECT_EQ(card_at(hung, utc, now() + 4h).state, RoomState::paused) << "paused by hand it is in every hour";
}

}  // namespace
}  // namespace kindroom::domain::test
