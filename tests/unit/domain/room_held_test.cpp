// Posts that take a breath: accepted at once, shown later, cancelled without a trace.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

PostMessage with_breath(std::string text, Duration breath = 20s) {
    return {.room = the_room, .text = std::move(text), .breath = breath};
}

struct Breath : ::testing::Test {
    Breath() {
        EXPECT_TRUE(talk.join(ana));
        EXPECT_TRUE(talk.join(ben));
    }
    RoomDialogue talk;
};

TEST_F(Breath, WhatIsHeldHasNoPlaceYet) {
    const auto held = talk.hold(ana, with_breath("slowly"));
    ASSERT_TRUE(held);
    EXPECT_EQ(talk.room.head(), Position{0});
    EXPECT_FALSE(talk.room.knows(*held)) << "nobody can answer, hear or edit it";
    EXPECT_EQ(talk.room.next_due(), talk.now() + 20s);
    EXPECT_TRUE(talk.room.due(talk.now() + 20s - 1ms).empty());
    EXPECT_EQ(talk.room.due(talk.now() + 20s), std::vector{*held});
}

TEST_F(Breath, WhenItIsOverItTakesTheNewestPlaceAndTheTimeOfThatMoment) {
    const auto held = talk.hold(ana, with_breath("slowly"));
    ASSERT_TRUE(talk.post(ben, "meanwhile"));
    talk.pass(20s);
    const auto message = talk.release(*held);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->text, "slowly");
    EXPECT_EQ(message->position, Position{2});
    EXPECT_EQ(message->posted_at, talk.now());
    EXPECT_EQ(talk.last.at, talk.now());
    EXPECT_EQ(talk.room.held(*held), nullptr);
    EXPECT_TRUE(talk.room.knows(*held));
    EXPECT_EQ(talk.room.next_due(), never);
}

TEST_F(Breath, TheyAppearInTheOrderInWhichTheyAreDue) {
    const auto longer = talk.hold(ana, with_breath("longer", 30s));
    const auto shorter = talk.hold(ana, with_breath("shorter", 10s));
    EXPECT_EQ(talk.room.due(talk.now() + 1min), (std::vector{*shorter, *longer}));
    EXPECT_EQ(talk.room.held_by(ana.account).size(), 2u);
    EXPECT_TRUE(talk.room.held_by(ben.account).empty());
}

TEST_F(Breath, AllThatRefusesAPostRefusesItAtOnce) {
    EXPECT_EQ(refusal(talk.hold(cleo, with_breath("hello"))), Errc::not_in_room);
    EXPECT_EQ(refusal(talk.hold(ana, with_breath(" "))), Errc::text_empty);
    EXPECT_TRUE(talk.hold(ana, with_breath("longest", talk.limits.breath_max)));
    const auto too_long = talk.hold(ana, with_breath("longer still", talk.limits.breath_max + 1ms));
    EXPECT_EQ(refusal(too_long), Errc::invalid_argument);
    EXPECT_STREQ(too_long.error().field, "breath_ms");
    EXPECT_EQ(refusal(talk.post(ana, with_breath("never", -1ms))), Errc::invalid_argument);
}

TEST_F(Breath, TheRoleVoiceTakesNone) {
    talk.room.attendance().go_on_duty(ana.account, talk.now());
    PostMessage command = with_breath("all well?");
    command.voice = Voice::moderator;
    EXPECT_EQ(refusal(talk.hold(ana.moderating(), command)), Errc::invalid_argument);
}

TEST_F(Breath, CancelledItIsAsIfItHadNeverBeen) {
    const auto held = talk.hold(ana, with_breath("no"));
    talk.room.forget_held(*held);
    EXPECT_TRUE(talk.room.due(talk.now() + 1min).empty());
    ASSERT_TRUE(talk.post(ben, "hello"));
    EXPECT_EQ(talk.last.position, Position{1}) << "no gap";
}

TEST_F(Breath, AfterLeavingItIsNotShown) {
    const auto held = talk.hold(ana, with_breath("slowly"));
    talk.leave(ana);
    EXPECT_EQ(refusal(talk.release(*held)), Errc::not_in_room);
    EXPECT_NE(talk.room.held(*held), nullptr) << "to be given back";
}

TEST_F(Breath, InARoomThatClosedMeanwhileItIsNotShown) {
    const auto held = talk.hold(ana, with_breath("slowly"));
    talk.room.apply(RoomClosed{});
    EXPECT_EQ(refusal(talk.release(*held)), Errc::room_unavailable);
}

TEST_F(Breath, InARoomThatIsPausedItIsNotShown) {
    Room paused(the_room, {.topic = "Quiet", .seats = 2}, RoomState::paused, Position{0}, talk.limits);
    paused.restore(ana.account, Member{.person = ana.person()});
    Message message{.id = an_id<MessageId>(5), .author_account = ana.account, .author = ana.person(), .text = "x"};
    paused.apply(PostHeld{.message = message, .due_at = talk.now()});
    EXPECT_EQ(refusal(paused.decide_release(message.id, talk.now())), Errc::room_paused);
}

TEST_F(Breath, ItsLinkIsThatOfTheMomentInWhichItIsShown) {
    const auto stays = talk.post(ben, "hello");
    const auto goes = talk.post(ben, "oh no");
    PostMessage to_stays = with_breath("to that");
    to_stays.reply_to = *stays;
    PostMessage to_goes = with_breath("to what goes");
    to_goes.reply_to = *goes;
    const auto linked = talk.hold(ana, to_stays);
    const auto unlinked = talk.hold(ana, to_goes);
    ASSERT_TRUE(*talk.retract(ben, *goes));
    talk.pass(20s);
    const auto shown = talk.release(*linked);
    EXPECT_EQ(shown->reply_to, *stays);
    EXPECT_EQ(shown->reply_to_author, ben.account);
    EXPECT_EQ(shown->reply_to_position, Position{1});
    EXPECT_EQ(talk.release(*unlinked)->reply_to, std::nullopt);
}

TEST_F(Breath, ARepetitionIsToldTheSameMoment) {
    PostMessage command = with_breath("slowly");
    command.client_key = an_id<ClientKey>(5);
    const auto held = talk.hold(ana, command);
    const TimePoint due = talk.now() + 20s;
    talk.room.remember(ana.account, command.client_key,
                       {.digest = an_id<SecretHash>(1), .message = *held, .posted_at = talk.now(), .appears_at = due});
    const auto again = talk.room.repeated(ana.account, command, an_id<SecretHash>(1));
    EXPECT_EQ((*again)->message, *held);
    EXPECT_EQ((*again)->appears_at, due);
}

}  // namespace
}  // namespace kindroom::domain::test
