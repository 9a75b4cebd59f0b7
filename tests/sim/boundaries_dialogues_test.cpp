// Mute, block, unblock, step away: what each does for whoever sets it, in time and over restarts.
#include <gtest/gtest.h>

#include "sim/boundaries.hpp"

namespace kindroom::sim {
namespace {

// ---- mute -----------------------------------------------------------------------------------------------------------

TEST_F(Boundaries, AMutedPersonIsWithheldAndComesBackWithTheirHistory) {
    open();
    come_in();
    const auto muted = world_->ask(*ana_, mute(person(*ben_))).muted().mute_id();
    const auto told = overhear(*ben_);
    say(*ben_, "while muted");
    say(*cleo_, "from Cleo");
    settle();
    EXPECT_EQ(ana_->log, Lines{"+from Cleo"});
    EXPECT_EQ(read(*ana_), Lines{"from Cleo"});
    EXPECT_EQ(people(*ana_), (Lines{"Ana", "Ben", "Cleo"})) << "a muted person is still there";
    EXPECT_EQ(told->size(), 3u) << "nothing changes for Ben: the answer, his words, Cleo's";
    EXPECT_TRUE(world_->ask(*ana_, unmute(muted)).has_done());
    EXPECT_EQ(read(*ana_), (Lines{"while muted", "from Cleo"}));
    EXPECT_TRUE(world_->ask(*ana_, unmute(muted)).has_done()) << "ended before is as good";
}

TEST_F(Boundaries, AMuteEndsByItselfAlsoWhileTheServerIsDown) {
    open();
    come_in();
    EXPECT_TRUE(world_->ask(*ana_, mute(person(*ben_), room_, Duration{60'000})).has_muted());
    EXPECT_TRUE(world_->ask(*ana_, mute(person(*cleo_), {}, Duration{300'000})).has_muted());
    world_->pass(Duration{50'000});
    say(*ben_, "muted");
    world_->kill_server(Duration{20'000});
    EXPECT_TRUE(world_->pass_until([&] { return ana_->is_connected() && ben_->is_connected(); }));
    world_->pass(Duration{2'000});
    say(*ben_, "heard");
    say(*cleo_, "muted for longer");
    settle();
    // Whoever resumes after the end of a mute gets what it kept back like all that was missed.
    EXPECT_EQ(ana_->log, (Lines{"+muted", "+heard"}));
    world_->pass(Duration{250'000});
    say(*cleo_, "heard too");
    settle();
    EXPECT_EQ(ana_->log, (Lines{"+muted", "+heard", "+heard too"}));
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().mutes_size(), 0);
}

TEST_F(Boundaries, WordsLabelsAndRoomsAreMutedAsTheyAreMeant) {
    open();
    come_in();
    auto request = create_room("Porch");
    request.mutable_create_room()->mutable_settings()->add_content_labels("grief");
    const auto porch = world_->ask(*operator_, request).room_card().room().room_id();
    for (Device* device : {ana_, ben_}) EXPECT_TRUE(world_->ask(*device, join(porch, "One")).has_room_joined());
    EXPECT_TRUE(world_->ask(*ana_, mute_words({"exam"})).has_muted());
    say(*ben_, "my EXAM, tomorrow");
    say(*ben_, "an example");
    EXPECT_TRUE(world_->ask(*ana_, mute_label("grief")).has_muted());
    auto labelled = post(porch, key(), "about my father");
    labelled.mutable_post_message()->add_labels("grief");
    EXPECT_TRUE(world_->ask(*ben_, labelled).has_message_accepted());
    post_to(*ben_, porch, "on the porch");
    settle();
    EXPECT_EQ(ana_->log, (Lines{"+an example", "+on the porch"}));
    EXPECT_TRUE(world_->ask(*ana_, mute_room(porch)).has_muted());
    post_to(*ben_, porch, "nobody?");
    say(*ben_, "here still");
    settle();
    EXPECT_EQ(ana_->log, (Lines{"+an example", "+on the porch", "+here still"}));
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().mutes_size(), 3);
}

// ---- block ----------------------------------------------------------------------------------------------------------

TEST_F(Boundaries, ABlockTakesAwayAllOfSomebodyForWhoeverChoseIt) {
    open();
    come_in();
    const auto words = said(*ben_, "Ben's past");
    auto reply = post(room_, key(), "Cleo to Ben");
    reply.mutable_post_message()->set_reply_to(words);
    world_->ask(*cleo_, reply);
    settle();
    blocks(*ana_, *ben_);
    EXPECT_EQ(read(*ana_), Lines{"Cleo to Ben"});
    EXPECT_TRUE(found(*ana_, "Cleo to Ben").reply_to().empty());
    EXPECT_EQ(people(*ana_), (Lines{"Ana", "Cleo"})) << "at once, for the one who chose it";
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Benjamin")).has_room_joined());
    say(*ben_, "under another name");
    settle();
    EXPECT_EQ(read(*ana_), Lines{"Cleo to Ben"});
    EXPECT_EQ(read(*ben_), (Lines{"Ben's past", "Cleo to Ben", "under another name"}));
    EXPECT_EQ(world_->ask(*ana_, block({person(*ben_)})).people_blocked().blocks_size(), 1) << "again is the same";
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().blocks_size(), 1);
}

TEST_F(Boundaries, ManyPeopleAreBlockedInOneCallAndReportedWithIt) {
    open();
    come_in();
    Device& dora = member("Dora");
    const auto reply = world_->ask(
        *ana_, block({person(*ben_), person(dora), person(*ana_), {room_, std::string(16, '?')}}, "a pile-on"));
    EXPECT_EQ(reply.people_blocked().blocks_size(), 2) << "oneself and nobody are passed over";
    EXPECT_FALSE(reply.people_blocked().report_receipt().empty());
    say(*ben_, "one");
    say(dora, "two");
    say(*cleo_, "three");
    settle();
    EXPECT_EQ(ana_->log, Lines{"+three"});
    EXPECT_EQ(ben_->log, (Lines{"+one", "+two", "+three"})) << "the two see each other";
}

TEST_F(Boundaries, ABlockIsDurableBeforeItIsAnswered) {
    open();
    come_in();
    world_->set_store_policy(
        [](auto work) { return work == store::MemoryStore::Work::commit ? Outcome::crash_before : Outcome::ok; });
    bool answered = false;
    ana_->ask(block({person(*ben_)}), [&](const v1::Reply* reply) { answered = reply && reply->has_people_blocked(); });
    EXPECT_TRUE(world_->pass_until([&] { return !world_->is_up(); }));
    EXPECT_FALSE(answered);
    world_->set_store_policy({});
    EXPECT_TRUE(world_->pass_until([&] { return world_->is_up() && ana_->is_signed_in() && ana_->is_connected(); }));
    world_->pass(Duration{3'000});
    blocks(*ana_, *ben_);
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().blocks_size(), 1);
    world_->kill_server();
    world_->pass(Duration{5'000});
    say(*ana_, "after a restart");
    settle();
    EXPECT_EQ(ben_->log, Lines{});
    EXPECT_EQ(cleo_->log, Lines{"+after a restart"});
}

TEST_F(Boundaries, ABlockThatWasDurableWhenTheServerDiedHoldsForBoth) {
    open();
    come_in();
    say(*ana_, "before");
    settle();
    world_->set_store_policy([once = true](auto work) mutable {
        return work == store::MemoryStore::Work::commit && std::exchange(once, false) ? Outcome::crash_after
                                                                                      : Outcome::ok;
    });
    ana_->ask(block({person(*ben_)}));
    EXPECT_TRUE(world_->pass_until([&] { return !world_->is_up(); }));
    world_->set_store_policy({});
    EXPECT_TRUE(world_->pass_until([&] { return world_->is_up(); }));
    world_->pass(Duration{5'000});
    say(*ana_, "after");
    say(*ben_, "from Ben");
    settle();
    EXPECT_EQ(ben_->log, (Lines{"+before", "+from Ben"}));
    EXPECT_EQ(read(*ben_), (Lines{"before", "from Ben"})) << "what had been delivered stays, over a restart too";
    EXPECT_EQ(read(*ana_), (Lines{"before", "after"}));
}

TEST_F(Boundaries, ABlockThatTheStoreRefusedHoldsNothingBack) {
    open();
    come_in();
    world_->server().store().fail_next(1);
    EXPECT_EQ(world_->ask(*ana_, block({person(*ben_)})).error().code(), v1::ERROR_CODE_UNAVAILABLE);
    say(*ana_, "still heard");
    settle();
    EXPECT_EQ(ben_->log, Lines{"+still heard"});
    blocks(*ana_, *ben_);
    say(*ana_, "not any more");
    settle();
    EXPECT_EQ(ben_->log, Lines{"+still heard"});
}

TEST_F(Boundaries, WhatWaitsForADeviceThatStandsStillIsPurged) {
    open();
    come_in();
    ana_->stall(true);
    ben_->stall(true);
    say(*cleo_, "from Cleo");
    Device& phone = second_device_of(*ana_, "Ana");
    say(phone, "on its way to Ben");
    ben_->ask(post(room_, key(), "on its way to Ana"));
    settle();
    blocks(phone, *ben_);
    ana_->stall(false);
    ben_->stall(false);
    settle();
    EXPECT_EQ(ben_->log, (Lines{"+from Cleo", "+on its way to Ana"}));
    EXPECT_EQ(ana_->log, (Lines{"+from Cleo", "+on its way to Ben"}));
}

TEST_F(Boundaries, WhatWasNotDeliveredBeforeABlockNeverComes) {
    open();
    come_in();
    say(*ana_, "delivered");
    settle();
    ben_->stay_away(true);
    world_->pass(Duration{10'000});
    say(*ana_, "not delivered");
    settle();
    const auto id = blocks(*ana_, *ben_);
    say(*ana_, "in the dark");
    ben_->stay_away(false);
    EXPECT_TRUE(world_->pass_until([&] { return ben_->is_connected(); }));
    say(*cleo_, "from Cleo");
    settle();
    EXPECT_EQ(ben_->log, (Lines{"+delivered", "+from Cleo"}));
    EXPECT_EQ(read(*ben_), (Lines{"delivered", "from Cleo"}));
    EXPECT_TRUE(world_->ask(*ana_, unblock(id)).has_unblock_planned());
    world_->pass(Duration{601'000});
    say(*ana_, "in the light");
    settle();
    EXPECT_EQ(read(*ben_), (Lines{"delivered", "from Cleo", "in the light"}));
    EXPECT_EQ(read(*ana_), (Lines{"delivered", "not delivered", "in the dark", "from Cleo", "in the light"}));
}

TEST_F(Boundaries, TheDarkIntervalStaysDarkForBoth) {
    open();
    come_in();
    say(*ben_, "Ben before");
    settle();
    const auto id = blocks(*ana_, *ben_);
    say(*ben_, "Ben in the dark");
    say(*ana_, "Ana in the dark");
    EXPECT_TRUE(world_->ask(*ana_, unblock(id)).has_unblock_planned());
    world_->pass(Duration{300'000});
    // A restart does not make it shorter or longer.
    world_->kill_server();
    world_->pass(Duration{301'000});
    say(*ben_, "Ben after");
    say(*ana_, "Ana after");
    settle();
    EXPECT_EQ(read(*ana_), (Lines{"Ben before", "Ana in the dark", "Ben after", "Ana after"}));
    EXPECT_EQ(read(*ben_), (Lines{"Ben before", "Ben in the dark", "Ben after", "Ana after"}));
    EXPECT_EQ(world_->ask(*ana_, list_boundaries()).boundaries().blocks_size(), 0);
}

TEST_F(Boundaries, ABlockThatIsOneTooManyHoldsNobodyStill) {
    Limits limits = quick();
    limits.boundaries_max = 1;
    open(limits);
    come_in();
    Device& dora = member("Dora");
    blocks(*ana_, dora);
    const auto refused = world_->ask(*ana_, block({person(*ben_), person(*cleo_)}));
    EXPECT_EQ(refused.error().code(), v1::ERROR_CODE_TOO_MANY);
    // What shows people still arrives.
    EXPECT_FALSE(people(*ben_).empty());
    EXPECT_FALSE(people(*cleo_).empty());
}

TEST_F(Boundaries, X4WhoeverIsBlockedOverAndOverIsStillToldOfAllOthers) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    std::size_t answers = 0;
    for (int i = 0; i < 20; ++i) ana_->ask(block({person(*ben_)}), [&](const v1::Reply*) { answers += 1; });
    EXPECT_FALSE(people(*ben_).empty());
    EXPECT_TRUE(world_->pass_until([&] { return answers == 20; }));
}

TEST_F(Boundaries, WordsThatAreTakenBackGoFromTheScreenOfTheOneWhoIsBlockedToo) {
    open();
    come_in();
    const auto message = said(*ana_, "too much");
    settle();
    blocks(*ana_, *ben_);
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, message)).has_done());
    settle();
    EXPECT_EQ(ben_->log, (Lines{"+too much", "-"}));
}

TEST_F(Boundaries, TheRoleVoiceCannotBeBlockedAndThePersonBehindItCan) {
    open();
    come_in();
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    blocks(*ana_, mira);
    auto aloud = post(room_, key(), "as the moderator");
    aloud.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
    EXPECT_TRUE(world_->ask(mira, aloud).has_message_accepted());
    say(mira, "as Mira");
    settle();
    EXPECT_EQ(ana_->log, Lines{"+as the moderator"});
    const auto voice = found(*ana_, "as the moderator").author().token();
    EXPECT_EQ(world_->ask(*ana_, mute({room_, voice}, room_)).error().code(), v1::ERROR_CODE_PERSON_UNKNOWN);
    EXPECT_EQ(world_->ask(*ana_, block({{room_, voice}})).error().code(), v1::ERROR_CODE_PERSON_UNKNOWN)
        << "it is no person's";
    const auto both = world_->ask(*ana_, block({{room_, voice}, person(*cleo_)})).people_blocked();
    ASSERT_EQ(both.blocks_size(), 1) << "and keeps nobody else from being kept away";
    EXPECT_EQ(both.blocks(0).person().name(), "Cleo");
    aloud.mutable_post_message()->set_client_key(key());
    aloud.mutable_post_message()->set_text("still the moderator");
    EXPECT_TRUE(world_->ask(mira, aloud).has_message_accepted());
    settle();
    EXPECT_EQ(ana_->log.back(), "+still the moderator");
    say(*ben_, "still here");
    settle();
    EXPECT_EQ(ana_->log.back(), "+still here") << "it did not mute the room";
}

TEST_F(Boundaries, BeforeGoingInOneIsWarnedOfSomebodyFromOnesOwnListOnly) {
    open();
    come_in();
    const auto warned = [&](Device& device) {
        return world_->ask(device, heads_up(room_)).heads_up().blocked_person_here();
    };
    blocks(*ana_, *ben_);
    EXPECT_TRUE(warned(*ana_));
    EXPECT_FALSE(warned(*ben_)) << "Ben blocks nobody";
    EXPECT_FALSE(warned(*cleo_));
    blocks(*ben_, *ana_);
    tick();
    EXPECT_FALSE(warned(*ana_)) << "not if the other one blocked as well";
    EXPECT_FALSE(warned(*ben_));
}

TEST_F(Boundaries, AskingAgainAndAgainTellsNotToTheSecondWhenSomebodyComesOrGoes) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    const auto warned = [&] { return world_->ask(*ana_, heads_up(room_)).heads_up().blocked_person_here(); };
    tick();
    EXPECT_TRUE(world_->ask(*ben_, leave(room_)).has_done());
    EXPECT_TRUE(warned());
    tick();
    EXPECT_FALSE(warned());
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined());
    EXPECT_FALSE(warned());
    tick();
    EXPECT_TRUE(warned());
    blocks(*ben_, *ana_);
    EXPECT_TRUE(warned()) << "as when he leaves";
    tick();
    EXPECT_FALSE(warned());
}

// ---- step away ------------------------------------------------------------------------------------------------------

TEST_F(Boundaries, WhoHasSteppedAwayIsToldNothingAndComesBackToTheNewest) {
    Limits limits = quick();
    limits.catch_up_max = 3;
    open(limits);
    come_in();
    Device& phone = second_device_of(*ana_, "Ana");
    const auto cursor = cursor_of(*ana_);
    EXPECT_TRUE(world_->ask(*ana_, step_away(room_)).has_stepped_away());
    for (int i = 0; i < 6; ++i) say(*ben_, "line " + std::to_string(i));
    settle();
    EXPECT_EQ(ana_->log, Lines{});
    EXPECT_EQ(phone.log, Lines{});
    EXPECT_EQ(world_->ask(phone, history(room_, 5)).error().code(), v1::ERROR_CODE_STEPPED_AWAY);
    EXPECT_EQ(say(*ana_, "no").error().code(), v1::ERROR_CODE_STEPPED_AWAY);
    world_->pass(limits.presence_linger);
    tick();
    EXPECT_EQ(people(*cleo_), (Lines{"Ben", "Cleo"})) << "an ordinary absence";
    const auto back = world_->ask(*ana_, return_from_away(room_));
    ASSERT_TRUE(back.has_returned()) << back.ShortDebugString();
    EXPECT_TRUE(back.returned().something_new());
    const auto resumed = world_->ask(*ana_, resume(room_, cursor, true)).room_resumed();
    EXPECT_EQ(resumed.events_size(), 3);
    EXPECT_TRUE(resumed.caught_up());
    ASSERT_GT(resumed.events_size(), 0);
    EXPECT_EQ(resumed.events(resumed.events_size() - 1).posted().message().text(), "line 5");
    say(*ben_, "welcome back");
    settle();
    EXPECT_EQ(ana_->log.back(), "+welcome back");
}

TEST_F(Boundaries, AFirmAbsenceCannotBeEndedButHelpLeaveAndBlockStay) {
    open();
    come_in();
    EXPECT_EQ(world_->ask(*ana_, step_away("", Duration{86'400'001}, true)).error().code(),
              v1::ERROR_CODE_INVALID_ARGUMENT);
    EXPECT_TRUE(world_->ask(*ana_, step_away("", Duration{3'600'000}, true)).has_stepped_away());
    const auto refused = world_->ask(*ana_, return_from_away());
    EXPECT_EQ(refused.error().code(), v1::ERROR_CODE_STEPPED_AWAY);
    EXPECT_GT(refused.error().retry_at_ms(), to_ms(world_->ground().clock.now()));
    EXPECT_TRUE(world_->ask(*ana_, get_help()).has_help_directory());
    blocks(*ana_, *ben_);
    world_->kill_server();
    world_->pass(Duration{5'000});
    EXPECT_EQ(world_->ask(*ana_, return_from_away()).error().code(), v1::ERROR_CODE_STEPPED_AWAY) << "over a restart";
    EXPECT_EQ(world_->ask(*ana_, join(room_, "Ana")).error().code(), v1::ERROR_CODE_STEPPED_AWAY);
    world_->pass(Duration{3'600'000});
    EXPECT_TRUE(world_->ask(*ana_, join(room_, "Ana")).has_room_joined()) << "and then it is over";
    EXPECT_TRUE(world_->ask(*ana_, leave(room_)).has_done());
}

}  // namespace
}  // namespace kindroom::sim
