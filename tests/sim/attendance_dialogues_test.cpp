// Rooms that never run unattended, on a whole server: who is told what, and what is still so after a restart.
#include <algorithm>
#include <gtest/gtest.h>

#include "sim/attendance_dialogue.hpp"

namespace kindroom::sim {
namespace {

void needs_moderator(v1::RoomSettings& settings) { settings.set_needs_moderator(true); }

TEST_F(AttendanceDialogue, ARoomThatNeedsAModeratorWaitsForOne) {
    furnish(needs_moderator);
    Device& ana = member("Ana");
    EXPECT_EQ(listed(ana).state(), v1::ROOM_STATE_PAUSED);
    const auto refused = say(ana, "hello?");
    EXPECT_EQ(refused.error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(refused.error().help(), house_texts().help.introduction) << "nobody is left without a way to turn";
    EXPECT_FALSE(refused.error().help().empty());
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    settle();
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "hello").has_message_accepted());
}

TEST_F(AttendanceDialogue, WhenTheLastModeratorGoesPeopleAreToldAndThenItPauses) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(mira, go_off_duty(room_)).has_done());
    world_->pass(limits().unattended_grace - Duration{1'000});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "in the grace").has_message_accepted());
    world_->pass(Duration{2'000});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_WINDING_DOWN);
    EXPECT_TRUE(say(ana, "good night, all").has_message_accepted());
    world_->pass(limits().winding_down);
    EXPECT_EQ(told(ana), v1::ROOM_STATE_PAUSED);
    EXPECT_EQ(say(ana, "too late").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_TRUE(world_->ask(ana, history(room_, 5)).has_history_page()) << "reading goes on";
    EXPECT_TRUE(world_->ask(ana, leave(room_)).has_done());
}

TEST_F(AttendanceDialogue, AModeratorWhoseDevicesAreGoneIsOffDutySoonAndNotAtTheNextTick) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    settle();
    EXPECT_TRUE(listed(ana).moderator_on_duty());
    v1::Request sign_out;
    sign_out.mutable_sign_out();
    EXPECT_TRUE(world_->ask(mira, sign_out).has_done());
    world_->pass(limits().duty_linger + Duration{1'000});
    EXPECT_FALSE(listed(ana).moderator_on_duty());
    world_->pass(limits().unattended_grace);
    EXPECT_EQ(told(ana), v1::ROOM_STATE_WINDING_DOWN);
}

TEST_F(AttendanceDialogue, AModeratorWhoseConnectionBreaksStaysOnDuty) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    mira.cut();
    world_->pass(limits().duty_linger + limits().unattended_grace + limits().winding_down);
    EXPECT_TRUE(say(ana, "still here").has_message_accepted());
}

TEST_F(AttendanceDialogue, AStoreThatFailedForAMomentTakesNobodyOffDuty) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    world_->set_store_policy([left = 1](auto) mutable { return left-- > 0 ? Outcome::refuse : Outcome::ok; });
    EXPECT_EQ(say(ana, "lost").error().code(), v1::ERROR_CODE_UNAVAILABLE);
    world_->set_store_policy({});
    settle();
    EXPECT_TRUE(say(ana, "said again").has_message_accepted());
}

TEST_F(AttendanceDialogue, AfterARestartItStartsPausedAndAPauseByHandHolds) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ana, "before").has_message_accepted());
    const auto paused = world_->ask(mira, pause_room(room_, "  We take\nten minutes. "));
    EXPECT_EQ(paused.room_card().room().pause_sentence(), "We take ten minutes.") << "cleaned";
    settle();
    EXPECT_EQ(last(ana, v1::Event::kRoomChanged).room_changed().room().pause_sentence(), "We take ten minutes.");
    world_->kill_server();
    EXPECT_EQ(say(ana, "after").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(world_->ask(ana, join(room_, "Ana")).room_joined().room().pause_sentence(), "We take ten minutes.");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_EQ(say(ana, "after").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(world_->ask(mira, resume_talk(room_)).room_card().room().state(), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "at last").has_message_accepted());
    world_->kill_server();
    EXPECT_EQ(say(ana, "again").error().code(), v1::ERROR_CODE_ROOM_PAUSED) << "nobody has come on duty yet";
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ana, "and again").has_message_accepted());
}

TEST_F(AttendanceDialogue, WhyARoomIsPausedIsNowhereInTheClear) {
    furnish([](auto&) {});
    Device& mira = moderator("Mira");
    world_->ask(mira, pause_room(room_, "plainly readable"));
    const auto loaded = world_->ground().disk->load_room({.room = id_from<RoomId>(room_)});
    EXPECT_FALSE(loaded->room.pause_sentence.box.empty());
    const std::string box(as_text(loaded->room.pause_sentence.box));
    EXPECT_EQ(box.find("readable"), std::string::npos);
}

