// A room that is a circle: its settings, who comes in, who may speak, and what each of them sees.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

// Whoever comes in may speak at once.
RoomSettings of_circle() {
    return {.topic = "In turns", .kind = RoomKind::circle, .seats = 4, .listen_only = Duration{0}};
}

RoomSettings judged(RoomSettings settings) { return judge_settings(std::move(settings), Limits{}).value(); }
std::string fault(RoomSettings settings) { return judge_settings(std::move(settings), Limits{}).error().field; }

// Ana and Ben sit, and Ana has the floor.
struct ASitting : RoomDialogue {
    ASitting() : RoomDialogue(judged(of_circle())) {
        for (const Somebody& who : {ana, ben}) {
            EXPECT_TRUE(join(who));
            room.apply(**room.decide_sign_up(who.asker(), now()));
        }
        room.apply(**room.decide_draw({ana.account, ben.account}, now()));
    }
};

CircleView seen_by(const RoomDialogue& dialogue, const Somebody& who, CircleEye eye = CircleEye::member) {
    return view_of(dialogue.room.true_circle(dialogue.now()), *who.visibility(), eye);
}

TEST(RoomCircle, SettingsHaveSeatsAndTurnsInBounds) {
    const Limits limits;
    auto settings = of_circle();
    settings.seats = 0;
    EXPECT_EQ(judged(settings).seats, limits.circle_seats_max);
    EXPECT_EQ(judged(settings).turn_soft, limits.turn_soft_default);
    EXPECT_EQ(judged(settings).turn_hard, limits.turn_hard_default);
    for (const std::uint32_t wrong : {limits.circle_seats_min - 1, limits.circle_seats_max + 1}) {
        settings.seats = wrong;
        EXPECT_EQ(fault(settings), "settings.seats");
    }
    settings = of_circle();
    settings.turn_hard = limits.turn_max;
    EXPECT_EQ(judged(settings).turn_hard, limits.turn_max);
    settings.turn_hard += Duration{1};
    EXPECT_EQ(fault(settings), "settings.turn_hard_ms");
    settings.turn_hard = Duration{60'000};
    EXPECT_EQ(judged(settings).turn_soft, Duration{60'000});
    settings.turn_soft = Duration{60'001};
    EXPECT_EQ(fault(settings), "settings.turn_soft_ms");
    settings = of_circle();
    settings.history_before_joining = true;
    EXPECT_EQ(fault(settings), "settings.history_before_joining");
}

TEST(RoomCircle, OnlyWhoeverIsSeatedSitsWithThoseWhoAreThere) {
    ASitting sitting;
    const auto sits_with = [&](const Somebody& who, const Somebody& other) {
        return sitting.room.sits_with(who.account, other.account);
    };
    EXPECT_TRUE(sits_with(ana, ben));
    EXPECT_FALSE(sits_with(ana, cleo)) << "she is not there";
    EXPECT_FALSE(sits_with(ana, ana));
    EXPECT_TRUE(sitting.join(cleo.moderating()));
    EXPECT_TRUE(sits_with(ana, cleo)) << "who looks after the sitting sees its turns";
    EXPECT_FALSE(sits_with(cleo, ana)) << "and has no seat to give up";
    sitting.leave(ben);
    EXPECT_FALSE(sits_with(ana, ben));
}

TEST(RoomCircle, TheTimesOfItsTurnsAreTheHousesAndTheRooms) {
    const Limits limits;
    const CircleTimes times = times_of(judged(of_circle()), limits);
    EXPECT_EQ(times.turn.soft, limits.turn_soft_default);
    EXPECT_EQ(times.short_turn.soft, limits.short_turn_soft);
    EXPECT_EQ(times.short_turn.hard, limits.short_turn_hard);
    EXPECT_EQ(times.extension, limits.turn_extension);
    EXPECT_EQ(times.grace, limits.floor_grace);
    EXPECT_EQ(times.abandoned_after, limits.circle_abandoned_after);
}

TEST(RoomCircle, ARoomStaysOfItsKind) {
    RoomDialogue dialogue(judged(of_circle()));
    const auto changed = dialogue.room.decide_change({.topic = "Open"}, ana.moderating().standing, dialogue.now());
    ASSERT_FALSE(changed);
    EXPECT_STREQ(changed.error().field, "settings.kind");
}

TEST(RoomCircle, InASittingNobodyComesInButModerators) {
    ASitting dialogue;
    EXPECT_EQ(refusal(dialogue.join(cleo)), Errc::room_unavailable);
    EXPECT_TRUE(dialogue.join(cleo.moderating()));
}

TEST(RoomCircle, NobodyKnocksAtASittingEither) {
    auto settings = of_circle();
    settings.join_policy = JoinPolicy::knock;
    RoomDialogue gathering(judged(settings));
    EXPECT_TRUE(gathering.room.may_knock(cleo.asker(), gathering.now()));
    EXPECT_TRUE(gathering.join(ana.moderating()));
    gathering.room.apply(**gathering.room.decide_draw({ana.account}, gathering.now()));
    EXPECT_EQ(refusal(gathering.room.may_knock(cleo.asker(), gathering.now())), Errc::room_unavailable);
}

TEST(RoomCircle, MorePeopleGatherThanThereAreSeats) {
    Limits limits;
    limits.sign_ups_max = 6;
    RoomDialogue dialogue(judged(of_circle()), limits);
    for (std::uint64_t i = 1; i <= 6; ++i) EXPECT_TRUE(dialogue.join({an_id<AccountId>(i), "Somebody"}));
    EXPECT_EQ(refusal(dialogue.join({an_id<AccountId>(7), "One more"})), Errc::room_unavailable);
}

TEST(RoomCircle, SignUpsAreCountedFromOnesOwnView) {
    Limits limits;
    limits.sign_ups_max = 1;
    RoomDialogue dialogue(judged(of_circle()), limits);
    EXPECT_TRUE(dialogue.join(ana));
    dialogue.room.apply(**dialogue.room.decide_sign_up(ana.asker(), dialogue.now()));
    EXPECT_EQ(refusal(dialogue.room.decide_sign_up(cleo.asker(), dialogue.now())), Errc::draw_full);
    const Somebody apart = ben.apart_from(ana, met(dialogue.now() - Duration{1}, {}));
    EXPECT_EQ(refusal(dialogue.room.decide_sign_up(apart.asker(), dialogue.now())), nothing);
}

TEST(RoomCircle, OnlyWhoeverHoldsTheFloorMayPost) {
    ASitting dialogue;
    EXPECT_TRUE(dialogue.post(ana, "here"));
    EXPECT_EQ(refusal(dialogue.post(ben, "and I")), Errc::floor_taken);
    EXPECT_TRUE(dialogue.room.circle()->seat(ana.account)->heard);
}

TEST(RoomCircle, ThoseWithoutASeatAndNotOnDutyHaveNoPlace) {
    ASitting dialogue;
    EXPECT_TRUE(dialogue.join(cleo.moderating()));
    EXPECT_EQ(dialogue.room.without_seat(dialogue.now()), std::vector{cleo.account});
    dialogue.room.attendance().go_on_duty(cleo.account, dialogue.now());
    EXPECT_TRUE(dialogue.room.without_seat(dialogue.now()).empty());
}

TEST(RoomCircle, WhoeverLeavesHasNoSeatAnyMore) {
    ASitting dialogue;
    dialogue.leave(ana);
    EXPECT_EQ(dialogue.room.circle()->seat(ana.account), nullptr);
    EXPECT_TRUE(dialogue.room.circle()->holds_floor(ben.account));
}

TEST(RoomCircle, EachSeesWhoseTurnItIsAndTheirOwnPlace) {
    const ASitting dialogue;
    EXPECT_EQ(seen_by(dialogue, ana).place, CirclePlace::floor);
    EXPECT_EQ(seen_by(dialogue, ben).place, CirclePlace::next);
    EXPECT_EQ(seen_by(dialogue, ben).floor, ana.person());
    EXPECT_EQ(seen_by(dialogue, cleo).place, CirclePlace::listening);
}

TEST(RoomCircle, Look17WhoeverIsHiddenHoldsNoFloorAndWaitsBeforeNobody) {
    const ASitting dialogue;
    const auto before = dialogue.now() - Duration{1};
    const CircleView bens = seen_by(dialogue, ben.apart_from(ana, met(before, {})));
    EXPECT_EQ(bens.floor, std::nullopt);
    EXPECT_EQ(bens.hard_end, TimePoint{});
    EXPECT_EQ(bens.place, CirclePlace::next);
    EXPECT_EQ(seen_by(dialogue, ana.apart_from(ben, chosen(before))).place, CirclePlace::floor);
}

TEST(RoomCircle, WhoWasNotHeardIsToldWhileItHelpsAndToThoseOnDutyOnly) {
    ASitting dialogue;
    EXPECT_TRUE(seen_by(dialogue, cleo, CircleEye::on_duty).unheard.empty());
    dialogue.room.apply(*dialogue.room.circle()->decide_went(ben.account, dialogue.now()));
    EXPECT_EQ(seen_by(dialogue, cleo, CircleEye::on_duty).unheard, std::vector{ben.person()});
    EXPECT_TRUE(seen_by(dialogue, cleo).unheard.empty());
    dialogue.room.apply(**dialogue.room.circle()->decide_close(dialogue.now()));
    EXPECT_EQ(seen_by(dialogue, cleo, CircleEye::on_duty).unheard, (std::vector{ana.person(), ben.person()}));
}

TEST(RoomCircle, ARestartKeepsTheSittingWithoutThoseWhoLeft) {
    const ASitting before;
    RoomDialogue after(judged(of_circle()));
    after.room.restore(ben.account, {.person = ben.person()});
    after.room.restore_circle(before.room.circle()->pack(), after.now());
    EXPECT_EQ(after.room.circle()->phase(), CirclePhase::check_in);
    EXPECT_EQ(after.room.circle()->seat(ana.account), nullptr);
    EXPECT_NE(after.room.circle()->seat(ben.account), nullptr);
}

TEST(RoomCircle, AnUnsignedShareWaitsForTheEndOfTheTurnInWhichItWasMade) {
    ASitting dialogue;
    const PostMessage share{.room = the_room, .text = "without a name", .voice = Voice::unsigned_share};
    EXPECT_EQ(refusal(dialogue.hold(ben, share)), Errc::not_now);
    for (int i = 0; i < 2; ++i) dialogue.room.apply(**dialogue.room.circle()->decide_next(dialogue.now()));
    dialogue.room.apply(**dialogue.room.circle()->decide_raise_hand(ana.account, dialogue.now()));
    const auto held = dialogue.hold(ben, share);
    ASSERT_TRUE(held);
    EXPECT_EQ(dialogue.room.next_due(), dialogue.room.circle()->floor()->hard_end);
    EXPECT_TRUE(dialogue.release(*held));
    EXPECT_FALSE(dialogue.room.circle()->seat(ben.account)->heard) << "that would tell whose it was";
}

TEST(RoomCircle, AnUnsignedShareIsNotShownToThoseWhoGatherNext) {
    ASitting dialogue;
    for (int i = 0; i < 2; ++i) dialogue.room.apply(**dialogue.room.circle()->decide_next(dialogue.now()));
    const auto held =
        dialogue.hold(ben, {.room = the_room, .text = "without a name", .voice = Voice::unsigned_share});
    ASSERT_TRUE(held);
    for (int i = 0; i < 2; ++i) dialogue.room.apply(**dialogue.room.circle()->decide_close(dialogue.now()));
    EXPECT_EQ(refusal(dialogue.release(*held)), Errc::not_now);
}

TEST(RoomCircle, NothingIsUnsignedInOtherRooms) {
    RoomDialogue dialogue;
    EXPECT_TRUE(dialogue.join(ana));
    EXPECT_EQ(refusal(dialogue.hold(ana, {.room = the_room, .text = "x", .voice = Voice::unsigned_share})),
              Errc::invalid_argument);
}

}  // namespace
}  // namespace kindroom::domain::test
