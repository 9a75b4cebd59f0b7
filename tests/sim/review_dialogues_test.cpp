// What waits for a moderator: held, withdrawn, shown, given back, and never lost.
#include <gtest/gtest.h>

#include "sim/reviewing.hpp"

namespace kindroom::sim {
namespace {

filters::FilterSetPtr filters_of_habits() {
    using filters::What;
    auto made = filters::FilterSet::make({{.id = "again",
                                           .says = "The same once more is looked at.",
                                           .what = What::repetition,
                                           .count = 3,
                                           .within = Duration{60'000},
                                           .actions = {.hold = true}},
                                          {.id = "fast",
                                           .says = "So much at once is looked at.",
                                           .what = What::pace,
                                           .count = 5,
                                           .within = Duration{10'000},
                                           .actions = {.hold = true}}});
    return std::get<filters::FilterSetPtr>(made);
}

TEST_F(Reviewing, WhatAFilterHoldsIsSeenOnceAModeratorHasReleasedIt) {
    open_with_filters();
    const auto reply = say(*ana_, "see https://example.org");
    ASSERT_TRUE(reply.has_message_accepted());
    const auto& hold = reply.message_accepted().held();
    EXPECT_EQ(hold.cause(), v1::HELD_FOR_FILTER);
    EXPECT_EQ(hold.filter_id(), "links");
    EXPECT_EQ(hold.says(), "Links are looked at.");
    EXPECT_EQ(hold.until_ms(), reply.message_accepted().posted_at_ms() + 900'000);
    said(*ben_, "meanwhile");
    settle();
    EXPECT_EQ(ben_->log, (Lines{"+meanwhile"}));
    EXPECT_EQ(read(*ben_), (Lines{"meanwhile"}));

    const auto waiting = for_review(*moderator_);
    ASSERT_EQ(waiting.held_size(), 1);
    EXPECT_EQ(waiting.held(0).text(), "see https://example.org");
    EXPECT_EQ(waiting.held(0).hold().filter_id(), "links");
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, waiting.held(0).message_id())).has_done());
    settle();
    EXPECT_EQ(read(*ben_), (Lines{"meanwhile", "see https://example.org"})) << "at the newest place";
    EXPECT_EQ(for_review(*moderator_).held_size(), 0);
    EXPECT_EQ(world_->ask(*moderator_, release(room_, waiting.held(0).message_id())).error().code(),
              v1::ERROR_CODE_MESSAGE_GONE);
}

TEST_F(Reviewing, AModeratorOnDutyIsToldWithinASecondAndNobodyElse) {
    open_with_filters();
    const Told of_moderator(*moderator_);
    const Told of_ben(*ben_);
    say(*ana_, "see https://example.org");
    world_->pass(Duration{1'000});
    ASSERT_EQ(of_moderator.kinds(), (Lines{"held_waiting"}));
    const auto waiting = of_moderator.last().held_waiting();
    EXPECT_EQ(waiting.held().text(), "see https://example.org");
    EXPECT_EQ(v1::HeldMessage::descriptor()->FindFieldByName("author"), nullptr) << "it is looked at for what it says";
    EXPECT_EQ(of_ben.kinds(), Lines{});
}

TEST_F(Reviewing, OnlyAModeratorOnDutyMayLookAndDecide) {
    open_with_filters();
    const auto message = say(*ana_, "see https://example.org").message_accepted().message_id();
    for (Device* device : {ana_, ben_}) {
        EXPECT_EQ(world_->ask(*device, list_for_review(room_)).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
        EXPECT_EQ(world_->ask(*device, release(room_, message)).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
        EXPECT_EQ(world_->ask(*device, give_back(room_, message, "no")).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    }
    EXPECT_TRUE(world_->ask(*moderator_, go_off_duty(room_)).has_done());
    EXPECT_EQ(world_->ask(*moderator_, list_for_review(room_)).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
}

TEST_F(Reviewing, ItsAuthorMayWithdrawItWithoutATrace) {
    open_with_filters();
    const auto message = say(*ana_, "see https://example.org").message_accepted().message_id();
    ASSERT_EQ(mine(*ana_).held_size(), 1);
    const Told told(*moderator_);
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, message)).has_done());
    settle();
    EXPECT_EQ(told.kinds(), (Lines{"held_settled"}));
    EXPECT_EQ(mine(*ana_).held_size(), 0);
    EXPECT_EQ(for_review(*moderator_).held_size(), 0);
    world_->pass(Duration{1'000'000});
    EXPECT_EQ(read(*ben_), Lines{});
}

TEST_F(Reviewing, AModeratorGivesItBackWithANoteAndNeverWithout) {
    open_with_filters();
    const auto message = say(*ana_, "see https://example.org").message_accepted().message_id();
    EXPECT_EQ(world_->ask(*moderator_, give_back(room_, message, " ")).error().field(), "note");
    const Told told(*ana_);
    EXPECT_TRUE(world_->ask(*moderator_, give_back(room_, message, "Please without the link.")).has_done());
    settle();
    ASSERT_EQ(told.kinds(), (Lines{"message_returned"}));
    const auto returned = told.last().message_returned();
    EXPECT_EQ(returned.text(), "see https://example.org");
    EXPECT_EQ(returned.cause(), v1::RETURN_CAUSE_BY_MODERATOR);
    EXPECT_EQ(returned.note(), "Please without the link.");
    EXPECT_EQ(read(*ben_), Lines{});
}

TEST_F(Reviewing, WhatARoomDoesNotTakeNowGoesOnWaiting) {
    open_with_filters();
    const auto message = say(*ana_, "see https://example.org").message_accepted().message_id();
    EXPECT_TRUE(world_->ask(*moderator_, pause_room(room_, "A break.")).has_room_card());
    EXPECT_EQ(world_->ask(*moderator_, release(room_, message)).error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(for_review(*moderator_).held_size(), 1);
    EXPECT_TRUE(world_->ask(*moderator_, resume_talk(room_)).has_room_card());
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, message)).has_done());
    settle();
    EXPECT_EQ(read(*ben_), (Lines{"see https://example.org"}));
}

TEST_F(Reviewing, WhatAModeratorDidWithItIsInTheAuditLogAndWhoseItWasIsNot) {
    open_with_filters();
    const auto one = say(*ana_, "see https://example.org").message_accepted().message_id();
    const auto other = say(*ana_, "or https://example.com").message_accepted().message_id();
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, one)).has_done());
    EXPECT_TRUE(world_->ask(*moderator_, give_back(room_, other, "One is enough.")).has_done());
    const auto rows = world_->ground().disk->read_audit({.after = 0, .limit = 1'000});
    ASSERT_GE(rows.size(), 2u);
    const auto released = domain::unpack_audit_entry(as_text(rows[rows.size() - 2].entry)).value();
    const auto returned = domain::unpack_audit_entry(as_text(rows.back().entry)).value();
    EXPECT_EQ(released.kind, domain::AuditKind::held_released);
    EXPECT_EQ(returned.kind, domain::AuditKind::held_returned);
    for (const auto& entry : {released, returned}) {
        EXPECT_EQ(entry.room, RoomId::from_bytes(as_bytes(room_)));
        EXPECT_NE(entry.by, AuditName{});
        EXPECT_EQ(entry.subject, AuditName{});
    }
}

TEST_F(Reviewing, WhatNobodyLookedAtGoesBackAfterAQuarterOfAnHourAndIsKeptUntilItsAuthorHasIt) {
    open_with_filters();
    say(*ana_, "see https://example.org");
    ana_->stay_away(true);
    world_->pass(Duration{899'000});
    EXPECT_EQ(for_review(*moderator_).held_size(), 1);
    world_->pass(Duration{2'000});
    EXPECT_EQ(for_review(*moderator_).held_size(), 0);
    world_->kill_server(Duration{2'000});
    world_->pass(Duration{10'000});
    ana_->stay_away(false);
    EXPECT_TRUE(world_->pass_until([&] { return ana_->is_connected() && ana_->is_signed_in(); }, Duration{600'000}));
    settle();
    const auto back = mine(*ana_);
    ASSERT_EQ(back.held_size(), 1) << "nothing that somebody brought themselves to say is lost";
    EXPECT_EQ(back.held(0).text(), "see https://example.org");
    EXPECT_EQ(back.held(0).hold().cause(), v1::HELD_FOR_RETURNED);
    EXPECT_EQ(back.held(0).return_cause(), v1::RETURN_CAUSE_UNREVIEWED);
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, back.held(0).message_id())).has_done());
    EXPECT_EQ(mine(*ana_).held_size(), 0);
    EXPECT_EQ(read(*ben_), Lines{});
}

TEST_F(Reviewing, ItIsHeldOverARestartAndAnsweredAlikeWhenItIsRepeated) {
    open_with_filters();
    const auto words = post(room_, key(), "see https://example.org");
    const auto first = world_->ask(*ana_, words).message_accepted();
    world_->kill_server(Duration{2'000});
    world_->pass(Duration{30'000});
    const auto again = world_->ask(*ana_, words).message_accepted();
    EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
    const auto back = mine(*ana_);
    ASSERT_EQ(back.held_size(), 1);
    EXPECT_EQ(back.held(0).hold().filter_id(), "links");
    EXPECT_TRUE(world_->ask(*moderator_, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, first.message_id())).has_done());
    settle();
    EXPECT_EQ(read(*ben_), (Lines{"see https://example.org"}));
}

TEST_F(Reviewing, ARoomMayHaveTheFirstMessagesOfEverybodyLookedAt) {
    open_with_filters(quick(), 2);
    for (const char* text : {"first", "second"})
        EXPECT_EQ(say(*ana_, text).message_accepted().held().cause(), v1::HELD_FOR_FIRST_MESSAGES);
    const auto waiting = for_review(*moderator_);
    for (const auto& held : waiting.held())
        EXPECT_TRUE(world_->ask(*moderator_, release(room_, held.message_id())).has_done());
    EXPECT_FALSE(say(*ana_, "third").message_accepted().has_held());
    world_->kill_server(Duration{2'000});
    world_->pass(Duration{30'000});
    EXPECT_FALSE(say(*ana_, "fourth").message_accepted().has_held());
    EXPECT_TRUE(say(*ben_, "first").message_accepted().has_held());
    EXPECT_FALSE(say(*moderator_, "welcome").message_accepted().has_held());
}

TEST_F(Reviewing, AnAuthorMayWishThatAModeratorSeesItFirst) {
    open_with_filters();
    auto words = post(room_, key(), "is this too much?");
    words.mutable_post_message()->set_moderator_first(true);
    EXPECT_EQ(world_->ask(*ana_, words).message_accepted().held().cause(), v1::HELD_FOR_OWN_WISH);
    EXPECT_EQ(for_review(*moderator_).held_size(), 1);
    settle();
    EXPECT_EQ(read(*ben_), Lines{});
}

// X3: whoever blocked the person behind the role is not there for them, in the role either.
TEST_F(Reviewing, X3AModeratorLearnsNothingOfWhatSomebodySaysWhoBlockedThem) {
    open_with_filters();
    blocks(*ana_, *moderator_);
    const Told told(*moderator_);
    const auto message = say(*ana_, "see https://example.org").message_accepted().message_id();
    say(*ana_, "I want to die");
    EXPECT_EQ(for_review(*moderator_).held_size(), 0);
    EXPECT_EQ(world_->ask(*moderator_, release(room_, message)).error().code(), v1::ERROR_CODE_MESSAGE_GONE);
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, message)).has_done());
    settle();
    ASSERT_EQ(told.kinds(), (Lines{"moderator_needed"})) << "a cry for help reaches everybody on duty";
    EXPECT_EQ(told.last().moderator_needed().message_id(), "") << "but reads like any call";
}

TEST_F(Reviewing, AModeratorLooksAfterThoseTooWhomTheyPutAwayThemselves) {
    open_with_filters();
    blocks(*moderator_, *ana_);
    say(*ana_, "see https://example.org");
    EXPECT_EQ(for_review(*moderator_).held_size(), 1);
}

TEST_F(Reviewing, WhatIsReleasedIsHiddenFromWhoBlockedItsAuthorAsEver) {
    open_with_filters();
    blocks(*ben_, *ana_);
    const Told told(*ben_);
    const auto message = say(*ana_, "see https://example.org").message_accepted().message_id();
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, message)).has_done());
    settle();
    EXPECT_EQ(told.kinds(), Lines{});
    EXPECT_EQ(read(*cleo_), (Lines{"see https://example.org"}));
}

TEST_F(Reviewing, AnEditThatWouldBeHeldIsRefusedAndItsAuthorToldByWhichFilter) {
    open_with_filters();
    const auto message = said(*ana_, "look");
    const Told told(*ana_);
    EXPECT_EQ(world_->ask(*ana_, edit(room_, message, "look at https://example.org")).error().code(),
              v1::ERROR_CODE_WOULD_BE_HELD);
    settle();
    ASSERT_EQ(told.kinds(), (Lines{"filters_acted"}));
    EXPECT_EQ(told.last().filters_acted().filters(0).filter_id(), "links");
    EXPECT_EQ(read(*ben_), (Lines{"look"}));
    EXPECT_TRUE(world_->ask(*ana_, edit(room_, message, "look here")).has_done());
}

// PRODUCT look 30: only what somebody said themselves counts.
TEST_F(Reviewing, TheSameWordsForTheThirdTimeWaitAndNobodyElsesCount) {
    open_with_filters(quick(), 0, filters_of_habits());
    for (Device* who : {ana_, ben_, ana_, ben_}) EXPECT_FALSE(say(*who, "Look at me").message_accepted().has_held());
    const auto third = say(*ana_, "look at ME").message_accepted();
    EXPECT_EQ(third.held().cause(), v1::HELD_FOR_FILTER);
    EXPECT_EQ(third.held().filter_id(), "again");
    EXPECT_EQ(third.held().says(), "The same once more is looked at.");
    EXPECT_FALSE(say(*ana_, "something else").message_accepted().has_held());
    EXPECT_FALSE(say(*cleo_, "Look at me").message_accepted().has_held());
    EXPECT_EQ(for_review(*moderator_).held_size(), 1);
    world_->pass(Duration{60'000});
    EXPECT_FALSE(say(*ana_, "Look at me").message_accepted().has_held()) << "that was long ago";
}

TEST_F(Reviewing, WhoeverWritesVeryFastWaitsAtTheirOwnPaceAlone) {
    open_with_filters(quick(), 0, filters_of_habits());
    for (const char* text : {"one", "two", "three", "four"}) {
        EXPECT_FALSE(say(*ana_, text).message_accepted().has_held());
        EXPECT_FALSE(say(*moderator_, text).message_accepted().has_held());
    }
    EXPECT_EQ(say(*ana_, "five").message_accepted().held().filter_id(), "fast");
    EXPECT_FALSE(say(*ben_, "hello, all").message_accepted().has_held()) << "only one's own pace counts";
    EXPECT_FALSE(say(*moderator_, "five").message_accepted().has_held()) << "who looks at it need not wait";
    world_->pass(Duration{10'000});
    EXPECT_FALSE(say(*ana_, "six").message_accepted().has_held());
}

// held_for_review_max
TEST_F(Reviewing, SoManyOfOnePersonMayWaitAndNoMore) {
    Limits limits = quick();
    limits.held_for_review_max = 2;
    open_with_filters(limits);
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(say(*ana_, "https://example.org").has_message_accepted());
    EXPECT_EQ(say(*ana_, "https://example.org").error().code(), v1::ERROR_CODE_TOO_MANY);
    EXPECT_TRUE(say(*ben_, "https://example.org").has_message_accepted());
    EXPECT_TRUE(say(*ana_, "hello").has_message_accepted());
}

// review_max
TEST_F(Reviewing, HowLongItWaitsIsForTheHouseToSay) {
    Limits limits = quick();
    limits.review_max = Duration{60'000};
    open_with_filters(limits);
    say(*ana_, "https://example.org");
    world_->pass(Duration{58'000});
    EXPECT_EQ(mine(*ana_).held(0).hold().cause(), v1::HELD_FOR_FILTER);
    world_->pass(Duration{4'000});
    EXPECT_EQ(mine(*ana_).held(0).hold().cause(), v1::HELD_FOR_RETURNED);
}

// first_messages_max
TEST_F(Reviewing, ARoomCannotHoldMoreFirstMessagesThanTheHouseAllows) {
    open_with_filters();
    auto settings = create_room("Other");
    settings.mutable_create_room()->mutable_settings()->set_hold_first_messages(50);
    EXPECT_TRUE(world_->ask(*operator_, settings).has_room_card());
    settings.mutable_create_room()->mutable_settings()->set_hold_first_messages(51);
    EXPECT_EQ(world_->ask(*operator_, settings).error().field(), "settings.hold_first_messages");
}

TEST_F(Reviewing, X1WhatAFilterHoldsSaysWhyAlsoWhenThatFilterIsNoMore) {
    open_with_filters();
    const auto again = post(room_, key(), "see https://example.org");
    const auto held = world_->ask(*ana_, again).message_accepted().held();
    EXPECT_EQ(held.filter_id(), "links");
    world_->ground().filters = std::get<filters::FilterSetPtr>(filters::FilterSet::make({}));
    world_->kill_server();
    const auto repeated = world_->ask(*ana_, again).message_accepted().held();
    EXPECT_EQ(repeated.filter_id(), "links");
    EXPECT_FALSE(repeated.says().empty());
    ASSERT_EQ(mine(*ana_).held_size(), 1);
    EXPECT_FALSE(mine(*ana_).held(0).hold().says().empty());
}

}  // namespace
}  // namespace kindroom::sim
