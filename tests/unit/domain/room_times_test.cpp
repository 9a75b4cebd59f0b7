// When things happened: a time of darkness between two people holds even if the clock is set back.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const TimePoint noon = from_ms(1'000'000'000);

struct TimedTalk {
    TimedTalk() : room(the_room, {.topic = "Time", .seats = 9}, RoomState::open, Position{0}, limits) {
        room.apply(MemberJoined{ana.account, Member{.person = ana.person()}});
    }
    RoomStep post(TimePoint now) {
        const auto id = an_id<MessageId>(static_cast<std::uint64_t>(room.head()) + 1);
        const auto step = room.decide_post({.room = the_room, .text = "words"}, ana.asker(), ana.person(), id, now);
        room.apply(*step);
        return *step;
    }
    Limits limits;
    Room room;
};

TEST(RoomTimes, APostHappensWhereAndWhenItsMessageStands) {
    TimedTalk talk;
    const RoomStep step = talk.post(noon);
    EXPECT_EQ(step.at, noon);
    EXPECT_EQ(step.about_at, noon);
    EXPECT_EQ(step.about, step.position);
    EXPECT_EQ(std::get<MessagePosted>(step.what).message.posted_at, noon);
}

TEST(RoomTimes, EditsAndRetractionsHappenNowAndConcernTheTimeOfTheMessage) {
    TimedTalk talk;
    const RoomStep posted = talk.post(noon);
    const Message message = std::get<MessagePosted>(posted.what).message;
    const auto edited = talk.room.decide_edit({.room = the_room, .message = message.id, .text = "others"}, ana.asker(),
                                              &message, noon + 1min);
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->at, noon + 1min);
    EXPECT_EQ(edited->about_at, noon);
    const auto retracted =
        talk.room.decide_retract({.room = the_room, .message = message.id}, ana.asker(), noon + 2min);
    EXPECT_EQ((*retracted)->at, noon + 2min);
    EXPECT_EQ((*retracted)->about_at, noon);
}

TEST(RoomTimes, X3AClockThatIsSetBackLightsNoDarkness) {
    TimedTalk talk;
    talk.post(noon);
    // Ben is blocked at noon; then the clock jumps an hour back.
    const RoomStep step = talk.post(noon - 1h);
    EXPECT_EQ(step.at, noon);
    EXPECT_EQ(step.about_at, noon);
    const Somebody later_unblocked = ben.apart_from(ana, chosen(noon, noon + 1h));
    EXPECT_FALSE((View{*later_unblocked.visibility(), the_room, Horizon{}}.shows(step)));

    const Message message = std::get<MessagePosted>(step.what).message;
    const auto edited = talk.room.decide_edit({.room = the_room, .message = message.id, .text = "others"}, ana.asker(),
                                              &message, noon - 2h);
    EXPECT_EQ(edited->at, noon);
    const auto retracted = talk.room.decide_retract({.room = the_room, .message = message.id}, ana.asker(), noon - 2h);
    EXPECT_EQ((*retracted)->at, noon);
}

TEST(RoomTimes, ARoomThatIsLoadedGoesOnFromItsNewestStep) {
    TimedTalk talk;
    talk.room.restore_last_at(noon);
    talk.room.restore_last_at(noon - 1h);
    EXPECT_EQ(talk.post(noon - 1min).at, noon);
    EXPECT_EQ(talk.post(noon + 1min).at, noon + 1min);
}

TEST(RoomTimes, WhoeverLeavesIsKnownToHaveLeftThen) {
    TimedTalk talk;
    talk.room.apply(*talk.room.decide_leave(ana.account, noon));
    EXPECT_EQ(talk.room.ever_member(ana.account)->left_at, noon);
    talk.room.apply(*talk.room.decide_join(ana.asker(), ana.person(), noon + 1h));
    EXPECT_EQ(talk.room.member(ana.account)->left_at, TimePoint{}) << "is in again";
}

}  // namespace
}  // namespace kindroom::domain::test
