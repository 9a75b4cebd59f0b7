// What happens to people in a circle.
#include <gtest/gtest.h>
#include <set>

#include "sim/circles.hpp"
#include "sim/deciding.hpp"

namespace kindroom::sim {
namespace {

TEST_F(Circles, FromSignUpsToTheLastWords) {
    open_circle();
    gather();
    EXPECT_EQ(speaks(*ana_, "before we begin"), nothing);
    EXPECT_EQ(circle(*ana_).place(), v1::CIRCLE_PLACE_SIGNED_UP);
    EXPECT_EQ(hand(*ana_), v1::ERROR_CODE_NOT_SEATED);
    EXPECT_EQ(draw(), nothing);
    EXPECT_EQ(circle(*ana_).phase(), v1::CIRCLE_PHASE_CHECK_IN);
    EXPECT_EQ(draw(), v1::ERROR_CODE_NOT_NOW);
    EXPECT_EQ(sign_up(*ana_), v1::ERROR_CODE_NOT_NOW);

    std::vector<std::string> spoke;
    while (circle(*ana_).phase() == v1::CIRCLE_PHASE_CHECK_IN) {
        Device& first = holder();
        spoke.push_back(floor(*ana_));
        for (Device* who : {ana_, ben_, cleo_})
            EXPECT_EQ(speaks(*who, "here"), who == &first ? nothing : v1::ERROR_CODE_FLOOR_TAKEN);
        EXPECT_EQ(pass_turn(first), nothing);
    }
    std::sort(spoke.begin(), spoke.end());
    EXPECT_EQ(spoke, (Lines{"Ana", "Ben", "Cleo"}));

    EXPECT_EQ(circle(*ben_).phase(), v1::CIRCLE_PHASE_TURNS);
    EXPECT_EQ(speaks(*ben_, "nobody's turn"), v1::ERROR_CODE_FLOOR_TAKEN);
    for (Device* who : {ben_, ana_, cleo_}) EXPECT_EQ(hand(*who), nothing);
    EXPECT_EQ(floor(*ana_), "Ben");
    EXPECT_EQ(circle(*ana_).place(), v1::CIRCLE_PLACE_NEXT);
    EXPECT_EQ(circle(*cleo_).place(), v1::CIRCLE_PLACE_WAITING);
    world_->pass(Duration{121'000});
    EXPECT_EQ(floor(*ana_), "Ana");
    EXPECT_EQ(extend(), nothing);
    world_->pass(Duration{121'000});
    EXPECT_EQ(floor(*ana_), "Ana");

    EXPECT_EQ(reflect(), nothing);
    EXPECT_EQ(floor(*ana_), "Cleo");
    EXPECT_EQ(close(), nothing);
    EXPECT_EQ(circle(*ana_).phase(), v1::CIRCLE_PHASE_CLOSING);
    world_->pass(Duration{3 * 61'000});
    EXPECT_EQ(circle(*ana_).phase(), v1::CIRCLE_PHASE_GATHERING);
    EXPECT_EQ(speaks(*ana_, "thank you"), nothing);
}

TEST_F(Circles, EverybodySeesWhenATurnShouldEndAndWhenTheFloorGoesOn) {
    open_circle();
    gather_in_turns();
    const TimePoint before = world_->ground().clock.now();
    EXPECT_EQ(hand(*ana_), nothing);
    settle();
    for (Device* who : {ana_, ben_}) {
        const auto view = circle(*who);
        const TimePoint began = from_ms(view.soft_end_ms()) - Duration{90'000};
        EXPECT_GE(began, before);
        EXPECT_LT(began, world_->ground().clock.now());
        EXPECT_EQ(view.hard_end_ms() - view.soft_end_ms(), 30'000);
        const auto told = std::find_if(who->heard.rbegin(), who->heard.rend(),
                                       [](const v1::Event& event) { return event.has_circle_changed(); });
        ASSERT_NE(told, who->heard.rend());
        EXPECT_EQ(told->circle_changed().circle().soft_end_ms(), view.soft_end_ms());
    }
    world_->pass(Duration{100'000});
    EXPECT_EQ(floor(*ben_), "Ana") << "beyond the soft end";
    world_->pass(Duration{25'000});
    EXPECT_EQ(floor(*ben_), "");
}

TEST_F(Circles, OnlyAModeratorOnDutyLeadsAndSpeaksOutOfTurn) {
    open_circle();
    gather();
    for (const auto& refused :
         {asks(*ana_, [](auto& request) -> auto& { return *request.mutable_draw_seats(); }),
          asks(*ana_, [](auto& request) -> auto& { return *request.mutable_next_turn(); }),
          asks(*ana_, [](auto& request) -> auto& { return *request.mutable_close_circle(); })})
        EXPECT_EQ(refused, v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(draw(), nothing);
    v1::Request voice = post(room_, key(), "let us begin");
    voice.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
    EXPECT_EQ(refusal(*mira_, voice), nothing);
    EXPECT_EQ(speaks(*mira_, "as myself"), v1::ERROR_CODE_FLOOR_TAKEN);
}

TEST_F(Circles, ARoomOfAnotherKindHasNoTurns) {
    open();
    come_in();
    EXPECT_EQ(hand(*ana_), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(sign_up(*ana_), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(share(*ana_, "unsigned").error().code(), v1::ERROR_CODE_INVALID_ARGUMENT);
}

TEST_F(Circles, WhoeverIsNotDrawnIsOutUntilItGathersAgainAndNeverReadsWhatWasSaid) {
    open_circle();
    gather();
    std::vector<Device*> all{ana_, ben_, cleo_, &member("Dora"), &member("Emil"), &member("Fay")};
    for (Device* who : all) EXPECT_EQ(sign_up(*who), nothing);
    EXPECT_EQ(draw(), nothing);
    settle();
    std::vector<Device*> seated;
    std::vector<Device*> out;
    for (Device* who : all) (is_out(*who) ? out : seated).push_back(who);
    ASSERT_EQ(seated.size(), 4u);
    for (Device* who : out) {
        EXPECT_TRUE(was_told_of_no_seat(*who));
        EXPECT_EQ(refusal(*who, join(room_, "Again")), v1::ERROR_CODE_ROOM_UNAVAILABLE);
        EXPECT_EQ(speaks(*who, "and I?"), v1::ERROR_CODE_NOT_IN_ROOM);
    }
    for (Device* who : seated) EXPECT_FALSE(was_told_of_no_seat(*who));
    ana_ = seated.front();
    for (Device* who : seated) {
        if (circle(*who).place() != v1::CIRCLE_PLACE_FLOOR) continue;
        EXPECT_EQ(speaks(*who, "for those who sit here"), nothing);
    }
    close();
    close();
    settle();
    for (Device* who : out) {
        EXPECT_TRUE(world_->ask(*who, join(room_, "Again")).has_room_joined());
        EXPECT_EQ(read(*who), Lines{});
    }
    EXPECT_EQ(read(*ana_), Lines{"for those who sit here"});
}

TEST_F(Circles, NobodyIsDrawnWhereNobodySignedUp) {
    open_circle();
    come_in();
    EXPECT_EQ(draw(), v1::ERROR_CODE_NOBODY_DRAWN);
    EXPECT_EQ(sign_up(*ana_), nothing);
    EXPECT_EQ(lower(*ana_), nothing);
    EXPECT_EQ(draw(), v1::ERROR_CODE_NOBODY_DRAWN);
    EXPECT_FALSE(is_out(*ana_));
}

TEST_F(Circles, WhatAModeratorAsksBehindADrawWaitsForIt) {
    open_circle();
    gather();
    std::vector<v1::ErrorCode> answers;
    const auto note = [&](const v1::Reply* reply) {
        answers.push_back(reply ? reply->error().code() : v1::ERROR_CODE_UNAVAILABLE);
    };
    v1::Request draws;
    draws.mutable_draw_seats()->set_room_id(room_);
    v1::Request reflects;
    reflects.mutable_start_reflections()->set_room_id(room_);
    mira_->ask(draws, note);
    mira_->ask(reflects, note);
    EXPECT_TRUE(world_->pass_until([&] { return answers.size() == 2; }));
    EXPECT_EQ(answers, (std::vector{nothing, nothing}));
    EXPECT_EQ(circle(*ana_).phase(), v1::CIRCLE_PHASE_REFLECTIONS);
}

TEST_F(Circles, SignUpsMax_OneMoreIsAskedToComeToTheNextDraw) {
    Limits limits = sure();
    limits.sign_ups_max = 2;
    open_circle(limits);
    ana_ = &member("Ana");
    // Whoever looks after the room always gets in.
    ben_ = &somebody();
    EXPECT_TRUE(world_->ask(*operator_, set_role(ben_->login_id(), v1::ROLE_MODERATOR)).has_done());
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined());
    EXPECT_EQ(sign_up(*mira_), nothing);
    EXPECT_EQ(sign_up(*ana_), nothing);
    EXPECT_EQ(sign_up(*ben_), v1::ERROR_CODE_DRAW_FULL);
    EXPECT_EQ(sign_up(*ana_), nothing) << "twice is once";
}

TEST_F(Circles, WhoeverLosesTheConnectionInTheMiddleHasTheTurnAgainAtTheEnd) {
    open_circle();
    gather_in_turns();
    for (Device* who : {ana_, ben_, cleo_}) EXPECT_EQ(hand(*who), nothing);
    EXPECT_EQ(floor(*cleo_), "Ana");
    ana_->stay_away(true);
    world_->pass(Duration{60'000});
    EXPECT_EQ(floor(*cleo_), "Ben");
    ana_->stay_away(false);
    EXPECT_TRUE(world_->pass_until([&] { return ana_->is_connected() && ana_->waiting() == 0; }));
    settle();
    EXPECT_EQ(next(), nothing);
    EXPECT_EQ(next(), nothing);
    EXPECT_EQ(floor(*cleo_), "Ana");
    EXPECT_EQ(speaks(*ana_, "where was I"), nothing);
}

TEST_F(Circles, ARestartInTheMiddleBringsEverybodyBackToTheSameSitting) {
    open_circle();
    gather_in_turns();
    for (Device* who : {ben_, ana_, cleo_}) EXPECT_EQ(hand(*who), nothing);
    EXPECT_EQ(speaks(*ben_, "one"), nothing);
    world_->kill_server();
    EXPECT_TRUE(world_->pass_until([&] {
        return std::all_of(world_->devices().begin(), world_->devices().end(),
                           [](const auto& device) { return device->is_connected(); });
    }));
    world_->pass(Duration{5'000});
    EXPECT_EQ(floor(*ana_), "Ben");
    EXPECT_EQ(circle(*ana_).place(), v1::CIRCLE_PLACE_NEXT);
    EXPECT_EQ(circle(*cleo_).place(), v1::CIRCLE_PLACE_WAITING);
    EXPECT_EQ(speaks(*ben_, "two"), nothing);
    EXPECT_EQ(speaks(*cleo_, "not yet"), v1::ERROR_CODE_FLOOR_TAKEN);
    // Duty is not durable; whoever has it again is told who was not heard.
    EXPECT_TRUE(world_->ask(*mira_, go_on_duty(room_)).has_on_duty());
    EXPECT_EQ(reflect(), nothing);
    settle();
    Lines unheard;
    const auto view = circle(*mira_);
    for (const auto& one : view.unheard()) unheard.push_back(one.name());
    std::sort(unheard.begin(), unheard.end());
    EXPECT_EQ(unheard, (Lines{"Ana", "Cleo"}));
}

TEST_F(Circles, NobodyLeavesUnheardWithoutAWordToTheModerator) {
    open_circle();
    gather_in_turns();
    EXPECT_EQ(circle(*mira_).unheard_size(), 0);
    mira_->heard.clear();
    cleo_->stay_away(true);
    const auto is_told = [&] {
        return std::any_of(mira_->heard.begin(), mira_->heard.end(), [](const v1::Event& event) {
            return event.circle_changed().circle().unheard_size() == 1;
        });
    };
    EXPECT_TRUE(world_->pass_until(is_told)) << "by itself";
    ASSERT_EQ(circle(*mira_).unheard_size(), 1);
    EXPECT_EQ(circle(*mira_).unheard(0).name(), "Cleo");
    EXPECT_EQ(circle(*ana_).unheard_size(), 0) << "nobody else is told";
    EXPECT_EQ(hand(*ana_), nothing);
    EXPECT_EQ(speaks(*ana_, "I was heard"), nothing);
    EXPECT_EQ(close(), nothing);
    EXPECT_EQ(circle(*mira_).unheard_size(), 2);
}

TEST_F(Circles, WhoeverMayNotSpeakAsksForNoFloorAndWhoeverIsOutOfTheRoomHoldsNone) {
    open_circle();
    gather_in_turns();
    const Duration a_while{600'000};
    EXPECT_EQ(refusal(*mira_, request(about(person(*ben_), v1::DECISION_ACTION_LISTEN_ONLY, a_while))), nothing);
    EXPECT_EQ(hand(*ben_), v1::ERROR_CODE_LISTEN_ONLY);
    for (Device* who : {ana_, cleo_}) EXPECT_EQ(hand(*who), nothing);
    EXPECT_EQ(floor(*cleo_), "Ana");
    EXPECT_EQ(refusal(*mira_, request(about(person(*ana_), v1::DECISION_ACTION_OUT_OF_ROOM, a_while))), nothing);
    world_->pass(Duration{31'000});
    EXPECT_EQ(floor(*cleo_), "Cleo");
}

// ---- boundaries -----------------------------------------------------------------------------------------------------

TEST_F(Circles, Look17_WhoeverBlockedGivesWayAndTheOtherOneSitsBeforeNoSilence) {
    open_circle();
    gather();
    blocks(*ana_, *ben_);
    for (int round = 0; round < 5; ++round) {
        EXPECT_EQ(draw(), nothing);
        settle();
        EXPECT_TRUE(is_out(*ana_));
        EXPECT_FALSE(is_out(*ben_)) << "a boundary takes no seat from him (X4)";
        EXPECT_FALSE(is_out(*cleo_));
        close();
        close();
        settle();
        EXPECT_TRUE(world_->ask(*ana_, join(room_, "Ana")).has_room_joined());
        for (Device* who : {ana_, ben_, cleo_}) EXPECT_EQ(sign_up(*who), nothing);
    }
}

TEST_F(Circles, Look17_OfTwoWhoBlockedEachOtherOneSits) {
    open_circle();
    gather();
    blocks(*ana_, *ben_);
    blocks(*ben_, *ana_);
    EXPECT_EQ(draw(), nothing);
    settle();
    EXPECT_NE(is_out(*ana_), is_out(*ben_));
    EXPECT_FALSE(is_out(*cleo_));
}

// What Ben is sent from the sign-ups to the end, in many sittings: once with Ana who blocked him, once without her. Who
// is first in the check-in is luck, so all that happened to him is compared, and not its order.
TEST_F(Circles, Look17_X3_BenIsSentWhatHeWouldBeSentIfAnaHadLeft) {
    const auto sitting = [&](bool ana_stays) {
        if (ana_stays) world_->ask(*ana_, join(room_, "Ana"));
        for (Device* who : {ana_, ben_, cleo_}) sign_up(*who);
        tick();
        const auto told = overhear(*ben_);
        EXPECT_EQ(draw(), nothing);
        for (int i = 0; i < 2; ++i) next();
        EXPECT_EQ(hand(*cleo_), nothing);
        EXPECT_EQ(hand(*ben_), nothing);
        world_->pass(Duration{125'000});
        close();
        close();
        tick();
        Lines kinds;
        for (const auto& event : *told) {
            std::string kind = std::to_string(event.kind_case());
            if (event.has_circle_changed()) {
                const auto& circle = event.circle_changed().circle();
                kind += " " + std::to_string(circle.phase()) + " " + std::to_string(circle.place()) + " " +
                        circle.floor().name();
            }
            kinds.push_back(kind);
        }
        return kinds;
    };
    const auto sittings = [&](bool ana_stays) {
        open_circle();
        come_in();
        if (ana_stays)
            blocks(*ana_, *ben_);
        else
            world_->ask(*ana_, leave(room_));
        std::set<Lines> all;
        for (int i = 0; i < 10; ++i) all.insert(sitting(ana_stays));
        return all;
    };
    const auto with = sittings(true);
    EXPECT_EQ(with, sittings(false));
    EXPECT_EQ(with.size(), 2u) << "first or second in the check-in";
}

}  // namespace
}  // namespace kindroom::sim
