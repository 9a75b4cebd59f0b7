// Many who turn to one person at once, as each author sees it.
#include <gtest/gtest.h>
#include <vector>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

class PiledOn : public ::testing::Test {
  protected:
    PiledOn() : talk({.topic = "Grief", .seats = 50}, limits_of_two()) {
        for (const auto& who : {ana, ben, cleo, dora, emil}) EXPECT_TRUE(talk.join(who));
        target = *talk.post(ana, "I cannot sleep");
    }
    static Limits limits_of_two() {
        Limits limits;
        limits.pile_on_people_max = 2;
        return limits;
    }
    Result<MessageId> mention(const Somebody& who) {
        return talk.post(who, PostMessage{.room = the_room, .text = "you", .mentions = {ana.token()}});
    }

    const Somebody dora{an_id<AccountId>(4), "Dora"};
    const Somebody emil{an_id<AccountId>(5), "Emil"};
    RoomDialogue talk;
    MessageId target;
};

TEST_F(PiledOn, SoManyAsTheLimitMayTurnToOnePersonAndAnotherOneWaits) {
    ASSERT_TRUE(talk.answer(ben, target, "nor I"));
    const TimePoint first = talk.now();
    talk.pass(10s);
    ASSERT_TRUE(mention(cleo));
    const auto refused = talk.answer(dora, target, "nor I");
    EXPECT_EQ(refused.error(), refuse_until(Errc::many_to_one, first + talk.limits.pile_on_window))
        << "pile_on_people_max";
    EXPECT_EQ(refusal(mention(dora)), Errc::many_to_one) << "a mention is no way around it";
    EXPECT_TRUE(talk.post(dora, "I am here too")) << "what turns to nobody is always welcome";
    talk.pass(talk.limits.pile_on_window - 10s);
    EXPECT_TRUE(talk.answer(dora, target, "nor I"));
}

TEST_F(PiledOn, TwoMayGoOnTalkingAsLongAsTheyLike) {
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(talk.answer(ben, target, "and then?"));
        ASSERT_TRUE(talk.answer(ana, target, "and then"));
    }
}

TEST_F(PiledOn, WhoLooksAfterTheRoomAnswersAnybody) {
    ASSERT_TRUE(talk.answer(ben, target, "one"));
    ASSERT_TRUE(talk.answer(cleo, target, "two"));
    talk.room.attendance().go_on_duty(dora.account, talk.now());
    EXPECT_TRUE(talk.answer(dora.moderating(), target, "all well?"));
}

TEST_F(PiledOn, X3Look30WordsThatAreHiddenFromAnAuthorDoNotSlowThem) {
    // Cleo has blocked Emil: what she says does not reach him, and must not be felt either.
    const Somebody held_off = emil.apart_from(cleo, met(talk.now(), talk.room.head()));
    ASSERT_TRUE(talk.answer(ben, target, "one"));
    ASSERT_TRUE(talk.answer(cleo, target, "two"));
    EXPECT_EQ(refusal(talk.answer(dora, target, "three")), Errc::many_to_one);
    EXPECT_TRUE(talk.answer(held_off, target, "three"));
}

TEST_F(PiledOn, X3Look14LinksThatAreHiddenFromAnAuthorDoNotSlowThem) {
    // Ana has blocked Emil, who keeps the words that had reached him: new links to her new words he does not see.
    const Somebody held_off = emil.apart_from(ana, met(talk.now(), talk.room.head()));
    const MessageId later = *talk.post(ana, "still awake");
    ASSERT_TRUE(talk.answer(ben, later, "one"));
    ASSERT_TRUE(talk.answer(cleo, later, "two"));
    EXPECT_EQ(refusal(talk.answer(dora, target, "three")), Errc::many_to_one);
    EXPECT_TRUE(talk.answer(held_off, target, "three")) << "as if she had left: her old words can be answered";
}

TEST_F(PiledOn, X3WhatOneDoesPushesOutNothingThatOthersDid) {
    ASSERT_TRUE(talk.answer(ben, target, "one"));
    ASSERT_TRUE(talk.answer(cleo, target, "two"));
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(talk.answer(cleo, target, "and two"));
    EXPECT_EQ(refusal(talk.answer(dora, target, "three")), Errc::many_to_one);
}

TEST_F(PiledOn, AfterARestartTheCrowdIsStillThere) {
    std::vector<RoomStep> turns;
    for (const Somebody* one : {&ben, &cleo}) {
        ASSERT_TRUE(talk.answer(*one, target, "nor I"));
        turns.push_back(talk.last);
    }
    for (const Duration since : {Duration{0}, talk.limits.pile_on_window}) {
        RoomDialogue anew({.topic = "Grief", .seats = 50}, talk.limits);
        for (const auto& who : {ana, dora}) ASSERT_TRUE(anew.join(who));
        ASSERT_EQ(*anew.post(ana, "I cannot sleep"), target);
        for (const RoomStep& turn : turns) anew.room.restore_turns(turn, turn.at + since);
        EXPECT_EQ(refusal(anew.answer(dora, target, "nor I")), since == Duration{0} ? Errc::many_to_one : nothing);
    }
}

}  // namespace
}  // namespace kindroom::domain::test
