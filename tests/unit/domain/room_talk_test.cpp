// What may be said in a room, edited, taken back, and answered.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

SecretHash digest(std::uint64_t number) { return an_id<SecretHash>(number); }

TEST(RoomTalk, StepsFollowOneAnotherWithoutHoles) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    const auto first = talk.post(ana, "one");
    EXPECT_EQ(talk.last.position, Position{1});
    ASSERT_TRUE(talk.edit(ana, *first, "One"));
    EXPECT_EQ(talk.last.position, Position{2});
    EXPECT_EQ(talk.last.about, Position{1}) << "an edit is seen by those who see the message";
    ASSERT_TRUE(*talk.retract(ana, *first));
    EXPECT_EQ(talk.last.position, Position{3});
    EXPECT_EQ(talk.room.head(), Position{3});
}

TEST(RoomTalk, DecidingChangesNothing) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    const PostMessage command{.room = the_room, .text = "hello"};
    ASSERT_TRUE(talk.room.decide_post(command, ana.asker(), ana.person(), an_id<MessageId>(1), talk.now()));
    EXPECT_EQ(talk.room.head(), Position{0});
    EXPECT_FALSE(talk.room.knows(an_id<MessageId>(1)));
}

TEST(RoomTalk, OnlyMembersSpeak) {
    RoomDialogue talk;
    EXPECT_EQ(refusal(talk.post(ana, "hello")), Errc::not_in_room);
    ASSERT_TRUE(talk.join(ana));
    EXPECT_TRUE(talk.post(ana, "hello"));
    talk.leave(ana);
    EXPECT_EQ(refusal(talk.post(ana, "goodbye")), Errc::not_in_room);
}

TEST(RoomTalk, APausedRoomTakesNoPostsButRetractions) {
    const Limits limits;
    Room paused(the_room, {.topic = "Quiet", .seats = 2}, RoomState::paused, Position{1}, limits);
    paused.restore(ana.account, Member{.joined = true, .joined_after = {}, .person = ana.person()});
    paused.remember(an_id<MessageId>(1), Spoken{.author = ana.account, .position = Position{1}});
    const auto posted = paused.decide_post({.room = the_room, .text = "x"}, ana.asker(), ana.person(),
                                           an_id<MessageId>(2), TimePoint{});
    EXPECT_EQ(refusal(posted), Errc::room_paused);
    const auto edited = paused.decide_edit({.room = the_room, .message = an_id<MessageId>(1), .text = "y"}, ana.asker(),
                                           nullptr, TimePoint{});
    EXPECT_EQ(refusal(edited), Errc::room_paused);
    EXPECT_TRUE(*paused.decide_retract({.room = the_room, .message = an_id<MessageId>(1)}, ana.asker(), TimePoint{}));
}

TEST(RoomTalk, EmptyAndOverlongTextsAreRefused) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    EXPECT_EQ(refusal(talk.post(ana, " \t\n")), Errc::text_empty);
    std::string longest;
    for (std::uint32_t i = 0; i < talk.limits.text_code_points_max; ++i) longest += "\xc3\xa9";
    EXPECT_TRUE(talk.post(ana, longest)) << "counted in code points, not bytes";
    EXPECT_EQ(refusal(talk.post(ana, longest + "e")), Errc::text_too_long);
}

TEST(RoomTalk, TheRoleVoiceIsForThoseOnDuty) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana.moderating()));
    EXPECT_EQ(refusal(talk.post(ana.moderating(), "all well?", Voice::moderator)), Errc::not_allowed);
    talk.room.attendance().go_on_duty(ana.account, talk.now());
    EXPECT_TRUE(talk.post(ana.moderating(), "all well?", Voice::moderator));
    EXPECT_EQ(talk.last.voice, Voice::moderator);
    EXPECT_EQ(refusal(talk.post(ana, "still here", Voice::moderator)), Errc::not_allowed)
        << "a role that was taken away takes its voice along";
}

TEST(RoomTalk, EditsAreForTheAuthorAndForAWhile) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    const auto message = talk.post(ana, "helo");
    EXPECT_EQ(refusal(talk.edit(ben, *message, "hello")), Errc::message_gone) << "one answer for every cause";
    EXPECT_EQ(refusal(talk.edit(ana, an_id<MessageId>(99), "hello")), Errc::message_gone);
    EXPECT_EQ(refusal(talk.edit(ana, *message, "")), Errc::text_empty);
    talk.pass(talk.limits.edit_window);
    EXPECT_TRUE(talk.edit(ana, *message, "hello")) << "the last moment";
    talk.pass(1ms);
    EXPECT_EQ(refusal(talk.edit(ana, *message, "hello!")), Errc::edit_too_late);
    EXPECT_TRUE(*talk.retract(ana, *message)) << "taking back is always possible";
    EXPECT_EQ(refusal(talk.edit(ana, *message, "hello")), Errc::message_gone);
}

TEST(RoomTalk, RetractingIsDoneOnceAndAlwaysReadsAsDone) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    const auto message = talk.post(ana, "hello");
    EXPECT_FALSE(*talk.retract(ben, *message)) << "somebody else's: nothing happens";
    EXPECT_TRUE(*talk.retract(ana, *message));
    EXPECT_FALSE(*talk.retract(ana, *message));
    EXPECT_EQ(refusal(talk.retract(cleo, *message)), Errc::not_in_room);
}

TEST(RoomTalk, OnesOwnWordsCanBeTakenBackAfterLeaving) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    const auto message = talk.post(ana, "hello");
    talk.leave(ana);
    EXPECT_TRUE(*talk.retract(ana, *message));
}

