// The looks from 20 on: see looks_dialogues_test.cpp.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <set>

#include "sim/boundaries.hpp"

namespace kindroom::sim {
namespace {

TEST_F(Boundaries, Look20_EverybodyListsTheirOwnBoundariesOnly) {
    open();
    come_in();
    Device& mira = moderator("Mira");
    blocks(*ana_, *ben_);
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().blocks_size(), 1);
    for (Device* other : {ben_, cleo_, &mira}) {
        const auto list = world_->ask(*other, list_boundaries());
        ASSERT_TRUE(list.has_boundaries());
        EXPECT_EQ(list.boundaries().ByteSizeLong(), 0u);
    }
}

TEST_F(Boundaries, Look21_AReportHasAReceiptOfOneShapeWhoeverItIsAbout) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    const auto of_ana = world_->ask(*ben_, block({person(*ana_)}, "was unkind")).people_blocked();
    const auto of_cleo = world_->ask(*ben_, block({person(*cleo_)}, "was unkind")).people_blocked();
    EXPECT_FALSE(of_ana.report_receipt().empty());
    EXPECT_EQ(of_ana.report_receipt().size(), of_cleo.report_receipt().size());
    EXPECT_EQ(of_ana.blocks_size(), of_cleo.blocks_size());
}

TEST_F(Boundaries, Look22_WhoResumesHoldsWhatWhoListenedHolds) {
    open();
    come_in();
    Device& phone = second_device_of(*ben_, "Ben");
    say(*ana_, "before");
    settle();
    phone.stay_away(true);
    settle();
    say(*ana_, "heard by one of Ben's");
    settle();
    blocks(*ana_, *ben_);
    say(*ana_, "unseen");
    say(*cleo_, "from Cleo");
    settle();
    phone.stay_away(false);
    EXPECT_TRUE(world_->pass_until([&] { return phone.log.size() >= 3; }));
    settle();
    EXPECT_EQ(ben_->log, (Lines{"+before", "+heard by one of Ben's", "+from Cleo"}));
    EXPECT_EQ(phone.log, ben_->log);
    EXPECT_EQ(read(phone), (Lines{"before", "heard by one of Ben's", "from Cleo"}));
}

TEST_F(Boundaries, Look23_AllDevicesOfBothAreInIt) {
    open();
    come_in();
    Device& anas_phone = second_device_of(*ana_, "Ana");
    Device& bens_phone = second_device_of(*ben_, "Ben");
    blocks(*ana_, *ben_);
    Device& bens_tablet = second_device_of(*ben_, "Ben");
    say(anas_phone, "from Ana");
    say(bens_phone, "from Ben");
    settle();
    for (Device* device : {ana_, &anas_phone}) EXPECT_EQ(device->log, Lines{"+from Ana"});
    for (Device* device : {ben_, &bens_phone, &bens_tablet}) EXPECT_EQ(device->log, Lines{"+from Ben"});
    EXPECT_EQ(cleo_->log, (Lines{"+from Ana", "+from Ben"}));
}

TEST_F(Boundaries, Look24_ASecondAccountThatIsLinkedInheritsTheBlock) {
    open();
    come_in();
    Device& mira = moderator("Mira");
    Device& ben_again = member("Benjamin");
    blocks(*ana_, *ben_);
    say(*ana_, "one");
    settle();
    EXPECT_EQ(ben_again.log, Lines{"+one"}) << "nobody has linked it yet";
    const auto told = overhear(ben_again);
    EXPECT_TRUE(world_->ask(mira, link_people(room_, person(*ben_).token, person(ben_again).token)).has_done());
    settle();
    EXPECT_TRUE(told->empty()) << "nobody is told";
    say(*ana_, "two");
    say(ben_again, "hello, Ana");
    settle();
    EXPECT_EQ(ben_again.log, (Lines{"+one", "+hello, Ana"}));
    EXPECT_EQ(read(*ana_), (Lines{"one", "two"}));
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().blocks_size(), 1)
        << "that two are one is the moderators' knowledge";
    Device& third = member("Third");
    EXPECT_TRUE(world_->ask(mira, link_people(room_, person(third).token, person(*ben_).token)).has_done());
    settle();
    Device& dora = member("Dora");
    blocks(dora, third);
    say(*ben_, "and you, Dora");
    settle();
    EXPECT_EQ(dora.log, Lines{}) << "a block after the link holds for both as well";
}

TEST_F(Boundaries, Look25_ANeutralHouse) {
    // Nobody on duty is shown a boundary: the true roster is true.
    open();
    come_in();
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    const auto told = overhear(mira);
    blocks(*ana_, *ben_);
    settle();
    EXPECT_TRUE(told->empty());
    EXPECT_EQ(people(mira).size(), 4u);
}

