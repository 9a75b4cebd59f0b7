// What a boundary does that is set while people sit in a circle, or while their seats are drawn.
#include <array>
#include <gtest/gtest.h>

#include "sim/circles.hpp"

namespace kindroom::sim {
namespace {

// What he is shown of the circle: kinds of events in their order, and of a circle where it stands. Not the times of
// turns: a block takes a few milliseconds more than leaving, or fewer.
Lines as_shown(const std::vector<v1::Event>& events) {
    Lines lines;
    for (const auto& event : events) {
        std::string line = std::to_string(event.kind_case());
        if (event.has_circle_changed()) {
            const auto& circle = event.circle_changed().circle();
            line += " " + std::to_string(circle.phase()) + " " + std::to_string(circle.place()) + " " +
                    circle.floor().name();
        }
        for (const auto& one : event.roster_changed().people()) line += " " + one.name();
        lines.push_back(line);
    }
    return lines;
}

// The two worlds of X3 in a sitting: in one Ana blocks Ben, in the other she leaves; nothing else differs. She may have
// the floor at that moment, wait for it before him, or only listen. Ben raises his hand, tries to speak while it is not
// his turn, and is looked at until the sitting is over. If Ana kept her seat, he would be shown a floor that is free
// and himself as the next one, and be refused with FLOOR_TAKEN.
TEST_F(Circles, Look17_X3_ABlockInTheMiddleOfASittingLooksToBenAsIfAnaHadLeft) {
    enum class Ana { listens, waits, has_floor };
    enum class Turn { blocks, leaves };
    const auto life = [&](Ana at, Turn turn) {
        open_circle();
        gather_in_turns();
        if (at == Ana::waits) hand(*cleo_);
        if (at != Ana::listens) hand(*ana_);
        EXPECT_EQ(hand(*ben_), nothing);
        const auto told = overhear(*ben_);
        if (turn == Turn::blocks)
            blocks(*ana_, *ben_);
        else
            world_->ask(*ana_, leave(room_));
        settle();
        Lines seen{std::to_string(circle(*ben_).place()), floor(*ben_)};
        seen.push_back(std::to_string(speaks(*ben_, "is it my turn?")));
        hand(*cleo_);
        world_->pass(Duration{125'000});
        seen.push_back(std::to_string(speaks(*ben_, "and now?")));
        for (int i = 0; i < 3; ++i) next();
        EXPECT_EQ(close(), nothing);
        EXPECT_EQ(close(), nothing);
        tick();
        const Lines events = as_shown(*told);
        seen.insert(seen.end(), events.begin(), events.end());
        return seen;
    };
    for (const Ana at : {Ana::listens, Ana::waits, Ana::has_floor})
        EXPECT_EQ(life(at, Turn::blocks), life(at, Turn::leaves)) << static_cast<int>(at);
}

TEST_F(Circles, WhoeverBlocksInASittingLeavesItAndIsToldWhyAndNobodyElseLosesAnything) {
    open_circle();
    gather_in_turns();
    EXPECT_EQ(hand(*ana_), nothing);
    EXPECT_EQ(hand(*ben_), nothing);
    blocks(*ana_, *ben_);
    EXPECT_TRUE(is_out(*ana_));
    EXPECT_EQ(why_no_seat(*ana_), v1::NO_SEAT_CAUSE_OWN_BOUNDARY);
    EXPECT_EQ(circle(*ben_).place(), v1::CIRCLE_PLACE_FLOOR);
    EXPECT_EQ(speaks(*ben_, "mine"), nothing);
    EXPECT_FALSE(is_out(*cleo_));
    for (Device* who : {ben_, cleo_, mira_}) EXPECT_FALSE(was_told_of_no_seat(*who));
}

TEST_F(Circles, WhoeverBlocksTheOneWhoLeadsTheSittingLeavesItToo) {
    open_circle();
    gather_in_turns();
    blocks(*ana_, *mira_);
    EXPECT_TRUE(is_out(*ana_));
    EXPECT_FALSE(is_out(*mira_));
}

TEST_F(Circles, Look17_NobodyIsSeatedBeforeAModeratorOnDutyWhomTheyKeepAway) {
    open_circle();
    gather();
    blocks(*ana_, *mira_);
    EXPECT_EQ(draw(), nothing);
    settle();
    EXPECT_TRUE(is_out(*ana_));
    for (Device* who : {ben_, cleo_}) EXPECT_FALSE(is_out(*who));
}

// Otherwise the seat would tell who is hidden from somebody and not gone, or one person with somebody else.
TEST_F(Circles, X3ABlockTakesTheSeatWhoeverItIsSoThatItTellsNothing) {
    open_circle();
    gather();
    Device& dora = member("Dora");
    const Somebody her = person(dora);
    EXPECT_EQ(draw(), nothing);
    settle();
    EXPECT_TRUE(is_out(dora));
    EXPECT_TRUE(world_->ask(*ana_, block({her})).has_people_blocked());
    EXPECT_TRUE(is_out(*ana_));
    EXPECT_TRUE(was_told_of_no_seat(*ana_));
    for (Device* who : {ben_, cleo_}) EXPECT_FALSE(is_out(*who));
    EXPECT_TRUE(world_->ask(*ben_, block({her})).has_people_blocked());
    EXPECT_TRUE(is_out(*ben_)) << "whatever others have done before";
}

// What Ana would learn from her seat is that somebody beside her is one whom she blocked.
TEST_F(Circles, X3Look24_ABlockFollowsToASecondAccountWhenTheySitTogetherNoMore) {
    Device& ben_again = sits_with_a_second_account_of_ben();
    world_->pass(Duration{61'000});
    EXPECT_FALSE(was_told_of_no_seat(*ana_));
    for (Device* who : {ana_, &ben_again}) EXPECT_FALSE(is_out(*who));
    EXPECT_EQ(close(), nothing);
    EXPECT_EQ(close(), nothing);
    EXPECT_EQ(say(ben_again, "Ana?").error().code(), nothing);
    settle();
    EXPECT_EQ(ana_->log.back(), "+Ana?") << "it has not followed yet";
    world_->pass(Duration{61'000});
    EXPECT_EQ(say(ben_again, "Ana!").error().code(), nothing);
    settle();
    EXPECT_EQ(ana_->log.back(), "+Ana?");
    EXPECT_EQ(cleo_->log.back(), "+Ana!");
    EXPECT_FALSE(was_told_of_no_seat(*ana_));
}

// Ben's own device does not come back: that his other account is in use again must be enough.
TEST_F(Circles, X3Look24_ABlockFollowsAlsoWhereTheServerDiesWhileItWaits) {
    Device& ben_again = sits_with_a_second_account_of_ben();
    settle();
    ben_->stay_away(true);
    world_->kill_server();
    EXPECT_TRUE(world_->pass_until([&] {
        return std::ranges::all_of(std::array{ana_, cleo_, mira_, &ben_again},
                                   [](const Device* who) { return who->is_connected() && who->waiting() == 0; });
    }));
    settle();
    EXPECT_TRUE(world_->ask(*mira_, go_on_duty(room_)).has_on_duty());
    for (int i = 0; i < 2; ++i) EXPECT_EQ(close(), nothing);
    world_->pass(Duration{61'000});
    EXPECT_EQ(say(ben_again, "Ana!").error().code(), nothing);
    settle();
    EXPECT_EQ(ana_->log, Lines{});
    EXPECT_EQ(cleo_->log, Lines{"+Ana!"});
    EXPECT_FALSE(was_told_of_no_seat(*ana_));
}

// Wherever the store refuses once: where Ana is, or that she has left.
TEST_F(Circles, X5AStoreThatRefusesForAMomentKeepsNobodyFromABlock) {
    for (int before = 0; before < 2; ++before) {
        open_circle();
        gather_in_turns();
        world_->set_store_policy([left = before](auto) mutable { return left-- == 0 ? Outcome::refuse : Outcome::ok; });
        blocks(*ana_, *ben_);
        world_->set_store_policy({});
        world_->pass(Duration{3'000});
        EXPECT_TRUE(is_out(*ana_)) << before;
        EXPECT_FALSE(is_out(*ben_)) << before;
    }
}

// The accounts are asked for a draw whom they keep away; a block may come between that and the draw itself.
TEST_F(Circles, Look17_ABlockDuringADrawSeatsNobodyBesideSomebodyTheyAreApartFrom) {
    for (std::int64_t after = 0; after < 8; ++after) {
        open_circle();
        gather();
        std::vector<v1::ErrorCode> answers;
        const auto note = [&](const v1::Reply* reply) {
            answers.push_back(reply ? reply->error().code() : v1::ERROR_CODE_UNAVAILABLE);
        };
        v1::Request draws;
        draws.mutable_draw_seats()->set_room_id(room_);
        const v1::Request blocks_him = block({person(*ben_)});
        mira_->ask(draws, note);
        world_->pass(Duration{after});
        ana_->ask(blocks_him, note);
        EXPECT_TRUE(world_->pass_until([&] { return answers.size() == 2; }));
        settle();
        EXPECT_EQ(answers, (std::vector{nothing, nothing}));
        EXPECT_TRUE(is_out(*ana_)) << after;
        EXPECT_FALSE(is_out(*ben_)) << after;
    }
}

}  // namespace
}  // namespace kindroom::sim
