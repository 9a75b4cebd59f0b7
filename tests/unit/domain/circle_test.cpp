// A circle, from gathering to the last words.
#include <gtest/gtest.h>

#include "circle_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using Names = std::vector<std::string>;

constexpr Duration a_second{1000};

TEST(Circle, WhilePeopleGatherEverybodyMaySpeakAndSignUp) {
    CircleDialogue circle;
    EXPECT_EQ(circle.says(ana), nothing);
    EXPECT_EQ(circle.sign_up(ana), nothing);
    EXPECT_EQ(circle.sign_up(ana), nothing);
    EXPECT_EQ(circle.circle.signed_up().size(), 1u);
}

TEST(Circle, ASignUpCanBeTakenBack) {
    CircleDialogue circle;
    circle.sign_up(ana);
    EXPECT_EQ(circle.lower_hand(ana), nothing);
    EXPECT_TRUE(circle.circle.signed_up().empty());
    circle.sign_up(ana);
    circle.leaves(ana);
    EXPECT_TRUE(circle.circle.signed_up().empty());
}

TEST(Circle, InASittingNobodySignsUpAndTheDrawIsNotRepeated) {
    CircleDialogue circle;
    circle.seat({ana, ben});
    EXPECT_EQ(circle.sign_up(cleo), Errc::not_now);
    EXPECT_EQ(refusal(circle.circle.decide_draw({{.account = cleo.account}}, circle.now())), Errc::not_now);
}

TEST(Circle, CheckInGoesRoundTheSeatsByItselfAndThenTheTurnsBegin) {
    CircleDialogue circle;
    circle.seat({ana, ben, cleo});
    EXPECT_EQ(circle.circle.phase(), CirclePhase::check_in);
    EXPECT_EQ(circle.floor(), "Ana");
    circle.pass(Duration{60'000});
    EXPECT_EQ(circle.floor(), "Ben");
    circle.pass_turn(ben);
    EXPECT_EQ(circle.floor(), "Cleo");
    circle.pass(Duration{60'000});
    EXPECT_EQ(circle.circle.phase(), CirclePhase::turns);
    EXPECT_EQ(circle.floor(), "");
}

TEST(Circle, OnlyWhoeverHoldsTheFloorMaySpeakAndTheRoleVoice) {
    CircleDialogue circle;
    circle.seat({ana, ben});
    EXPECT_EQ(circle.says(ana), nothing);
    EXPECT_EQ(circle.says(ben), Errc::floor_taken);
    EXPECT_EQ(circle.says(ben, Voice::moderator), nothing);
    EXPECT_EQ(circle.says(cleo), Errc::floor_taken);
}

TEST(Circle, WithNobodysTurnNobodySpeaksBeforeTheyRaiseAHand) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    EXPECT_EQ(circle.says(ana), Errc::floor_taken);
    EXPECT_EQ(circle.raise_hand(ana), nothing);
    EXPECT_EQ(circle.says(ana), nothing);
}

TEST(Circle, HandsHaveTheirTurnInTheOrderInWhichTheyWereRaised) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben, cleo, dan});
    for (const Somebody& who : {cleo, ana, dan, ben}) circle.raise_hand(who);
    EXPECT_EQ(circle.floor(), "Cleo");
    EXPECT_EQ(circle.queue(), (Names{"Ana", "Dan", "Ben"}));
    circle.raise_hand(ana);
    circle.lower_hand(dan);
    circle.next();
    EXPECT_EQ(circle.floor(), "Ana");
    EXPECT_EQ(circle.queue(), Names{"Ben"});
}

TEST(Circle, ATurnEndsAtItsHardEndAndIsTheSameForAll) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    circle.raise_hand(ana);
    circle.raise_hand(ben);
    EXPECT_EQ(circle.circle.floor()->soft_end, circle.now() + times_of_a_test.turn.soft);
    circle.pass(times_of_a_test.turn.hard - a_second);
    EXPECT_EQ(circle.floor(), "Ana");
    circle.pass(a_second);
    EXPECT_EQ(circle.floor(), "Ben");
    EXPECT_EQ(circle.circle.floor()->hard_end, circle.now() + times_of_a_test.turn.hard);
}

