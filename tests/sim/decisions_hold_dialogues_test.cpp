// Somebody whose words a moderator looks at first, because it was decided so: told why, seen when released, over by
// itself.
#include <gtest/gtest.h>

#include "sim/deciding.hpp"
#include "sim/reviewing.hpp"

namespace kindroom::sim {
namespace {

constexpr Duration an_hour{3'600'000};

class Holding : public Reviewing {
  protected:
    static Limits patient() {
        Limits limits = quick();
        limits.held_for_review_max = 1'000;
        return limits;
    }
    v1::Decision holds(Device& who) {
        const auto reply = world_->ask(*moderator_, request(about(person(who), v1::DECISION_ACTION_HOLD, an_hour)));
        EXPECT_TRUE(reply.has_decision_taken()) << reply.ShortDebugString();
        settle();
        return reply.decision_taken().decision();
    }
    v1::Request aloud(const std::string& text) {
        auto words = post(room_, key(), text);
        words.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
        return words;
    }
    TimePoint now() { return world_->ground().clock.now(); }
};

TEST_F(Holding, TheyAreToldWhyAndAfterwardsWhatTheyWriteWaitsUntilItIsReleased) {
    open_with_filters();
    const Told told(*ben_);
    const auto decision = holds(*ben_);
    ASSERT_EQ(told.kinds(), Lines{"decision_made"});
    const auto made = told.last().decision_made().decision();
    EXPECT_EQ(made.action(), v1::DECISION_ACTION_HOLD);
    EXPECT_EQ(made.room_id(), room_);
    EXPECT_EQ(made.facts(), "told Cleo to leave");
    EXPECT_EQ(made.ends_at_ms() - made.decided_at_ms(), an_hour.count());
    EXPECT_FALSE(made.appeal_code().empty());

    const auto accepted = say(*ben_, "but").message_accepted();
    EXPECT_EQ(accepted.held().cause(), v1::HELD_FOR_DECISION);
    EXPECT_EQ(accepted.held().until_ms(), accepted.posted_at_ms() + 900'000);
    const auto waiting = mine(*ben_);
    ASSERT_EQ(waiting.held_size(), 1) << "they see that it waits";
    EXPECT_EQ(waiting.held(0).text(), "but");
    EXPECT_EQ(waiting.held(0).hold().cause(), v1::HELD_FOR_DECISION);
    EXPECT_FALSE(say(*ana_, "meanwhile").message_accepted().has_held()) << "nobody else's";
    settle();
    EXPECT_EQ(read(*ana_), Lines{"meanwhile"});
    ASSERT_EQ(for_review(*moderator_).held_size(), 1);
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, accepted.message_id())).has_done());
    settle();
    EXPECT_EQ(read(*ana_), (Lines{"meanwhile", "but"})) << "at the newest place";
    EXPECT_EQ(ana_->log, (Lines{"+meanwhile", "+but"}));

    const auto refused = world_->ask(*ben_, edit(room_, accepted.message_id(), "and another thing")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_WOULD_BE_HELD);
    EXPECT_EQ(refused.decision().decision_id(), decision.decision_id());
    EXPECT_EQ(refused.retry_at_ms(), decision.ends_at_ms());
    EXPECT_TRUE(world_->ask(*ben_, retract(room_, accepted.message_id())).has_done());
}

TEST_F(Holding, ItIsAboutOneRoom) {
    open_with_filters();
    const auto other = world_->ask(*operator_, create_room("Morning")).room_card().room().room_id();
    EXPECT_TRUE(world_->ask(*ben_, join(other, "Ben")).has_room_joined());
    holds(*ben_);
    EXPECT_TRUE(say(*ben_, "here it waits").message_accepted().has_held());
    EXPECT_FALSE(post_to(*ben_, other, "there it does not").message_accepted().has_held());
}

