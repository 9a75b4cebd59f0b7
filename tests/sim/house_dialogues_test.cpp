// Sessions, bans, roles, slow readers, rosters and rules.
#include <algorithm>
#include <gtest/gtest.h>

#include "sim/dialogue.hpp"

namespace kindroom::sim {
namespace {

class HouseDialogue : public Dialogue {};

TEST_F(HouseDialogue, ARevokedDeviceHearsNothingMore) {
    open();
    Device& ana = member("Ana");
    Device& phone = second_device_of(ana, "Ana");
    Device& ben = member("Ben");
    const auto session = session_of(phone);
    phone.stall(true);
    say(ben, "on its way to the phone");
    EXPECT_TRUE(world_->ask(ana, revoke_session(session)).has_done());
    say(ben, "after");
    phone.stall(false);
    EXPECT_TRUE(world_->pass_until([&] { return phone.has_given_up(); }));
    EXPECT_EQ(phone.log, Lines{});
    EXPECT_TRUE(phone.heard.back().has_session_ended());
    EXPECT_EQ(phone.last_ending.close_code, 4501);
    EXPECT_EQ(ana.log.size(), 2u);
}

TEST_F(HouseDialogue, AnAnswerThatComesAfterTheSessionEndedIsNotGiven) {
    Limits limits = quick();
    limits.window_steps = 1;
    open(limits);
    Device& ana = member("Ana");
    for (int i = 0; i < 5; ++i) say(ana, "words");
    Device& phone = second_device_of(ana, "Ana");
    const auto session = session_of(phone);
    for (int round = 0; round < 10; ++round) phone.ask(history(room_, 5));
    // The witness at the door sees what leaves.
    EXPECT_TRUE(world_->ask(ana, revoke_session(session)).has_done());
    settle();
    EXPECT_TRUE(phone.has_given_up());
}

TEST_F(HouseDialogue, ABanClosesEveryDeviceAndKeepsOut) {
    open();
    Device& ana = member("Ana");
    Device& phone = second_device_of(ana, "Ana");
    const std::string login_id = ana.login_id();
    EXPECT_TRUE(world_->ask(*operator_, ban(login_id)).has_done());
    EXPECT_TRUE(world_->pass_until([&] { return ana.has_given_up() && phone.has_given_up(); }));
    EXPECT_EQ(ana.heard.back().session_ended().reason(), v1::SESSION_END_REASON_BANNED);
    EXPECT_EQ(ana.heard.back().session_ended().decision().facts(), "was unkind");
    ana.begin();
    const auto back = world_->ask(ana, sign_in(login_id));
    EXPECT_EQ(back.signed_in().me().ban().facts(), "was unkind");
    const auto refused = world_->ask(ana, join(room_, "Ana")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_BANNED);
    EXPECT_EQ(refused.decision().facts(), "was unkind");
    EXPECT_TRUE(world_->ask(*operator_, lift_ban(login_id)).has_done());
    EXPECT_TRUE(world_->ask(ana, join(room_, "Ana")).has_room_joined());
}

TEST_F(HouseDialogue, ARoleThatIsTakenAwayTakesItsVoiceAlong) {
    open();
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(*operator_, set_role(ana.login_id(), v1::ROLE_MODERATOR)).has_done());
    EXPECT_TRUE(world_->ask(ana, go_on_duty(room_)).has_on_duty());
    auto aloud = post(room_, key(), "all well?");
    aloud.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
    EXPECT_TRUE(world_->ask(ana, aloud).has_message_accepted());
    EXPECT_TRUE(world_->ask(*operator_, set_role(ana.login_id(), v1::ROLE_MEMBER)).has_done());
    aloud.mutable_post_message()->set_client_key(key());
    EXPECT_EQ(world_->ask(ana, aloud).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    const auto card = world_->ask(ana, join(room_, "Ana")).room_joined().room();
    EXPECT_FALSE(card.moderator_on_duty());
}

TEST_F(HouseDialogue, ASignInThatTheStoreRefusedCanBeTriedAgainAtOnce) {
    open();
    Device& ana = member("Ana");
    const std::string login_id = ana.login_id();
    ana.begin();
    world_->pass(Duration{200'000});
    for (int failing = 1; failing <= 6; ++failing) {
        Device& device = world_->new_device();
        device.begin();
        settle();
        world_->set_store_policy(
            [failing, calls = 0](auto) mutable { return ++calls == failing ? Outcome::refuse : Outcome::ok; });
        for (int tries = 0; tries < 10; ++tries) {
            const auto reply = world_->ask(device, sign_in(login_id));
            if (reply.has_signed_in()) break;
            EXPECT_EQ(reply.error().code(), v1::ERROR_CODE_UNAVAILABLE);
        }
        EXPECT_TRUE(device.is_signed_in());
        device.begin();
        world_->pass(Duration{200'000});
    }
}

TEST_F(HouseDialogue, WhoeverDoesNotReadIsClosedAndTheOthersNoticeNothing) {
    Limits limits = quick();
    limits.outbox_events_max = 10;
    open(limits);
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    Device& cleo = member("Cleo");
    ben.stall(true);
    for (int i = 0; i < 30; ++i) EXPECT_TRUE(say(ana, "line " + std::to_string(i)).has_message_accepted());
    settle();
    EXPECT_EQ(cleo.log.size(), 30u);
    EXPECT_LE(ben.log.size(), 10u);
    ben.stall(false);
    EXPECT_TRUE(world_->pass_until([&] { return ben.log.size() == 30; })) << "what was missed comes by resuming";
    EXPECT_EQ(ben.screen(room_).texts, cleo.screen(room_).texts);
}

TEST_F(HouseDialogue, MembersSeeTheRosterChangeOnTicksOnly) {
    open();
    Device& ana = member("Ana");
    const auto& limits = world_->ground().limits;
    world_->pass(limits.roster_tick + limits.roster_tick_jitter);
    Device& ben = member("Ben");
    Device& cleo = member("Cleo");
    auto& rosters = ana.screen(room_).rosters;
    const std::size_t before = rosters.size();
    EXPECT_EQ(world_->ask(ana, roster(room_)).roster().people_size(), 1) << "asking does not help";
    world_->pass(limits.roster_tick + limits.roster_tick_jitter);
    ASSERT_EQ(rosters.size(), before + 1) << "one change for both who came";
    EXPECT_EQ(rosters.back().second.size(), 3u);
    EXPECT_TRUE(world_->ask(ben, leave(room_)).has_done());
    cleo.cut();
    world_->pass(Duration{100});
    EXPECT_EQ(rosters.size(), before + 1);
    world_->pass(limits.roster_tick + limits.roster_tick_jitter);
    ASSERT_EQ(rosters.size(), before + 2);
    EXPECT_EQ(rosters.back().second, (Lines{"Ana", "Cleo"})) << "a lost connection is no event";
}

TEST_F(HouseDialogue, AModeratorOnDutySeesTheTrueRosterAtOnce) {
    open();
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(*operator_, set_role(ana.login_id(), v1::ROLE_MODERATOR)).has_done());
    EXPECT_TRUE(world_->ask(ana, go_on_duty(room_)).has_on_duty());
    member("Ben");
    settle();
    ASSERT_FALSE(ana.screen(room_).rosters.empty());
    EXPECT_EQ(ana.screen(room_).rosters.back().second.size(), 2u);
}

TEST_F(HouseDialogue, RulesThatChangeAskForConsentAgain) {
    open();
    Device& ana = member("Ana");
    EXPECT_TRUE(say(ana, "under the old rules").has_message_accepted());
    v1::Request publish;
    auto* rule = publish.mutable_publish_rules()->add_rules();
    rule->set_rule_id("kinder");
    rule->set_text("Be kinder.");
    EXPECT_EQ(world_->ask(*operator_, publish).house_rules().version(), 2u);
    EXPECT_EQ(say(ana, "not yet").error().code(), v1::ERROR_CODE_RULES_NEEDED);
    EXPECT_EQ(world_->ask(ana, consent(1)).error().code(), v1::ERROR_CODE_RULES_NEEDED);
    EXPECT_TRUE(world_->ask(ana, consent(2)).has_done());
    EXPECT_TRUE(say(ana, "under the new ones").has_message_accepted());
    world_->kill_server();
    v1::Request read;
    read.mutable_get_rules();
    const auto rules = world_->ask(ana, read).house_rules();
    EXPECT_EQ(rules.version(), 2u) << "the unchanged file does not come back after a restart";
    EXPECT_EQ(rules.rules(0).rule_id(), "kinder");
}

}  // namespace
}  // namespace kindroom::sim