TEST(Circle, AModeratorExtendsThisTurnAndNoOther) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    circle.raise_hand(ana);
    circle.raise_hand(ben);
    EXPECT_EQ(circle.extend(), nothing);
    circle.pass(times_of_a_test.turn.hard + times_of_a_test.extension - a_second);
    EXPECT_EQ(circle.floor(), "Ana");
    circle.pass(a_second);
    EXPECT_EQ(circle.floor(), "Ben");
    circle.pass(times_of_a_test.turn.hard);
    EXPECT_EQ(circle.floor(), "");
}

TEST(Circle, WhoeverIsGoneInTheMiddleOfATurnHasItAgainAtTheEnd) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben, cleo});
    for (const Somebody& who : {ana, ben, cleo}) circle.raise_hand(who);
    circle.goes(ana);
    circle.pass(times_of_a_test.grace - a_second);
    EXPECT_EQ(circle.floor(), "Ana");
    circle.pass(a_second);
    EXPECT_EQ(circle.floor(), "Ben");
    EXPECT_EQ(circle.queue(), (Names{"Cleo", "Ana"}));
    circle.comes(ana);
    circle.next();
    circle.next();
    EXPECT_EQ(circle.floor(), "Ana");
}

TEST(Circle, WhoeverIsBackInTimeGoesOnSpeaking) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    circle.raise_hand(ana);
    const auto before = circle.circle.floor()->hard_end;
    circle.goes(ana);
    circle.pass(times_of_a_test.grace - a_second);
    circle.comes(ana);
    circle.pass(Duration{60'000});
    EXPECT_EQ(circle.floor(), "Ana");
    EXPECT_EQ(circle.circle.floor()->hard_end, before);
}

TEST(Circle, WhoeverIsNotHereIsPassedOverAndKeepsTheirPlace) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben, cleo});
    for (const Somebody& who : {ana, ben, cleo}) circle.raise_hand(who);
    circle.goes(ben);
    circle.next();
    EXPECT_EQ(circle.floor(), "Cleo");
    EXPECT_EQ(circle.queue(), Names{"Ben"});
    circle.next();
    EXPECT_EQ(circle.floor(), "");
    circle.comes(ben);
    EXPECT_EQ(circle.floor(), "Ben");
}

TEST(Circle, WhoeverLeavesGivesTheFloorOn) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    circle.raise_hand(ana);
    circle.raise_hand(ben);
    circle.leaves(ana);
    EXPECT_EQ(circle.floor(), "Ben");
    circle.leaves(ben);
    EXPECT_EQ(circle.circle.phase(), CirclePhase::gathering);
}

TEST(Circle, ReflectionsAreShortAndThoseWhoWaitedWaitStill) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben, cleo});
    circle.raise_hand(ana);
    circle.raise_hand(ben);
    EXPECT_EQ(circle.reflect(), nothing);
    EXPECT_EQ(circle.floor(), "Ben");
    EXPECT_EQ(circle.circle.floor()->hard_end, circle.now() + times_of_a_test.short_turn.hard);
    circle.pass(times_of_a_test.short_turn.hard);
    EXPECT_EQ(circle.circle.phase(), CirclePhase::reflections);
    EXPECT_EQ(circle.raise_hand(cleo), nothing);
    EXPECT_EQ(circle.floor(), "Cleo");
}

TEST(Circle, ClosingGivesEverybodyALastWordAndThenPeopleGatherAgain) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    circle.raise_hand(ben);
    EXPECT_EQ(circle.close(), nothing);
    EXPECT_EQ(circle.floor(), "Ana");
    EXPECT_EQ(circle.reflect(), Errc::not_now);
    circle.pass_turn(ana);
    EXPECT_EQ(circle.floor(), "Ben");
    circle.pass(times_of_a_test.short_turn.hard);
    EXPECT_EQ(circle.circle.phase(), CirclePhase::gathering);
    EXPECT_TRUE(circle.circle.seats().empty());
    EXPECT_EQ(circle.says(cleo), nothing);
}