TEST_F(Boundaries, Look26_AtTheMomentOfABlockNothingHappensToBen) {
    open();
    come_in();
    say(*ana_, "words");
    say(*ben_, "words");
    settle();
    Connection* connection = ben_->connection();
    const auto told = overhear(*ben_);
    blocks(*ana_, *ben_);
    settle();
    EXPECT_TRUE(told->empty());
    EXPECT_EQ(ben_->connection(), connection);
    EXPECT_TRUE(say(*ben_, "still here").has_message_accepted());
}

TEST_F(Boundaries, Look27_StepsAreWordsAndNothingElse) {
    const auto* steps = v1::RoomEvent::descriptor()->FindOneofByName("step");
    Lines names;
    for (int i = 0; i < steps->field_count(); ++i) names.push_back(steps->field(i)->name());
    EXPECT_EQ(names, (Lines{"posted", "edited", "retracted"}));
}

TEST_F(Boundaries, Look28_AnUnblockTakesItsTimeAndABlockDoesNot) {
    open();
    come_in();
    const auto first = blocks(*ana_, *ben_);
    const auto planned = world_->ask(*ana_, unblock(first)).unblock_planned();
    EXPECT_EQ(planned.takes_effect_at_ms() - to_ms(world_->ground().clock.now()) > 590'000, true);
    world_->pass(Duration{300'000});
    say(*ana_, "in the dark");
    settle();
    EXPECT_EQ(ben_->log, Lines{});
    world_->pass(Duration{301'000});
    say(*ana_, "in the light");
    settle();
    EXPECT_EQ(ben_->log, Lines{"+in the light"});
    blocks(*ana_, *ben_);
    say(*ana_, "dark again");
    settle();
    EXPECT_EQ(ben_->log, Lines{"+in the light"});
}

TEST_F(Boundaries, Look29_X4BenMayDoAllThatHeMightBefore) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    const auto words = said(*ben_, "helo");
    EXPECT_TRUE(world_->ask(*ben_, edit(room_, words, "hello")).has_done());
    EXPECT_TRUE(world_->ask(*ben_, retract(room_, said(*ben_, "gone"))).has_done());
    settle();
    EXPECT_EQ(cleo_->log, (Lines{"+helo", "~hello", "+gone", "-"}));
    EXPECT_EQ(ana_->log, Lines{});
    EXPECT_TRUE(world_->ask(*ben_, leave(room_)).has_done());
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined());
}

TEST_F(Boundaries, Look30_WhatAnaDoesUnseenNeverLimitsBen) {
    Limits limits = quick();
    limits.outbox_events_max = 10;
    limits.window_steps = 4;
    open(limits);
    come_in();
    blocks(*ana_, *ben_);
    ben_->stall(true);
    Connection* connection = ben_->connection();
    for (int i = 0; i < 40; ++i) say(*ana_, "unseen");
    settle();
    ben_->stall(false);
    say(*cleo_, "seen");
    settle();
    EXPECT_EQ(ben_->connection(), connection) << "nothing waited, so nothing was too much";
    EXPECT_EQ(ben_->log, Lines{"+seen"});
}

TEST_F(Boundaries, Look31_WordsLastByTimeHoweverMuchIsSaidUnseen) {
    Limits limits = quick();
    limits.window_steps = 4;
    open(limits);
    come_in();
    say(*cleo_, "long ago");
    blocks(*ana_, *ben_);
    for (int i = 0; i < 60; ++i) say(*ana_, "unseen");
    EXPECT_EQ(read(*ben_), Lines{"long ago"});
    Lines kinds;
    for (int i = 1; i < v1::Retention_descriptor()->value_count(); ++i)
        kinds.push_back(v1::Retention_descriptor()->value(i)->name());
    EXPECT_EQ(kinds, (Lines{"RETENTION_HOURS_24", "RETENTION_DAYS_7", "RETENTION_DAYS_30"}));
}

TEST_F(Boundaries, Look32_ARoomDoesNotSayWhenSomethingHappenedInIt) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    v1::Request ask;
    ask.mutable_get_room()->set_room_id(room_);
    const auto before = bare(world_->ask(*ben_, ask));
    say(*ana_, "unseen");
    world_->pass(Duration{60'000});
    EXPECT_EQ(bare(world_->ask(*ben_, ask)), before);
    // What lies ahead is nobody's doing: when the room pauses for want of a moderator, and when its hours begin.
    const std::set<std::string> ahead{"pauses_at_ms", "opens_at_ms"};
    for (const auto* message : {v1::RoomCard::descriptor(), v1::RoomSettings::descriptor()})
        for (int i = 0; i < message->field_count(); ++i) {
            const std::string& name = message->field(i)->name();
            EXPECT_TRUE(name.find("_at") == name.npos || ahead.contains(name)) << name;
        }
}

}  // namespace
}  // namespace kindroom::sim
