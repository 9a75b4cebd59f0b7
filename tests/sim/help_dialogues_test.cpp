// Help: cries that are heard, moderators who are called, people who are pointed to it.
#include <gtest/gtest.h>

#include "sim/reviewing.hpp"

namespace kindroom::sim {
namespace {

TEST_F(Reviewing, X8ACryForHelpIsShownLikeAnythingAndAnsweredInPrivate) {
    open_with_filters();
    const Told of_ana(*ana_);
    const Told of_ben(*ben_);
    const Told of_moderator(*moderator_);
    const auto reply = say(*ana_, "I want to d1e, you idiot");
    ASSERT_TRUE(reply.has_message_accepted());
    EXPECT_FALSE(reply.message_accepted().has_held()) << "a cry for help is never an offence";
    world_->pass(Duration{1'000});
    EXPECT_EQ(read(*ben_), (Lines{"I want to d1e, you idiot"}));
    EXPECT_EQ(of_ana.kinds(), (Lines{"help_offered"}));
    const auto offered = of_ana.last().help_offered();
    EXPECT_EQ(offered.filter().filter_id(), "help-en");
    EXPECT_EQ(offered.message_id(), reply.message_accepted().message_id());
    EXPECT_EQ(offered.introduction(), "You are not alone.");
    EXPECT_TRUE(offered.moderator_called());
    EXPECT_EQ(of_ben.kinds(), Lines{});
    ASSERT_EQ(of_moderator.kinds(), (Lines{"moderator_needed"})) << "within a second";
    EXPECT_EQ(of_moderator.last().moderator_needed().message_id(), offered.message_id());
}

// The page waits with the words for a moderator whose device stands still, and the block comes before either is
// written.
TEST_F(Reviewing, X3WhatAPageIsAboutIsJudgedAgainWhenItIsWritten) {
    open_with_filters();
    const Told told(*moderator_);
    moderator_->stall(true);
    said(*ana_, "I want to die");
    settle();
    blocks(*ana_, *moderator_);
    moderator_->stall(false);
    settle();
    EXPECT_EQ(moderator_->log, Lines{});
    ASSERT_EQ(told.kinds(), (Lines{"moderator_needed"})) << "somebody needs one all the same";
    EXPECT_EQ(told.last().moderator_needed().message_id(), "");
}

TEST_F(Reviewing, ALabelOfAFilterIsToldToTheAuthorAndGivesReadersTheirChoice) {
    open_with_filters();
    const Told told(*ana_);
    said(*ana_, "I hate everybody");
    settle();
    ASSERT_EQ(told.kinds(), (Lines{"filters_acted"}));
    EXPECT_EQ(told.last().filters_acted().labels(0), "anger");
    EXPECT_EQ(told.last().filters_acted().filters(0).filter_id(), "anger");
    EXPECT_TRUE(page(*ben_).messages(0).withheld());
}

TEST_F(Reviewing, CallingAModeratorReachesThoseOnDutyAndNamesNobody) {
    open_with_filters();
    const Told told(*moderator_);
    const auto reply = world_->ask(*ana_, call_moderator(room_));
    ASSERT_TRUE(reply.has_moderator_called()) << reply.ShortDebugString();
    EXPECT_TRUE(reply.moderator_called().moderator_on_duty());
    world_->pass(Duration{1'000});
    ASSERT_EQ(told.kinds(), (Lines{"moderator_needed"}));
    EXPECT_EQ(told.last().moderator_needed().room_id(), room_);
    EXPECT_EQ(v1::ModeratorNeeded::descriptor()->field_count(), 2) << "never who";
}

// call_again
TEST_F(Reviewing, TheSameCallWithinAMinuteIsAnsweredAlikeAndCallsNobodyAnew) {
    open_with_filters();
    const Told told(*moderator_);
    for (int i = 0; i < 50; ++i)
        EXPECT_TRUE(world_->ask(*ana_, call_moderator(room_)).moderator_called().moderator_on_duty());
    EXPECT_TRUE(world_->ask(*ben_, call_moderator(room_)).has_moderator_called()) << "somebody else's is another call";
    settle();
    EXPECT_EQ(told.kinds().size(), 2u);
    world_->pass(world_->ground().limits.call_again);
    world_->ask(*ana_, call_moderator(room_));
    settle();
    EXPECT_EQ(told.kinds().size(), 3u);
}

TEST_F(Reviewing, WhereNobodyIsOnDutyThoseOfTheHouseAreCalled) {
    open_with_filters();
    const auto other = world_->ask(*operator_, create_room("Other")).room_card().room().room_id();
    EXPECT_TRUE(world_->ask(*ana_, join(other, "Ana")).has_room_joined());
    settle();
    const Told told(*moderator_);
    EXPECT_TRUE(world_->ask(*ana_, call_moderator(other)).moderator_called().moderator_on_duty());
    settle();
    ASSERT_EQ(told.kinds(), (Lines{"moderator_needed"}));
    EXPECT_EQ(told.last().moderator_needed().room_id(), other);
    EXPECT_TRUE(world_->ask(*moderator_, go_off_duty(room_)).has_done());
    settle();
    EXPECT_FALSE(world_->ask(*ben_, call_moderator("")).moderator_called().moderator_on_duty());
    const Told of_ana(*ana_);
    say(*ana_, "I want to die");
    settle();
    ASSERT_EQ(of_ana.kinds(), (Lines{"help_offered"}));
    EXPECT_FALSE(of_ana.last().help_offered().moderator_called()) << "nobody was there, and nobody is promised";
}

TEST_F(Reviewing, X6CallingWorksForWhoHasSteppedAwayAndInARoomThatIsNoneOfTheirs) {
    open_with_filters();
    EXPECT_TRUE(world_->ask(*ana_, step_away("", Duration{3'600'000}, true)).has_stepped_away());
    EXPECT_TRUE(world_->ask(*ana_, call_moderator(room_)).has_moderator_called());
    Device& stranger = world_->new_device();
    stranger.begin();
    EXPECT_TRUE(world_->ask(stranger, create_account()).has_account_created());
    EXPECT_TRUE(world_->ask(stranger, call_moderator(room_)).has_moderator_called()) << "without consent, not a member";
    EXPECT_TRUE(world_->ask(stranger, call_moderator(std::string(16, 'x'))).has_moderator_called());
}

TEST_F(Reviewing, X6HelpIsThereBeforeSigningInInAPausedRoomAndForTheBanned) {
    open_with_filters();
    const auto introduction = [&](Device& device) {
        return world_->ask(device, get_help()).help_directory().introduction();
    };
    Device& stranger = world_->new_device();
    stranger.begin();
    EXPECT_EQ(introduction(stranger), "You are not alone.");
    EXPECT_TRUE(world_->ask(*moderator_, pause_room(room_, "A break.")).has_room_card());
    EXPECT_EQ(introduction(*ana_), "You are not alone.");
    EXPECT_TRUE(world_->ask(*ana_, call_moderator(room_)).moderator_called().moderator_on_duty());
    const std::string login_id = ana_->login_id();
    EXPECT_TRUE(world_->ask(*operator_, ban(login_id)).has_done());
    settle();
    Device& anew = world_->new_device();
    anew.begin();
    EXPECT_TRUE(world_->ask(anew, sign_in(login_id)).has_signed_in());
    EXPECT_EQ(introduction(anew), "You are not alone.");
    EXPECT_TRUE(world_->ask(anew, call_moderator("")).has_moderator_called());
}

TEST_F(Reviewing, WhoIsPointedToHelpGetsACardFromTheRoomAtTheEndOfTheMinute) {
    open_with_filters();
    const Told of_ana(*ana_);
    const Told of_cleo(*cleo_);
    EXPECT_TRUE(world_->ask(*ben_, point_to_help(person(*ana_))).has_done());
    EXPECT_TRUE(world_->ask(*cleo_, point_to_help(person(*ana_))).has_done());
    world_->pass(Duration{61'000});
    ASSERT_EQ(of_ana.kinds(), (Lines{"help_offered"})) << "not how many";
    const auto offered = of_ana.last().help_offered();
    EXPECT_EQ(offered.room_id(), room_);
    EXPECT_EQ(offered.message_id(), "");
    EXPECT_EQ(offered.ShortDebugString().find("Ben"), std::string::npos) << "naming no one";
    EXPECT_EQ(of_cleo.kinds(), Lines{});
}

TEST_F(Reviewing, X3PointingToHelpTellsNothingOfABoundary) {
    open_with_filters();
    blocks(*ana_, *ben_);
    blocks(*cleo_, *ana_);
    const Told of_ana(*ana_);
    const Told of_ben(*ben_);
    EXPECT_TRUE(world_->ask(*ben_, point_to_help(person(*ana_))).has_done()) << "the same answer";
    EXPECT_TRUE(world_->ask(*ana_, point_to_help(person(*ben_))).has_done());
    world_->pass(Duration{61'000});
    EXPECT_EQ(of_ana.kinds(), Lines{});
    EXPECT_EQ(of_ben.kinds(), Lines{});
}

// points_per_day
TEST_F(Reviewing, OnePersonPointsToHelpSoOftenInADayAndNoMore) {
    Limits limits = quick();
    limits.points_per_day = 2;
    open_with_filters(limits);
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(world_->ask(*ben_, point_to_help(person(*ana_))).has_done());
    EXPECT_EQ(world_->ask(*ben_, point_to_help(person(*ana_))).error().code(), v1::ERROR_CODE_RATE_LIMITED);
    EXPECT_TRUE(world_->ask(*ana_, point_to_help(person(*ben_))).has_done());
}

// help_stale_after
TEST_F(Reviewing, APlaceThatNobodyTriedForLongIsShownAsDoubtful) {
    open_with_filters();
    const auto directory = world_->ask(*ana_, get_help()).help_directory();
    ASSERT_EQ(directory.entries_size(), 2);
    EXPECT_FALSE(directory.entries(0).doubtful());
    EXPECT_TRUE(directory.entries(1).doubtful()) << "in 2001";
}

TEST_F(Reviewing, AnAdminSeesWhichFilterWouldHaveActedAndOnWhat) {
    open_with_filters();
    const auto message = said(*ana_, "I hate everybody");
    said(*ben_, "why?");
    EXPECT_EQ(world_->ask(*ana_, try_filters("I want to die")).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    const auto tried = world_->ask(*operator_, try_filters("I want to die")).filters_tried();
    ASSERT_EQ(tried.messages_size(), 1);
    EXPECT_EQ(tried.messages(0).filters(0).filter_id(), "help-en");
    EXPECT_EQ(world_->ask(*operator_, try_filters("hello")).filters_tried().messages_size(), 0);
    EXPECT_TRUE(world_->ask(*operator_, set_role(cleo_->login_id(), v1::ROLE_ADMIN)).has_done());
    settle();
    v1::Request over_room;
    over_room.mutable_try_filters()->set_room_id(room_);
    const auto over = world_->ask(*cleo_, over_room).filters_tried();
    ASSERT_EQ(over.messages_size(), 1);
    EXPECT_EQ(over.messages(0).message_id(), message);
}

}  // namespace
}  // namespace kindroom::sim