TEST(Circle, ClosingTwiceEndsItAtOnce) {
    CircleDialogue circle;
    circle.seat({ana, ben});
    circle.close();
    EXPECT_EQ(circle.close(), nothing);
    EXPECT_EQ(circle.circle.phase(), CirclePhase::gathering);
    EXPECT_EQ(circle.close(), nothing);
}

TEST(Circle, ItKnowsWhoHasNotBeenHeard) {
    CircleDialogue circle;
    circle.seat({ana, ben, cleo});
    circle.says(ana);
    circle.pass_turn(ana);
    circle.says(ben, Voice::moderator);
    EXPECT_EQ(circle.circle.unheard(), (std::vector{ben.account, cleo.account}));
}

TEST(Circle, AnUnsignedShareNeedsNoFloorButASeatAndItsTime) {
    CircleDialogue circle;
    circle.seat({ana, ben});
    EXPECT_EQ(refusal(circle.circle.may_share_unsigned(ben.account)), Errc::not_now);
    while (circle.circle.phase() == CirclePhase::check_in) circle.next();
    EXPECT_EQ(refusal(circle.circle.may_share_unsigned(ben.account)), nothing);
    EXPECT_EQ(refusal(circle.circle.may_share_unsigned(cleo.account)), Errc::not_seated);
}

TEST(Circle, WhileTheRoomIsPausedNoTimeIsTakenFromATurn) {
    CircleDialogue circle;
    circle.seat_in_turns({ana, ben});
    circle.raise_hand(ana);
    circle.pass(Duration{100'000});
    circle.circle.apply(CirclePaused{circle.now()});
    circle.pass(Duration{1'000'000});
    EXPECT_EQ(circle.floor(), "Ana");
    circle.circle.apply(CircleResumed{circle.now()});
    circle.pass(Duration{139'000});
    EXPECT_EQ(circle.floor(), "Ana");
    circle.pass(a_second);
    EXPECT_EQ(circle.floor(), "");
}

TEST(Circle, ARestartBringsBackSeatsQueueFloorAndWhoWasHeard) {
    CircleDialogue circle;
    circle.seat({ana, ben, cleo});
    circle.says(ana);
    circle.restart();
    EXPECT_EQ(circle.circle.phase(), CirclePhase::check_in);
    EXPECT_EQ(circle.floor(), "Ana");
    EXPECT_EQ(circle.queue(), (Names{"Ben", "Cleo"}));
    EXPECT_EQ(circle.circle.unheard(), (std::vector{ben.account, cleo.account}));
    for (const Somebody& who : {cleo, ana, ben}) circle.comes(who);
    circle.pass(times_of_a_test.short_turn.hard - a_second);
    EXPECT_EQ(circle.floor(), "Ana");
    circle.pass(a_second);
    EXPECT_EQ(circle.floor(), "Ben");
}

TEST(Circle, ARestartKeepsSignUps) {
    CircleDialogue circle;
    circle.sign_up(ana);
    circle.restart();
    EXPECT_TRUE(circle.circle.has_signed_up(ana.account));
}

TEST(Circle, BytesThatNobodyPackedAreNoCircle) {
    CircleDialogue circle;
    circle.seat({ana, ben});
    const std::string packed = circle.circle.pack();
    for (std::size_t size = 0; size < packed.size(); ++size)
        EXPECT_FALSE(Circle::unpack(std::string_view(packed).substr(0, size), times_of_a_test, circle.now()));
    EXPECT_FALSE(Circle::unpack(packed + "x", times_of_a_test, circle.now()));
    EXPECT_FALSE(Circle::unpack("\x09" + packed.substr(1), times_of_a_test, circle.now()));
}

TEST(Circle, ASittingThatEverybodyHasGoneFromIsOverAfterAWhile) {
    CircleDialogue circle;
    circle.seat({ana, ben});
    circle.goes(ana);
    circle.goes(ben);
    circle.pass(times_of_a_test.abandoned_after - a_second);
    EXPECT_EQ(circle.circle.phase(), CirclePhase::check_in);
    EXPECT_EQ(circle.floor(), "");
    circle.pass(a_second);
    EXPECT_EQ(circle.circle.phase(), CirclePhase::gathering);
}

}  // namespace
}  // namespace kindroom::domain::test
