// Rooms that never run unattended, as those who are in them meet it.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const Somebody mira = Somebody{an_id<AccountId>(10), "Mira"}.moderating();

TEST(RoomAttendance, APausedRoomTakesNoWordsAndLetsEverythingElseBe) {
    RoomDialogue talk({.topic = "Night", .seats = 5, .needs_moderator = true});
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(mira));
    EXPECT_EQ(refusal(talk.post(ana, "hello?")), Errc::room_paused);
    talk.room.attendance().go_on_duty(mira.account, talk.now());
    const MessageId said = *talk.post(ana, "hello");
    talk.leave(mira);
    talk.pass(talk.limits.unattended_grace + talk.limits.winding_down - 1ms);
    EXPECT_TRUE(talk.post(ana, "bye"));
    talk.pass(1ms);
    EXPECT_EQ(refusal(talk.post(ana, "too late")), Errc::room_paused);
    EXPECT_EQ(refusal(talk.edit(ana, said, "too late")), Errc::room_paused);
    EXPECT_TRUE(*talk.retract(ana, said)) << "taking back one's words works always (X6)";
    talk.leave(ana);
    EXPECT_EQ(talk.room.member(ana.account), nullptr);
}

TEST(RoomAttendance, TurningTheNeedOnLeavesTimeToCome) {
    RoomDialogue talk({.topic = "Night", .seats = 5});
    ASSERT_TRUE(talk.join(ana));
    talk.pass(1h);
    talk.room.apply(
        *talk.room.decide_change({.topic = "Night", .needs_moderator = true}, mira.standing, talk.now()));
    EXPECT_TRUE(talk.post(ana, "still here"));
    talk.pass(talk.limits.unattended_grace + talk.limits.winding_down);
    EXPECT_EQ(refusal(talk.post(ana, "too late")), Errc::room_paused);
}

TEST(RoomAttendance, WhoeverPausesSaysWhy) {
    RoomDialogue talk;
    EXPECT_EQ(refusal(talk.room.decide_pause("why", ana.standing)), Errc::not_allowed);
    EXPECT_EQ(refusal(talk.room.decide_pause(" ", mira.standing)), Errc::text_empty);
    const std::string longest(talk.limits.sentence_code_points_max, 'x');
    EXPECT_TRUE(talk.room.decide_pause(longest, mira.standing));
    EXPECT_EQ(refusal(talk.room.decide_pause(longest + "x", mira.standing)), Errc::text_too_long);
    talk.room.apply(*talk.room.decide_pause("A break.", mira.standing));
    EXPECT_EQ(talk.room.card(true, talk.now()).pause_sentence, "A break.");
    EXPECT_EQ(refusal(talk.room.decide_resume(ana.standing)), Errc::not_allowed);
    talk.room.apply(*talk.room.decide_resume(mira.standing));
    EXPECT_EQ(talk.room.card(true, talk.now()).state, RoomState::open);
}