TEST(RoomTalk, ALinkIsKeptOnlyToWhatTheAuthorCanSee) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    const auto before = talk.post(ana, "before Ben came");
    ASSERT_TRUE(talk.join(ben));
    const auto after = talk.post(ana, "with Ben here");

    ASSERT_TRUE(talk.answer(ben, *after, "to that"));
    EXPECT_EQ(talk.last_message().reply_to, *after);
    EXPECT_EQ(talk.last_message().reply_to_author, ana.account);
    ASSERT_TRUE(talk.answer(ben, *before, "to what I cannot see"));
    EXPECT_EQ(talk.last_message().reply_to, std::nullopt) << "dropped without a word";
    ASSERT_TRUE(talk.answer(ben, an_id<MessageId>(99), "to nothing"));
    EXPECT_EQ(talk.last_message().reply_to, std::nullopt);
    ASSERT_TRUE(*talk.retract(ana, *after));
    ASSERT_TRUE(talk.answer(ben, *after, "to what is gone"));
    EXPECT_EQ(talk.last_message().reply_to, std::nullopt);
}

TEST(RoomTalk, ARepeatedPostHasTheSameAnswerAndAnotherBodyDoesNotFit) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    const PostMessage command{.room = the_room, .client_key = an_id<ClientKey>(5), .text = "once"};
    EXPECT_FALSE(*talk.room.repeated(ana.account, command, digest(1)));
    const auto message = talk.post(ana, command);
    talk.room.remember(ana.account, command.client_key, {digest(1), *message, talk.now()});

    const auto again = talk.room.repeated(ana.account, command, digest(1));
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->message, *message);
    EXPECT_EQ(refusal(talk.room.repeated(ana.account, command, digest(2))), Errc::idempotency_mismatch);
    EXPECT_FALSE(*talk.room.repeated(ben.account, command, digest(1))) << "keys are each author's own";
    talk.room.remember(ana.account, an_id<ClientKey>(6), {{}, *message, talk.now()});
    const PostMessage old{.room = the_room, .client_key = an_id<ClientKey>(6), .text = "what was it?"};
    EXPECT_TRUE(*talk.room.repeated(ana.account, old, digest(3))) << "nobody knows any more what it asked";

    talk.leave(ana);
    EXPECT_TRUE(*talk.room.repeated(ana.account, command, digest(1))) << "answered alike in every state";
    talk.room.forget_old_posts(talk.now() + talk.limits.idempotency_kept);
    EXPECT_TRUE(*talk.room.repeated(ana.account, command, digest(1)));
    talk.room.forget_old_posts(talk.now() + talk.limits.idempotency_kept + 1ms);
    EXPECT_FALSE(*talk.room.repeated(ana.account, command, digest(1)));
}

TEST(RoomTalk, NewcomersGoALittleSlower) {
    RoomDialogue talk;
    const auto posts_at_once = [&](const Somebody& who) {
        std::uint32_t count = 0;
        while (talk.room.charge_post(who.asker(), talk.now())) ++count;
        return count;
    };
    EXPECT_EQ(posts_at_once(ana), talk.limits.posts_burst);
    EXPECT_EQ(posts_at_once(ben.as_newcomer()), talk.limits.newcomer_posts_burst);
    const auto refused = talk.room.charge_post(ana.asker(), talk.now());
    EXPECT_EQ(refusal(refused), Errc::rate_limited);
    EXPECT_EQ(refused.error().retry_at, talk.now() + talk.limits.post_every);
}

TEST(RoomTalk, SlowModeAsksForAPauseExceptFromThoseOnDuty) {
    RoomDialogue talk({.topic = "Slow", .slow_mode = 30s, .seats = 12});
    ASSERT_TRUE(talk.room.charge_slow_mode(ana.account, talk.now()));
    const auto refused = talk.room.charge_slow_mode(ana.account, talk.now());
    EXPECT_EQ(refusal(refused), Errc::slow_mode);
    EXPECT_EQ(refused.error().retry_at, talk.now() + 30s);
    EXPECT_TRUE(talk.room.charge_slow_mode(ben.account, talk.now())) << "each has a pace of their own";
    talk.pass(30s);
    EXPECT_TRUE(talk.room.charge_slow_mode(ana.account, talk.now()));
    talk.room.attendance().go_on_duty(ana.account, talk.now());
    EXPECT_TRUE(talk.room.charge_slow_mode(ana.account, talk.now()));
}

TEST(RoomTalk, ARestartMakesNobodyFaster) {
    RoomDialogue talk({.topic = "Slow", .slow_mode = 30s, .seats = 12});
    talk.room.restore_pace(ana.account, talk.now() - 10s, talk.now());
    talk.room.restore_pace(ana.account, talk.now() - 40s, talk.now());
    EXPECT_EQ(talk.room.charge_slow_mode(ana.account, talk.now()).error(),
              refuse_until(Errc::slow_mode, talk.now() + 20s));
    talk.pass(20s);
    EXPECT_TRUE(talk.room.charge_slow_mode(ana.account, talk.now()));
}

TEST(RoomTalk, TheRoomRemembersOnlyItsNewestMessages) {
    Limits few;
    few.window_steps = 3;
    RoomDialogue talk({.topic = "Short", .seats = 12}, few);
    ASSERT_TRUE(talk.join(ana));
    const auto first = talk.post(ana, "first");
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(talk.post(ana, "more"));
    EXPECT_TRUE(talk.room.knows(*first));
    ASSERT_TRUE(talk.post(ana, "one more"));
    EXPECT_FALSE(talk.room.knows(*first)) << "to be looked up in the store";
}

}  // namespace
}  // namespace kindroom::domain::test
