// Any life of a circle: whatever people and moderators do, there is one floor.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

#include "circle_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

const std::vector<Somebody> everybody{ana, ben, cleo, dan};

int any_below(int count) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count)); }

// One of the things that can happen.
void anything_happens(CircleDialogue& circle) {
    const Somebody& who = everybody[static_cast<std::size_t>(any_below(4))];
    switch (any_below(17)) {
        case 0:
            circle.sign_up(who);
            return;
        case 1:
            circle.seat({everybody.begin(), everybody.begin() + any_below(5)});
            return;
        case 2:
        case 3:
        case 4:
            circle.raise_hand(who);
            return;
        case 5:
            circle.lower_hand(who);
            return;
        case 6:
            circle.pass_turn(who);
            return;
        case 7:
            circle.next();
            return;
        case 8:
            circle.extend();
            return;
        case 9:
            circle.reflect();
            return;
        case 10:
            if (any_below(3) == 0) circle.close();
            return;
        case 11:
            circle.comes(who);
            return;
        case 12:
            circle.goes(who);
            return;
        case 13:
            if (any_below(3) == 0) circle.leaves(who);
            return;
        case 14:
            circle.says(who);
            return;
        case 15:
            if (circle.circle.is_paused())
                circle.circle.apply(CircleResumed{circle.now()});
            else if (any_below(3) == 0)
                circle.circle.apply(CirclePaused{circle.now()});
            return;
        default:
            circle.pass(Duration{any_below(300'000)});
            return;
    }
}

void there_is_one_floor(const Circle& circle) {
    std::vector<AccountId> may_speak;
    for (const Somebody& who : everybody)
        if (circle.may_say(who.account, Voice::person)) may_speak.push_back(who.account);
    if (!circle.is_sitting()) {
        RC_ASSERT(circle.seats().empty() && circle.queue().empty() && !circle.floor());
        RC_ASSERT(may_speak.size() == everybody.size());
        return;
    }
    RC_ASSERT(!circle.seats().empty());
    RC_ASSERT(circle.signed_up().empty());
    std::set<AccountId> waiting;
    for (const AccountId account : circle.queue()) {
        RC_ASSERT(circle.seat(account) != nullptr);
        RC_ASSERT(waiting.insert(account).second);
    }
    if (circle.floor()) {
        const AccountId holder = circle.floor()->holder;
        RC_ASSERT(may_speak == std::vector{holder});
        RC_ASSERT(circle.seat(holder) != nullptr);
        RC_ASSERT(!waiting.contains(holder));
        RC_ASSERT(circle.seat(holder)->here == !circle.floor()->lost_at);
        RC_ASSERT(circle.is_paused() || circle.due_at() <= circle.floor()->hard_end);
    } else {
        RC_ASSERT(may_speak.empty());
        for (const AccountId account : waiting) RC_ASSERT(!circle.seat(account)->here);
    }
}

RC_GTEST_PROP(CircleModel, InEverySittingThereIsExactlyOneFloor, ()) {
    CircleDialogue circle;
    for (int left = any_below(80); left > 0; --left) {
        anything_happens(circle);
        there_is_one_floor(circle.circle);
    }
    RC_CLASSIFY(circle.circle.is_sitting(), "sitting");
    RC_CLASSIFY(circle.circle.phase() == CirclePhase::turns, "turns");
}

RC_GTEST_PROP(CircleModel, WhateverItCameToARestartBringsItBack, ()) {
    CircleDialogue circle;
    for (int left = any_below(60); left > 0; --left) anything_happens(circle);
    const Circle before = circle.circle;
    circle.restart();
    RC_ASSERT(circle.circle.phase() == before.phase());
    RC_ASSERT(circle.circle.queue() == before.queue());
    RC_ASSERT(circle.circle.unheard() == before.unheard());
    RC_ASSERT(circle.circle.signed_up() == before.signed_up());
    RC_ASSERT(circle.circle.floor().has_value() == before.floor().has_value());
    if (before.floor()) RC_ASSERT(circle.circle.floor()->holder == before.floor()->holder);
    there_is_one_floor(circle.circle);
}

// Nobody who waits and stays is forgotten, whatever the others do.
RC_GTEST_PROP(CircleModel, WhoeverRaisesAHandAndStaysHasATurn, ()) {
    CircleDialogue circle;
    circle.seat_in_turns(everybody);
    for (int left = any_below(6); left > 0; --left)
        circle.raise_hand(everybody[static_cast<std::size_t>(1 + any_below(3))]);
    circle.raise_hand(ana);
    bool had_a_turn = circle.floor() == "Ana";
    for (int turns = 0; turns < 4 && !had_a_turn; ++turns) {
        const Somebody& other = everybody[static_cast<std::size_t>(1 + any_below(3))];
        any_below(2) == 0 ? circle.goes(other) : circle.leaves(other);
        circle.raise_hand(everybody[static_cast<std::size_t>(1 + any_below(3))]);
        had_a_turn = circle.floor() == "Ana";
        if (!had_a_turn) circle.pass(times_of_a_test.turn.hard);
        had_a_turn = had_a_turn || circle.floor() == "Ana";
    }
    RC_ASSERT(had_a_turn);
}

}  // namespace
}  // namespace kindroom::domain::test