TEST_F(AttendanceDialogue, OpeningHoursPassByThemselves) {
    // Open in the minute that follows the next one.
    furnish([&](v1::RoomSettings& settings) {
        const auto now = std::chrono::floor<std::chrono::minutes>(world_->ground().clock.now().time_since_epoch());
        const auto minute = static_cast<std::uint32_t>((now.count() + 3 * 1'440 + 2) % 10'080);
        auto& span = *settings.add_opening_hours();
        span.set_opens_minute(minute);
        span.set_closes_minute(minute + 1);
        settings.set_closing_words("Sleep well.");
    });
    Device& ana = member("Ana");
    const auto refused = say(ana, "too early").error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_ROOM_OUT_OF_HOURS);
    EXPECT_EQ(refused.help(), house_texts().help.introduction);
    EXPECT_EQ(listed(ana).state(), v1::ROOM_STATE_OUT_OF_HOURS);
    EXPECT_EQ(listed(ana).opens_at_ms(), refused.retry_at_ms());
    world_->pass(from_ms(refused.retry_at_ms()) - world_->ground().clock.now() + Duration{500});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "in time").has_message_accepted());
    world_->pass(Duration{60'000});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OUT_OF_HOURS);
    EXPECT_EQ(say(ana, "too late").error().code(), v1::ERROR_CODE_ROOM_OUT_OF_HOURS);
    EXPECT_TRUE(world_->ask(ana, history(room_, 5)).has_history_page()) << "reading goes on";
}

// ---- the duty view --------------------------------------------------------------------------------------------------

TEST_F(AttendanceDialogue, OnDutyAModeratorLooksAfterThoseTooWhomTheyKeepAwayAndIsToldSo) {
    furnish([](auto&) {});
    Device& mira = moderator("Mira");
    Device& ben = member("Ben");
    const auto token = world_->ask(ben, join(room_, "Ben")).room_joined().you().token();
    EXPECT_TRUE(world_->ask(mira, block({{room_, token}})).has_people_blocked());
    const auto seen = [&](const google::protobuf::RepeatedPtrField<v1::Person>& people) {
        const auto found =
            std::find_if(people.begin(), people.end(), [&](const auto& person) { return person.token() == token; });
        return found == people.end() ? std::string("hidden") : found->kept_away() ? "kept away" : "plain";
    };
    const auto roster = [&](Device& device) {
        v1::Request ask;
        ask.mutable_get_roster()->set_room_id(room_);
        const auto reply = world_->ask(device, ask);
        return seen(reply.roster().people());
    };
    EXPECT_EQ(roster(mira), "hidden");
    EXPECT_TRUE(say(ben, "before").has_message_accepted());
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    settle();
    EXPECT_EQ(roster(mira), "kept away");
    const auto told = last(mira, v1::Event::kRosterChanged);
    EXPECT_EQ(seen(told.roster_changed().people()), "kept away") << "without being asked for";
    EXPECT_TRUE(say(ben, "while on duty").has_message_accepted());
    settle();
    ASSERT_FALSE(mira.log.empty());
    EXPECT_EQ(mira.log.back(), "+while on duty");
    EXPECT_EQ(world_->ask(mira, history(room_, 5)).history_page().messages_size(), 2) << "and what was said before";
    EXPECT_TRUE(world_->ask(mira, go_off_duty(room_)).has_done());
    const auto heard_before = mira.log;
    EXPECT_TRUE(say(ben, "afterwards").has_message_accepted());
    settle();
    EXPECT_EQ(roster(mira), "hidden");
    EXPECT_EQ(world_->ask(mira, history(room_, 5)).history_page().messages_size(), 0);
    EXPECT_EQ(mira.log, heard_before);
    EXPECT_EQ(roster(ben), "plain") << "nobody else is told";
}

TEST_F(AttendanceDialogue, OnDutyADeviceThatDoesNotListenIsShownItsOwnersViewAndIsAnswered) {
    furnish([](auto&) {});
    Device& mira = moderator("Mira");
    Device& ben = member("Ben");
    const auto token = world_->ask(ben, join(room_, "Ben")).room_joined().you().token();
    EXPECT_TRUE(world_->ask(mira, block({{room_, token}})).has_people_blocked());
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ben, "while on duty").has_message_accepted());
    settle();
    EXPECT_EQ(world_->ask(mira, history(room_, 5)).history_page().messages_size(), 1);
    Device& other = second_device_of(mira, "");
    const auto page = world_->ask(other, history(room_, 5));
    ASSERT_TRUE(page.has_history_page());
    EXPECT_EQ(page.history_page().messages_size(), 0);
}

TEST_F(AttendanceDialogue, X3OnDutyNobodyFindsOutWhoBlockedThem) {
    furnish([](auto&) {});
    Device& mira = moderator("Mira");
    Device& ben = member("Ben");
    const auto token = world_->ask(mira, join(room_, "Mira")).room_joined().you().token();
    EXPECT_TRUE(world_->ask(ben, block({{room_, token}})).has_people_blocked());
    world_->pass(Duration{120'000});
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ben, "unheard").has_message_accepted());
    settle();
    v1::Request ask;
    ask.mutable_get_roster()->set_room_id(room_);
    EXPECT_EQ(world_->ask(mira, ask).roster().people_size(), 1);
    EXPECT_EQ(world_->ask(mira, history(room_, 5)).history_page().messages_size(), 0);
}

// The two worlds of X3 for a moderator: a roster that shows at once who leaves must show at once who blocks, too, long
// before the next tick.
TEST_F(AttendanceDialogue, X3OnDutyABlockIsSeenInTheMomentInWhichLeavingWouldBe) {
    enum class Turn { blocks, leaves };
    const auto life = [&](Turn turn) {
        furnish([](auto&) {});
        Device& mira = moderator("Mira");
        Device& ben = member("Ben");
        const auto token = world_->ask(mira, join(room_, "Mira")).room_joined().you().token();
        EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
        world_->pass(Duration{120'000});
        mira.heard.clear();
        const auto done = world_->ask(ben, turn == Turn::blocks ? block({{room_, token}}) : leave(room_));
        EXPECT_FALSE(done.has_error()) << done.ShortDebugString();
        settle();
        Lines rosters;
        for (const auto& event : mira.heard) {
            EXPECT_TRUE(event.has_roster_changed());
            rosters.emplace_back();
            for (const auto& person : event.roster_changed().people()) rosters.back() += person.name();
        }
        return rosters;
    };
    EXPECT_EQ(life(Turn::leaves), Lines{"Mira"});
    EXPECT_EQ(life(Turn::blocks), Lines{"Mira"});
}

}  // namespace
}  // namespace kindroom::sim