TEST(RoomAttendance, WhyOneListensIsWhatLastsLongest) {
    Member member{.listens_until = from_ms(1'000)};
    member.listen_in_wave(from_ms(1'000));
    EXPECT_EQ(member.listen_cause, ListenCause::first_visit);
    member.listen_in_wave(from_ms(1'001));
    EXPECT_EQ(member.listen_cause, ListenCause::wave);
    EXPECT_EQ(member.listens_until, from_ms(1'001));
}

// In one world Nora has blocked Mira, in the other she has left: Mira is alone in both, and may do the same. Whom Mira
// has blocked she sees on duty, so there she is not alone.
TEST(RoomAttendance, X3WhoeverIsAloneOnDutyAsFarAsTheyAreShownIsAlone) {
    const Somebody nora = Somebody{an_id<AccountId>(11), "Nora"}.moderating();
    RoomDialogue talk;
    for (const Somebody& who : {mira, nora}) {
        ASSERT_TRUE(talk.join(who));
        EXPECT_FALSE(talk.room.is_alone_on_duty(who.asker(), talk.now())) << "not on duty";
        talk.room.attendance().go_on_duty(who.account, talk.now());
    }
    const auto is_alone = [&](const Somebody& who) {
        Asker asker = who.asker();
        asker.visibility = std::make_shared<const Visibility>(asker.visibility->on_duty());
        return talk.room.is_alone_on_duty(asker, talk.now());
    };
    EXPECT_FALSE(is_alone(mira));
    EXPECT_TRUE(is_alone(mira.apart_from(nora, met(talk.now(), talk.room.head())))) << "from that millisecond on";
    EXPECT_FALSE(is_alone(mira.apart_from(nora, chosen(talk.now()))));
    talk.leave(nora);
    EXPECT_TRUE(is_alone(mira));
}

TEST(RoomAttendance, NobodyLooksAfterADirectRoom) {
    RoomDialogue talk({.topic = "", .kind = RoomKind::direct, .seats = 2});
    EXPECT_EQ(refusal(talk.room.decide_pause("why", mira.standing)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.decide_resume(mira.standing)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.decide_policy(JoinPolicy::knock, mira.standing, talk.now())), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.may_knock(ana.asker(), talk.now())), Errc::room_unavailable);
}

// ---- newcomers ------------------------------------------------------------------------------------------------------

TEST(RoomAttendance, AFirstVisitBeginsWithListening) {
    RoomDialogue talk({.topic = "Grief", .seats = 5, .listen_only = 30s});
    ASSERT_TRUE(talk.join(ana));
    const TimePoint until = talk.now() + 30s;
    const auto refused = talk.post(ana, "hello");
    EXPECT_EQ(refused.error(), refuse_until(Errc::listen_only, until));
    talk.leave(ana);
    talk.pass(10s);
    ASSERT_TRUE(talk.join(ana));
    EXPECT_EQ(talk.post(ana, "hello").error(), refuse_until(Errc::listen_only, until)) << "no way around it, nor again";
    talk.pass(20s);
    EXPECT_TRUE(talk.post(ana, "hello"));
    talk.leave(ana);
    ASSERT_TRUE(talk.join(ana));
    EXPECT_TRUE(talk.post(ana, "back again"));
}

TEST(RoomAttendance, WhoLooksAfterTheRoomSpeaksAtOnce) {
    RoomDialogue talk({.topic = "Grief", .seats = 5, .listen_only = 30s});
    ASSERT_TRUE(talk.join(mira));
    EXPECT_TRUE(talk.post(mira, "welcome"));
}

TEST(RoomAttendance, AModeratorLetsThemSpeakSooner) {
    RoomDialogue talk({.topic = "Grief", .seats = 5, .listen_only = 30s});
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(talk.room.listeners(ben.token(), talk.now()), std::vector{ben.account});
    for (const AccountId one : talk.room.listeners(ben.token(), talk.now())) talk.room.let_speak(one);
    EXPECT_TRUE(talk.post(ben, "hello"));
    EXPECT_EQ(talk.room.listeners(std::nullopt, talk.now()), std::vector{ana.account});
}

TEST(RoomAttendance, AWaveListensAndIsNotThrownOut) {
    Limits limits;
    limits.wave_joins_max = 2;
    RoomDialogue talk({.topic = "Grief", .seats = 9}, limits);
    const Somebody regular{an_id<AccountId>(20), "Rosa"};
    ASSERT_TRUE(talk.join(regular));
    talk.pass(1h);
    for (const auto& who : {ana, ben}) ASSERT_TRUE(talk.join(who));
    EXPECT_TRUE(talk.post(ana, "two are no wave"));
    ASSERT_TRUE(talk.join(cleo));
    for (const auto& who : {ana, ben, cleo})
        EXPECT_EQ(talk.post(who, "here we are").error(),
                  refuse_until(Errc::listen_only, talk.now() + limits.wave_listen_only));
    EXPECT_TRUE(talk.post(regular, "what is this?"));
    talk.pass(limits.wave_listen_only);
    EXPECT_TRUE(talk.post(cleo, "sorry"));
}

TEST(RoomAttendance, AModeratorIsNoPartOfAWave) {
    Limits limits;
    limits.wave_joins_max = 1;
    RoomDialogue talk({.topic = "Grief", .seats = 9}, limits);
    ASSERT_TRUE(talk.join(mira));
    ASSERT_TRUE(talk.join(ana));
    EXPECT_TRUE(talk.post(ana, "hello"));
    EXPECT_TRUE(talk.post(mira, "hello"));
}

// ---- the door -------------------------------------------------------------------------------------------------------

TEST(RoomAttendance, IntoARoomWithAKnockerOneComesByBeingLetIn) {
    RoomDialogue talk({.topic = "Grief", .join_policy = JoinPolicy::knock, .seats = 5});
    ASSERT_TRUE(talk.join(mira)) << "whoever looks after it needs no door";
    EXPECT_EQ(refusal(talk.join(ana)), Errc::room_unavailable);
    ASSERT_TRUE(talk.room.may_knock(ana.asker(), talk.now()));
    talk.room.door().knock(ana.account, ana.person(), talk.now());
    EXPECT_EQ(refusal(talk.join(ana)), Errc::room_unavailable) << "a knock alone opens nothing";
    ASSERT_TRUE(talk.room.door().let_in(ana.token(), talk.now()));
    EXPECT_TRUE(talk.join(ana));
    EXPECT_EQ(refusal(talk.join(ben)), Errc::room_unavailable);
}

TEST(RoomAttendance, KnockingIsJudgedFromOnesOwnView) {
    RoomDialogue talk({.topic = "Small", .join_policy = JoinPolicy::knock, .seats = 1});
    talk.room.apply(MemberJoined{ana.account, Member{.person = ana.person()}});
    talk.room.device_came(ana.account, talk.now());
    EXPECT_EQ(refusal(talk.room.may_knock(ben.asker(), talk.now())), Errc::room_unavailable) << "full";
    const Somebody apart = ben.apart_from(ana, chosen(talk.now()));
    EXPECT_TRUE(talk.room.may_knock(apart.asker(), talk.now())) << "Ben sees nobody there";
}

TEST(RoomAttendance, AnOpenRoomHasNoKnocker) {
    RoomDialogue talk;
    EXPECT_EQ(refusal(talk.room.may_knock(ana.asker(), talk.now())), Errc::room_unavailable);
}

TEST(RoomAttendance, AnInviteTakesInAndIsSpentOnlyWhereItIsNeeded) {
    RoomDialogue talk({.topic = "Grief", .join_policy = JoinPolicy::invite, .seats = 5});
    const auto code = an_id<SecretHash>(5);
    const auto invite = talk.room.decide_invite({.room = the_room}, code, mira.standing, talk.now());
    ASSERT_TRUE(invite);
    EXPECT_EQ(invite->uses_left, 1u);
    talk.room.door().put(*invite);
    const auto join = [&](const Somebody& who) {
        return talk.room.decide_join(who.asker(), who.person(), talk.now(), code);
    };
    EXPECT_EQ(refusal(talk.join(ana)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.decide_join(ana.asker(), ana.person(), talk.now(), an_id<SecretHash>(6))),
              Errc::room_unavailable)
        << "the one answer";
    EXPECT_EQ(join(mira)->invite, std::nullopt);
    EXPECT_EQ(join(ana)->invite, code);
    talk.room.apply(*talk.room.decide_policy(JoinPolicy::open, mira.standing, talk.now()));
    EXPECT_EQ(join(ana)->invite, std::nullopt);
    EXPECT_EQ(refusal(talk.room.decide_invite({.room = the_room}, code, ana.standing, talk.now())), Errc::not_allowed);
    EXPECT_EQ(refusal(talk.room.decide_invite({.room = the_room, .uses = talk.limits.invite_uses_max + 1}, code,
                                              mira.standing, talk.now())),
              Errc::invalid_argument);
}

}  // namespace
}  // namespace kindroom::domain::test