TEST_F(Holding, ItEndsByItselfToTheMillisecondAlsoAcrossARestart) {
    open_with_filters(patient());
    const auto end = holds(*ben_).ends_at_ms();
    say(*ben_, "still waiting");
    world_->kill_server();
    world_->pass(from_ms(end) - now() - Duration{1'000});
    bool was_held = false;
    for (bool is_held = true; is_held;) {
        const auto accepted = say(*ben_, "and now?").message_accepted();
        is_held = accepted.has_held();
        was_held |= is_held;
        ASSERT_EQ(is_held, accepted.posted_at_ms() < end) << end - accepted.posted_at_ms();
    }
    EXPECT_TRUE(was_held) << "it was in force until then";
}

TEST_F(Holding, WhatTheyHadSaidWithABreathComesBackAndWhatWaitsAlreadyGoesOnWaiting) {
    open_with_filters();
    const auto link = say(*ben_, "see https://example.org").message_accepted().message_id();
    auto breath = post(room_, key(), "in a moment");
    breath.mutable_post_message()->set_breath_ms(30'000);
    EXPECT_TRUE(world_->ask(*ben_, breath).has_message_accepted());
    const Told told(*ben_);
    holds(*ben_);
    EXPECT_EQ(told.kinds(), (Lines{"decision_made", "message_returned"})) << "the reasons come first";
    EXPECT_EQ(told.last().message_returned().text(), "in a moment");
    world_->pass(Duration{60'000});
    EXPECT_EQ(read(*ana_), Lines{});
    EXPECT_TRUE(world_->ask(*moderator_, release(room_, link)).has_done());
    settle();
    EXPECT_EQ(read(*ana_), Lines{"see https://example.org"});
}

TEST_F(Holding, WhatNobodyLookedAtComesBackWithItsText) {
    open_with_filters();
    holds(*ben_);
    say(*ben_, "is anybody there?");
    const Told told(*ben_);
    world_->pass(Duration{901'000});
    ASSERT_EQ(told.kinds(), Lines{"message_returned"});
    EXPECT_EQ(told.last().message_returned().text(), "is anybody there?");
    EXPECT_EQ(told.last().message_returned().cause(), v1::RETURN_CAUSE_UNREVIEWED);
}

TEST_F(Holding, X8ACryForHelpIsAnsweredAsEver) {
    open_with_filters();
    const auto message = said(*ben_, "I");
    holds(*ben_);
    const Told told(*ben_);
    EXPECT_EQ(say(*ben_, "I want to die").message_accepted().held().cause(), v1::HELD_FOR_DECISION);
    settle();
    EXPECT_EQ(told.kinds(), Lines{"help_offered"});
    EXPECT_TRUE(told.last().help_offered().moderator_called());
    EXPECT_EQ(world_->ask(*ben_, edit(room_, message, "I want to die")).error().code(), v1::ERROR_CODE_WOULD_BE_HELD);
    settle();
    EXPECT_EQ(told.kinds(), (Lines{"help_offered", "help_offered"})) << "although the edit was not taken";
}

TEST_F(Holding, AModeratorWhoIsHeldLetsTheirOwnWordsThroughByNoRole) {
    open_with_filters();
    Device& noa = moderator("Noa");
    EXPECT_TRUE(world_->ask(noa, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(noa, aloud("for the house")).has_message_accepted());
    const auto decision = holds(noa);
    const Told told(noa);
    const auto waits = say(noa, "for myself").message_accepted();
    EXPECT_EQ(waits.held().cause(), v1::HELD_FOR_DECISION);
    const auto refused = world_->ask(noa, aloud("for the house")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_WOULD_BE_HELD);
    EXPECT_EQ(refused.decision().decision_id(), decision.decision_id());
    settle();
    EXPECT_EQ(told.kinds(), Lines{}) << "it waits for others";
    EXPECT_EQ(for_review(noa).held_size(), 0);
    EXPECT_EQ(world_->ask(noa, release(room_, waits.message_id())).error().code(), v1::ERROR_CODE_MESSAGE_GONE);
    EXPECT_EQ(for_review(*moderator_).held_size(), 1);
}

}  // namespace
}  // namespace kindroom::sim
