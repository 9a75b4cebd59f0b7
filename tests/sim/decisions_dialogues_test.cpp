// Decisions as people meet them: told before they act, in force on open connections, over by themselves.
#include <gtest/gtest.h>

#include "sim/deciding.hpp"

namespace kindroom::sim {
namespace {

constexpr Duration an_hour{3'600'000};
constexpr Duration a_day = 24 * an_hour;
using Kinds = std::vector<v1::Event::KindCase>;

// ---- what it rests on -----------------------------------------------------------------------------------------------

TEST_F(Deciding, NothingIsDecidedWithoutARuleAndFacts) {
    begin();
    auto no_rule = about(person(*ben_), v1::DECISION_ACTION_WARN);
    no_rule.set_rule_id("kinder");
    EXPECT_EQ(error_of(*mia_, request(no_rule)).field(), "rule_id");
    auto no_facts = about(person(*ben_), v1::DECISION_ACTION_WARN);
    no_facts.set_facts(" ");
    EXPECT_EQ(error_of(*mia_, request(no_facts)).field(), "facts");
    EXPECT_EQ(refused(*ana_, about(person(*ben_), v1::DECISION_ACTION_WARN)), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(refused(*mia_, about({room_, std::string(16, 'x')}, v1::DECISION_ACTION_WARN)),
              v1::ERROR_CODE_PERSON_UNKNOWN);
    EXPECT_EQ(refused(*mia_, about(person(*mia_), v1::DECISION_ACTION_WARN)), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(decisions_of(*ben_).decisions_size(), 0);
    EXPECT_TRUE(told(*ben_).empty());
}

TEST_F(Deciding, TheStatementOfReasonsSaysEverythingButWhoDecided) {
    begin();
    const auto taken = decides(v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    ASSERT_EQ(told(*ben_), Kinds{v1::Event::kDecisionMade});
    const auto& made = ben_->heard.back().decision_made().decision();
    EXPECT_EQ(made.action(), v1::DECISION_ACTION_LISTEN_ONLY);
    EXPECT_EQ(made.room_id(), room_);
    EXPECT_EQ(made.rule_id(), "kind");
    EXPECT_EQ(made.rule_text(), "Be kind.");
    EXPECT_EQ(made.rules_version(), 1u);
    EXPECT_EQ(made.facts(), "told Cleo to leave");
    EXPECT_EQ(made.source(), v1::DECISION_SOURCE_OWN);
    EXPECT_FALSE(made.automated());
    EXPECT_EQ(made.ends_at_ms() - made.decided_at_ms(), an_hour.count());
    EXPECT_EQ(made.state(), v1::DECISION_STATE_STANDS);
    EXPECT_FALSE(made.appeal_code().empty());
    EXPECT_TRUE(taken.appeal_code().empty()) << "the code is Ben's";
    EXPECT_EQ(taken.decision_id(), made.decision_id());
    const auto mine = decisions_of(*ben_);
    ASSERT_EQ(mine.decisions_size(), 1);
    EXPECT_EQ(mine.decisions(0).SerializeAsString(), made.SerializeAsString());
    EXPECT_EQ(decisions_of(*ana_).decisions_size(), 0);
    for (Device* device : {ana_, cleo_}) EXPECT_TRUE(told(*device).empty());
}

TEST_F(Deciding, HowToAppealIsSaidWithItWithEachRefusalAndWheneverItIsAskedFor) {
    begin();
    decides(v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    const auto code = ben_->heard.back().decision_made().decision().appeal_code();
    EXPECT_FALSE(code.empty());
    const auto says_how = [&](const v1::Decision& decision) {
        return decision.appeal() == "write to the house" && decision.appeal_code() == code;
    };
    EXPECT_TRUE(says_how(ben_->heard.back().decision_made().decision()));
    EXPECT_TRUE(says_how(say(*ben_, "but").error().decision()));
    EXPECT_TRUE(says_how(decisions_of(*ben_).decisions(0)));
    world_->kill_server();
    world_->pass(2 * a_day);
    EXPECT_TRUE(says_how(decisions_of(*ben_).decisions(0))) << "also when it is long over";
}

TEST_F(Deciding, ADecisionShowsTheRuleAsItReadThenWhateverTheRulesSayNow) {
    begin();
    const auto words = said(*ben_, "go away");
    decides(v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    EXPECT_EQ(world_->ask(*operator_, publish_rule("kind", "Be kinder.")).house_rules().version(), 2u);
    for (Device* device : {ben_, mia_}) EXPECT_TRUE(world_->ask(*device, consent(2)).has_done());
    const auto expect_the_old_one = [](const v1::Decision& decision) {
        EXPECT_EQ(decision.rule_id(), "kind");
        EXPECT_EQ(decision.rule_text(), "Be kind.");
        EXPECT_EQ(decision.rules_version(), 1u);
    };
    expect_the_old_one(decisions_of(*ben_).decisions(0));
    expect_the_old_one(say(*ben_, "but").error().decision());
    world_->kill_server();
    expect_the_old_one(decisions_of(*ben_).decisions(0));
    EXPECT_TRUE(world_->ask(*mia_, take_back(room_, words)).has_decision_taken());
    const auto both = decisions_of(*ben_);
    ASSERT_EQ(both.decisions_size(), 2);
    EXPECT_EQ(both.decisions(0).rule_text(), "Be kinder.");
    EXPECT_EQ(both.decisions(0).rules_version(), 2u);
    expect_the_old_one(both.decisions(1));
}

TEST_F(Deciding, EveryDeviceIsToldAndOneThatComesLaterCanAsk) {
    begin();
    Device& phone = second_device_of(*ben_, "Ben");
    Device& tablet = second_device_of(*ben_, "");
    decides(v1::DECISION_ACTION_WARN);
    settle();
    for (Device* device : {ben_, &phone, &tablet}) EXPECT_EQ(told(*device), Kinds{v1::Event::kDecisionMade});
    Device& late = second_device_of(*ben_, "");
    EXPECT_EQ(decisions_of(late).decisions_size(), 1);
}

// ---- a message ------------------------------------------------------------------------------------------------------

TEST_F(Deciding, WhenAMessageIsTakenBackItsAuthorKnowsWhyBeforeItGoes) {
    begin();
    const auto words = said(*ben_, "go away");
    settle();
    const auto events = overhear(*ben_);
    const auto reply = world_->ask(*mia_, take_back(room_, words));
    ASSERT_TRUE(reply.has_decision_taken()) << reply.ShortDebugString();
    settle();
    EXPECT_EQ(kinds(*events), (Kinds{v1::Event::kDecisionMade, v1::Event::kRoomEvent}));
    EXPECT_EQ(events->front().decision_made().decision().message_id(), words);
    EXPECT_EQ(read(*ana_), Lines{});
    EXPECT_EQ(ana_->log, (Lines{"+go away", "-"}));
    EXPECT_EQ(error_of(*mia_, take_back(room_, words)).code(), v1::ERROR_CODE_MESSAGE_GONE);
}

TEST_F(Deciding, AWarningCanBeAboutAMessage) {
    begin();
    auto warn = about({room_, {}}, v1::DECISION_ACTION_WARN);
    warn.set_message_id(said(*ben_, "go away"));
    decides(*mia_, warn);
    EXPECT_EQ(told(*ben_), Kinds{v1::Event::kDecisionMade});
    EXPECT_EQ(read(*ana_), Lines{"go away"});
}

// ---- timeouts -------------------------------------------------------------------------------------------------------

TEST_F(Deciding, WhoeverListensOnlyReadsAndIsToldWhyTheyCannotWrite) {
    begin();
    const auto before = post(room_, key(), "before");
    EXPECT_TRUE(world_->ask(*ben_, before).has_message_accepted());
    const auto decision = decides(v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    const auto refused = say(*ben_, "but").error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_LISTEN_ONLY);
    EXPECT_EQ(refused.retry_at_ms(), decision.ends_at_ms());
    EXPECT_EQ(refused.decision().facts(), "told Cleo to leave");
    const auto again = world_->ask(*ben_, before);
    EXPECT_TRUE(again.has_message_accepted()) << "what was accepted before is answered alike in every state";
    EXPECT_EQ(error_of(*ben_, edit(room_, again.message_accepted().message_id(), "after")).code(),
              v1::ERROR_CODE_LISTEN_ONLY);
    say(*ana_, "hello");
    settle();
    EXPECT_EQ(ben_->log.back(), "+hello");
    EXPECT_TRUE(world_->ask(*ben_, retract(room_, again.message_accepted().message_id())).has_done());
}

TEST_F(Deciding, ItEndsToTheSecondAlsoAcrossARestart) {
    begin();
    const auto decision = decides(v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    world_->kill_server();
    world_->pass(from_ms(decision.ends_at_ms()) - now() - Duration{1'500});
    EXPECT_EQ(say(*ben_, "too soon").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    world_->pass(Duration{1'500});
    EXPECT_TRUE(say(*ben_, "again").has_message_accepted());
    EXPECT_EQ(decisions_of(*ben_).decisions(0).state(), v1::DECISION_STATE_ENDED);
}

TEST_F(Deciding, EverywhereIsEveryRoom) {
    begin();
    const auto other = world_->ask(*operator_, create_room("Morning")).room_card().room().room_id();
    EXPECT_TRUE(world_->ask(*ben_, join(other, "Ben")).has_room_joined());
    decides(v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    EXPECT_TRUE(post_to(*ben_, other, "here I can").has_message_accepted());
    auto everywhere = about(person(*ben_), v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    everywhere.set_everywhere(true);
    decides(*mia_, everywhere);
    EXPECT_EQ(post_to(*ben_, other, "no more").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
}

TEST_F(Deciding, WhoeverIsOutOfTheRoomHearsNothingAndComesBackByThemselves) {
    begin();
    const auto decision = decides(v1::DECISION_ACTION_OUT_OF_ROOM, an_hour);
    EXPECT_TRUE(say(*ana_, "is he gone?").has_message_accepted());
    settle();
    EXPECT_EQ(ben_->log, Lines{});
    for (const auto& asked :
         {join(room_, "Ben"), resume(room_), history(room_, 5), roster(room_), post(room_, key(), "let me in")}) {
        const auto refused = error_of(*ben_, asked);
        EXPECT_EQ(refused.code(), v1::ERROR_CODE_OUT_OF_ROOM) << asked.ShortDebugString();
        EXPECT_EQ(refused.retry_at_ms(), decision.ends_at_ms());
        EXPECT_EQ(refused.decision().decision_id(), decision.decision_id());
    }
    EXPECT_EQ(people(*ana_).size(), 5u) << "for others an ordinary leaving, at the next tick";
    tick();
    EXPECT_EQ(people(*ana_), (Lines{"Ana", "Cleo", "Mia", "Noa"}));
    world_->pass(from_ms(decision.ends_at_ms()) - now());
    EXPECT_TRUE(world_->ask(*ben_, resume(room_)).has_room_resumed());
    EXPECT_EQ(read(*ben_), Lines{"is he gone?"});
}

TEST_F(Deciding, TheOthersInTheRoomAreToldNothing) {
    begin();
    const auto told = overhear(*ana_);
    for (const auto action : {v1::DECISION_ACTION_LISTEN_ONLY, v1::DECISION_ACTION_OUT_OF_ROOM})
        decides(action, an_hour);
    decides(*mia_, about(person(*cleo_), v1::DECISION_ACTION_REMOVE));
    for (const auto& event : *told) EXPECT_TRUE(event.has_roster_changed()) << event.ShortDebugString();
}

TEST_F(Deciding, WhoeverWasRemovedMayComeBackAtOnce) {
    begin();
    decides(v1::DECISION_ACTION_REMOVE);
    EXPECT_EQ(told(*ben_), Kinds{v1::Event::kDecisionMade});
    EXPECT_EQ(say(*ben_, "what?").error().code(), v1::ERROR_CODE_NOT_IN_ROOM);
    world_->kill_server();
    EXPECT_EQ(say(*ben_, "what?").error().code(), v1::ERROR_CODE_NOT_IN_ROOM) << "durable with its reasons";
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined());
}

TEST_F(Deciding, WordsThatNobodyHasSeenYetGoBackToWhoeverMayNotSpeak) {
    begin();
    auto breath = post(room_, key(), "in a moment");
    breath.mutable_post_message()->set_breath_ms(30'000);
    for (const bool everywhere : {false, true}) {
        breath.mutable_post_message()->set_client_key(key());
        EXPECT_TRUE(world_->ask(everywhere ? *cleo_ : *ben_, breath).has_message_accepted());
        auto quiet = about(person(everywhere ? *cleo_ : *ben_), v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
        quiet.set_everywhere(everywhere);
        decides(*mia_, quiet);
    }
    world_->pass(Duration{60'000});
    EXPECT_EQ(read(*ana_), Lines{});
    for (Device* device : {ben_, cleo_})
        EXPECT_TRUE(std::any_of(device->heard.begin(), device->heard.end(), [](const v1::Event& event) {
            return event.message_returned().text() == "in a moment";
        }));
}

TEST_F(Deciding, X2WithoutContactsTheOthersSeeOnlyThatTheyRest) {
    begin();
    const auto direct = befriend(*ana_, *ben_);
    EXPECT_TRUE(post_to(*ana_, direct, "hello").has_message_accepted());
    decides(v1::DECISION_ACTION_NO_CONTACTS, an_hour);
    const auto resting = error_of(*ana_, post(direct, key(), "still there?"));
    EXPECT_EQ(resting.code(), v1::ERROR_CODE_CONNECTION_RESTING);
    EXPECT_FALSE(resting.has_decision());
    EXPECT_EQ(resting.retry_at_ms(), 0);
    const auto refused = error_of(*ben_, post(direct, key(), "I"));
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_NO_CONTACTS);
    EXPECT_EQ(refused.decision().facts(), "told Cleo to leave");
    EXPECT_EQ(error_of(*ben_, offer_contact(person(*cleo_))).code(), v1::ERROR_CODE_NO_CONTACTS);
    EXPECT_TRUE(world_->ask(*cleo_, offer_contact(person(*ben_))).has_offer_made()) << "looks like any other";
    EXPECT_TRUE(say(*ben_, "in the room I may").has_message_accepted());
    world_->pass(an_hour);
    EXPECT_TRUE(post_to(*ana_, direct, "there you are").has_message_accepted());
}

// ---- bans, and a second moderator -----------------------------------------------------------------------------------

TEST_F(Deciding, ABanThatNobodyElseConfirmsLapsesByItself) {
    begin();
    const auto ban = decides(v1::DECISION_ACTION_ROOM_BAN);
    EXPECT_EQ(ban.confirm_by_ms() - ban.decided_at_ms(), a_day.count());
    EXPECT_EQ(error_of(*ben_, join(room_, "Ben")).code(), v1::ERROR_CODE_OUT_OF_ROOM);
    world_->kill_server();
    const auto waiting = waiting_for(*noa_);
    ASSERT_EQ(waiting.decisions_size(), 1) << "kept over a restart";
    EXPECT_EQ(waiting.decisions(0).person().name(), "Ben");
    EXPECT_TRUE(waiting.decisions(0).decision().appeal_code().empty());
    EXPECT_FALSE(waiting.decisions(0).own());
    EXPECT_TRUE(waiting_for(*mia_).decisions(0).own());
    EXPECT_EQ(error_of(*mia_, confirm(ban.decision_id())).code(), v1::ERROR_CODE_NEEDS_ANOTHER);
    EXPECT_EQ(error_of(*ana_, confirm(ban.decision_id())).code(), v1::ERROR_CODE_NOT_ALLOWED);
    world_->pass(from_ms(ban.confirm_by_ms()) - now());
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined());
    settle();
    EXPECT_EQ(told(*ben_), (Kinds{v1::Event::kDecisionMade, v1::Event::kDecisionLapsed}));
    EXPECT_EQ(decisions_of(*ben_).decisions(0).state(), v1::DECISION_STATE_LAPSED);
    EXPECT_EQ(waiting_for(*noa_).decisions_size(), 0);
    EXPECT_TRUE(world_->ask(*noa_, confirm(ban.decision_id())).has_done());
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined()) << "too late";
}

TEST_F(Deciding, ABanThatAnotherOneConfirmsStays) {
    begin();
    const auto ban = decides(v1::DECISION_ACTION_ROOM_BAN);
    EXPECT_TRUE(world_->ask(*noa_, confirm(ban.decision_id())).has_done());
    settle();
    EXPECT_EQ(told(*ben_), (Kinds{v1::Event::kDecisionMade, v1::Event::kDecisionConfirmed}));
    world_->pass(2 * a_day);
    world_->kill_server();
    EXPECT_EQ(error_of(*ben_, join(room_, "Ben")).code(), v1::ERROR_CODE_OUT_OF_ROOM);
    EXPECT_EQ(decisions_of(*ben_).decisions(0).confirm_by_ms(), 0);
}

TEST_F(Deciding, TheListOfWhatWaitsHoldsTheMostUrgentOnes) {
    begin();
    decides(v1::DECISION_ACTION_ROOM_BAN);
    world_->pass(an_hour);
    decides(*mia_, about(person(*cleo_), v1::DECISION_ACTION_ROOM_BAN));
    EXPECT_EQ(waiting_for(*noa_).decisions_size(), 2);
    world_->ground().limits.unconfirmed_max = 1;
    const auto waiting = waiting_for(*noa_);
    ASSERT_EQ(waiting.decisions_size(), 1);
    EXPECT_EQ(waiting.decisions(0).person().name(), "Ben");
}

TEST_F(Deciding, X6WhoeverIsBannedFromTheHouseCanStillComeForWhatIsTheirs) {
    begin();
    const std::string login_id = ben_->login_id();
    const auto ban = decides(v1::DECISION_ACTION_SERVER_BAN);
    EXPECT_TRUE(world_->pass_until([&] { return ben_->has_given_up(); }));
    EXPECT_EQ(ben_->heard.back().session_ended().decision().facts(), "told Cleo to leave");
    ben_->begin();
    const auto back = world_->ask(*ben_, sign_in(login_id)).signed_in();
    EXPECT_EQ(back.me().ban().decision_id(), ban.decision_id());
    EXPECT_EQ(error_of(*ben_, join(room_, "Ben")).code(), v1::ERROR_CODE_BANNED);
    EXPECT_FALSE(decisions_of(*ben_).decisions(0).appeal_code().empty());
    EXPECT_TRUE(world_->ask(*ben_, block({person(*ana_)})).has_people_blocked());
    EXPECT_TRUE(world_->ask(*ben_, leave(room_)).has_done());
    EXPECT_TRUE(world_->ask(*ben_, get_help()).has_help_directory());
    world_->pass(from_ms(ban.confirm_by_ms()) - now());
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ben")).has_room_joined()) << "lapsed, on the open connection";
}

TEST_F(Deciding, ARoomsModeratorDecidesAboutTheRoomOnly) {
    begin();
    auto only = set_role(mia_->login_id(), v1::ROLE_MODERATOR);
    only.mutable_set_role()->set_room_id(room_);
    EXPECT_TRUE(world_->ask(*operator_, only).has_done());
    EXPECT_EQ(refused(*mia_, about(person(*ben_), v1::DECISION_ACTION_SERVER_BAN)), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(refused(*mia_, about(person(*ben_), v1::DECISION_ACTION_NO_CONTACTS, an_hour)),
              v1::ERROR_CODE_NOT_ALLOWED);
    decides(v1::DECISION_ACTION_OUT_OF_ROOM, an_hour);
}

// ---- recusal --------------------------------------------------------------------------------------------------------

TEST_F(Deciding, NobodyJudgesWhomTheyBlockedUnlessAloneAndUrgent) {
    begin();
    const auto ben = person(*ben_);
    blocks(*mia_, *ben_);
    auto warn = about(ben, v1::DECISION_ACTION_WARN);
    EXPECT_EQ(refused(*mia_, warn), v1::ERROR_CODE_RECUSED);
    warn.set_urgent(true);
    EXPECT_EQ(refused(*mia_, warn), v1::ERROR_CODE_RECUSED) << "not on duty";
    EXPECT_TRUE(world_->ask(*mia_, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(*noa_, go_on_duty(room_)).has_on_duty());
    EXPECT_EQ(refused(*mia_, warn), v1::ERROR_CODE_RECUSED) << "not alone";
    EXPECT_TRUE(world_->ask(*noa_, go_off_duty(room_)).has_done());
    decides(*mia_, warn);
    const auto ban = decides(*noa_, about(ben, v1::DECISION_ACTION_ROOM_BAN));
    EXPECT_EQ(error_of(*mia_, confirm(ban.decision_id())).code(), v1::ERROR_CODE_RECUSED);
}

TEST_F(Deciding, X3AModeratorWhoIsHiddenFromOneIsNotToldOfByARefusal) {
    begin();
    const auto ben = person(*ben_);
    for (Device* moderator : {mia_, noa_}) EXPECT_TRUE(world_->ask(*moderator, go_on_duty(room_)).has_on_duty());
    blocks(*mia_, *ben_);
    auto warn = about(ben, v1::DECISION_ACTION_WARN);
    warn.set_urgent(true);
    EXPECT_EQ(refused(*mia_, warn), v1::ERROR_CODE_RECUSED);
    blocks(*noa_, *mia_);
    decides(*mia_, warn);
}

TEST_F(Deciding, X3ABlockByTheOtherOneChangesNothingForAModerator) {
    begin();
    blocks(*ben_, *mia_);
    decides(v1::DECISION_ACTION_WARN);
    EXPECT_EQ(told(*ben_), Kinds{v1::Event::kDecisionMade});
}

// ---- durability -----------------------------------------------------------------------------------------------------

TEST_F(Deciding, ThereIsNoEffectWithoutItsReasonsHoweverTheStoreFares) {
    for (int failing = 1; failing <= 6; ++failing) {
        begin();
        const auto words = said(*ben_, "go away");
        settle();
        world_->set_store_policy([failing, calls = 0](auto work) mutable {
            return work == store::MemoryStore::Work::commit && ++calls == failing ? Outcome::refuse : Outcome::ok;
        });
        const auto reply = world_->ask(*mia_, take_back(room_, words));
        world_->set_store_policy([](auto) { return Outcome::ok; });
        world_->pass(Duration{5'000});
        const bool is_taken_back = read(*ana_).empty();
        EXPECT_EQ(is_taken_back, reply.has_decision_taken());
        EXPECT_EQ(decisions_of(*ben_).decisions_size(), is_taken_back ? 1 : 0);
        EXPECT_EQ(told(*ben_).size(), is_taken_back ? 1u : 0u);
        TearDown();
    }
}

}  // namespace
}  // namespace kindroom::sim
