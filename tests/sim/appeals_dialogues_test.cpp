// Objections: with a code and without a session, to somebody else, and what is undone.
#include "sim/deciding.hpp"
#include "sim/reporting.hpp"
#include "sim/reviewing.hpp"

namespace kindroom::sim {
namespace {

v1::Request answer_appeal(const std::string& id, v1::CaseOutcome outcome) {
    auto request = resolve_case(id);
    request.mutable_resolve_case()->set_outcome(outcome);
    return request;
}

class Appealing : public Reporting {
  protected:
    // Noor looks after the house, as Mira does.
    void come_in_with_both() {
        come_in_with_mira();
        noor_ = &moderator("Noor");
    }
    // Mira decides about Ben; his code.
    std::string decide_about_ben(v1::DecisionAction action, Duration lasts) {
        auto decide = about(person(*ben_), action, lasts);
        decide.set_facts("was unkind");
        EXPECT_TRUE(world_->ask(*mira_, request(decide)).has_decision_taken());
        settle();
        for (const auto& event : ben_->heard)
            if (event.has_decision_made()) return event.decision_made().decision().appeal_code();
        ADD_FAILURE() << "Ben was told nothing";
        return {};
    }
    std::string decided_about_ben(v1::DecisionAction action, Duration lasts) {
        come_in_with_both();
        return decide_about_ben(action, lasts);
    }
    // Ben appeals, Noor agrees, and Ben is told.
    void is_reversed(const std::string& code) {
        EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
        const auto id = only_case_of(*noor_);
        EXPECT_TRUE(world_->ask(*noor_, answer_appeal(id, v1::CASE_OUTCOME_REVERSED)).has_done());
        settle();
        ASSERT_EQ(heard(*ben_, v1::Event::kDecisionReversed), 1);
        for (const auto& event : ben_->heard) {
            if (!event.has_decision_reversed()) continue;
            EXPECT_EQ(event.decision_reversed().decision().state(), v1::DECISION_STATE_REVERSED);
            EXPECT_EQ(event.decision_reversed().decision().reversal(), "We talked to them.");
        }
    }
    std::string only_case_of(Device& device) {
        const auto all = queue(device);
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? std::string() : all.front().case_id();
    }

    Device* noor_ = nullptr;
};

TEST_F(Appealing, SomebodyElseReversesItWhatItDidIsUndoneAndTheyAreTold) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    EXPECT_TRUE(say(*ben_, "may I?").has_error());
    Device& stranger = world_->new_device();
    stranger.begin();
    EXPECT_EQ(world_->ask(stranger, get_appeal(code)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    EXPECT_TRUE(world_->ask(stranger, appeal(code)).has_appeal_status()) << "no session is needed";
    settle();
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), 0) << "she decided it";
    EXPECT_TRUE(queue(*mira_).empty());
    const auto id = only_case_of(*noor_);
    EXPECT_EQ(world_->ask(*mira_, open_case(id)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    EXPECT_EQ(world_->ask(*mira_, answer_appeal(id, v1::CASE_OUTCOME_UPHELD)).error().code(),
              v1::ERROR_CODE_NOT_FOUND);
    restart();
    const auto opened = world_->ask(*noor_, open_case(id)).case_opened();
    EXPECT_EQ(opened.report().words(), "It was otherwise.");
    EXPECT_EQ(opened.decision().facts(), "was unkind");
    EXPECT_TRUE(opened.decision().appeal_code().empty());
    EXPECT_TRUE(world_->ask(*noor_, answer_appeal(id, v1::CASE_OUTCOME_REVERSED)).has_done());
    settle();
    EXPECT_EQ(heard(*ben_, v1::Event::kDecisionReversed), 1);
    EXPECT_TRUE(say(*ben_, "may I?").has_message_accepted());
    const auto status = world_->ask(stranger, get_appeal(code)).appeal_status();
    EXPECT_EQ(status.outcome(), v1::CASE_OUTCOME_REVERSED);
    EXPECT_EQ(world_->ask(stranger, appeal(code)).appeal_status().outcome(), v1::CASE_OUTCOME_REVERSED);
}

TEST_F(Appealing, WhoConfirmedItIsShutOutLikeWhoDecided) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_ROOM_BAN, Duration{0});
    Device& nils = moderator("Nils");
    const auto waiting = world_->ask(*noor_, list_unconfirmed()).unconfirmed();
    ASSERT_EQ(waiting.decisions_size(), 1);
    EXPECT_TRUE(world_->ask(*noor_, confirm(waiting.decisions(0).decision().decision_id())).has_done());
    EXPECT_TRUE(world_->ask(*noor_, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
    settle();
    const auto id = only_case_of(nils);
    for (Device* shut_out : {mira_, noor_}) {
        EXPECT_EQ(heard(*shut_out, v1::Event::kCaseWaiting), 0);
        EXPECT_TRUE(queue(*shut_out).empty());
        for (const auto& asked : {open_case(id), claim_case(id), answer_appeal(id, v1::CASE_OUTCOME_UPHELD),
                                  answer_appeal(id, v1::CASE_OUTCOME_REVERSED)})
            EXPECT_EQ(world_->ask(*shut_out, asked).error().code(), v1::ERROR_CODE_NOT_FOUND);
    }
    EXPECT_TRUE(world_->ask(nils, answer_appeal(id, v1::CASE_OUTCOME_UPHELD)).has_done());
    EXPECT_EQ(world_->ask(*ben_, get_appeal(code)).appeal_status().outcome(), v1::CASE_OUTCOME_UPHELD);
    EXPECT_EQ(world_->ask(*ben_, resume(room_)).error().code(), v1::ERROR_CODE_OUT_OF_ROOM);
}

// ---- what is undone -------------------------------------------------------------------------------------------------

TEST_F(Appealing, WhoeverWasKeptOutWronglyComesInAtOnce) {
    for (const auto& [action, lasts] : {std::pair(v1::DECISION_ACTION_OUT_OF_ROOM, Duration{3'600'000}),
                                        std::pair(v1::DECISION_ACTION_ROOM_BAN, Duration{0})}) {
        open();
        const auto code = decided_about_ben(action, lasts);
        EXPECT_EQ(world_->ask(*ben_, resume(room_)).error().code(), v1::ERROR_CODE_OUT_OF_ROOM);
        is_reversed(code);
        EXPECT_TRUE(world_->ask(*ben_, resume(room_)).has_room_resumed());
        EXPECT_TRUE(say(*ben_, "there I am").has_message_accepted());
        settle();
        EXPECT_EQ(ana_->log.back(), "+there I am");
        EXPECT_EQ(world_->ask(*noor_, list_unconfirmed()).unconfirmed().decisions_size(), 0);
        TearDown();
    }
}

TEST_F(Appealing, WhoeverHadNoContactsWronglyHasThemAgainAtOnce) {
    open();
    come_in_with_both();
    const auto direct = befriend(*ana_, *ben_);
    const auto code = decide_about_ben(v1::DECISION_ACTION_NO_CONTACTS, Duration{3'600'000});
    EXPECT_EQ(post_to(*ben_, direct, "hello").error().code(), v1::ERROR_CODE_NO_CONTACTS);
    EXPECT_EQ(post_to(*ana_, direct, "hello?").error().code(), v1::ERROR_CODE_CONNECTION_RESTING);
    is_reversed(code);
    EXPECT_TRUE(post_to(*ben_, direct, "hello").has_message_accepted());
    EXPECT_TRUE(post_to(*ana_, direct, "there you are").has_message_accepted());
    EXPECT_TRUE(world_->ask(*ben_, offer_contact(person(*cleo_))).has_offer_made());
}

TEST_F(Appealing, WhatOnlyAWrongHoldKeptBackIsShownAtOnceAndAfterTheyWereTold) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_HOLD, Duration{3'600'000});
    EXPECT_EQ(say(*ben_, "may I?").message_accepted().held().cause(), v1::HELD_FOR_DECISION);
    auto wished = post(room_, key(), "is this too much?");
    wished.mutable_post_message()->set_moderator_first(true);
    EXPECT_EQ(world_->ask(*ben_, wished).message_accepted().held().cause(), v1::HELD_FOR_OWN_WISH);
    EXPECT_TRUE(say(*ana_, "meanwhile").has_message_accepted());
    const auto told = overhear(*ben_);
    is_reversed(code);
    EXPECT_EQ(read(*ana_), (Lines{"meanwhile", "may I?"})) << "at the newest place";
    EXPECT_EQ(ana_->log, (Lines{"+meanwhile", "+may I?"}));
    EXPECT_EQ(heard(*mira_, v1::Event::kHeldSettled), 1) << "no moderator needs to look at it any more";
    const auto first = [&](v1::Event::KindCase kind) {
        return std::find_if(told->begin(), told->end(), [&](const auto& event) { return event.kind_case() == kind; });
    };
    EXPECT_LT(first(v1::Event::kDecisionReversed), first(v1::Event::kRoomEvent));
    EXPECT_FALSE(say(*ben_, "and now?").message_accepted().has_held());
}

TEST_F(Appealing, WhatWaitsWhereNobodyMayWriteJustNowGoesOnWaiting) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_HOLD, Duration{3'600'000});
    const auto waits = say(*ben_, "may I?").message_accepted().message_id();
    EXPECT_TRUE(world_->ask(*mira_, pause_room(room_, "A break.")).has_room_card());
    is_reversed(code);
    EXPECT_TRUE(world_->ask(*mira_, resume_talk(room_)).has_room_card());
    EXPECT_EQ(read(*ana_), Lines{});
    EXPECT_TRUE(world_->ask(*mira_, release(room_, waits)).has_done());
    settle();
    EXPECT_EQ(read(*ana_), Lines{"may I?"});
}

TEST_F(Appealing, TheAuditLogTellsThatItWasMadeAndWhatCameOfItAndNotWhoMadeIt) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    const std::size_t before = audit_log().size();
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status()) << "asked twice";
    const auto id = only_case_of(*noor_);
    EXPECT_TRUE(world_->ask(*noor_, answer_appeal(id, v1::CASE_OUTCOME_REVERSED)).has_done());
    settle();
    const auto log = audit_log();
    ASSERT_EQ(log.size(), before + 3);
    const auto& made = log[before];
    const auto& decided = log[before + 1];
    const auto& undone = log[before + 2];
    EXPECT_EQ(made.kind, domain::AuditKind::appeal_made);
    EXPECT_EQ(made.actor, domain::AuditActor::server);
    EXPECT_EQ(made.by, AuditName{});
    EXPECT_EQ(decided.kind, domain::AuditKind::appeal_decided);
    EXPECT_EQ(decided.by, name_in_log(*noor_));
    EXPECT_EQ(decided.outcome, domain::AuditOutcome::reversed);
    for (const auto& entry : {made, decided}) {
        EXPECT_EQ(entry.ref, audit_ref(id_from<CaseId>(id)));
        EXPECT_TRUE(entry.subject.is_nil());
    }
    EXPECT_EQ(undone.kind, domain::AuditKind::decision_reversed);
    EXPECT_EQ(undone.by, name_in_log(*noor_));
    EXPECT_EQ(undone.subject, name_in_log(*ben_));
}

TEST_F(Appealing, AReversalThatACrashInterruptedIsDoneAfterwards) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
    const auto id = only_case_of(*noor_);
    world_->set_store_policy(
        [](auto work) { return work == store::MemoryStore::Work::commit ? Outcome::crash_after : Outcome::ok; });
    noor_->ask(answer_appeal(id, v1::CASE_OUTCOME_REVERSED));
    EXPECT_TRUE(world_->pass_until([&] { return !world_->is_up(); }));
    // Nobody asks again.
    noor_->stay_away(true);
    world_->set_store_policy({});
    EXPECT_TRUE(world_->pass_until([&] { return world_->is_up() && ben_->is_connected(); }));
    world_->pass(Duration{5'000});
    EXPECT_TRUE(say(*ben_, "may I?").has_message_accepted());
}

TEST_F(Appealing, WhatAWrongHoldHeldIsShownAlsoIfACrashComesBetween) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_HOLD, Duration{3'600'000});
    EXPECT_TRUE(say(*ben_, "held for nothing").message_accepted().has_held());
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
    const auto id = only_case_of(*noor_);
    // The outcome is durable, and the reversal; the room has not heard of it.
    world_->set_store_policy([commits = 0](auto work) mutable {
        return work == store::MemoryStore::Work::commit && ++commits == 2 ? Outcome::crash_after : Outcome::ok;
    });
    noor_->ask(answer_appeal(id, v1::CASE_OUTCOME_REVERSED));
    EXPECT_TRUE(world_->pass_until([&] { return !world_->is_up(); }));
    noor_->stay_away(true);
    world_->set_store_policy({});
    EXPECT_TRUE(world_->pass_until([&] { return world_->is_up() && ana_->is_connected(); }));
    world_->pass(Duration{5'000});
    EXPECT_EQ(read(*ana_), Lines{"held for nothing"});
}

TEST_F(Appealing, X6ARightCodeIsNotCalledWrongBecauseTheStoreRefuses) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    ben_->stay_away(true);
    world_->kill_server();
    EXPECT_TRUE(world_->pass_until([&] { return world_->is_up() && noor_->is_connected(); }));
    world_->pass(Duration{5'000});
    // The code is found, and the account is not.
    world_->set_store_policy([left = 1](auto) mutable { return left-- == 0 ? Outcome::refuse : Outcome::ok; });
    EXPECT_EQ(world_->ask(*noor_, appeal(code)).error().code(), v1::ERROR_CODE_UNAVAILABLE);
    world_->set_store_policy({});
    EXPECT_TRUE(world_->ask(*noor_, appeal(code)).has_appeal_status());
}

TEST_F(Appealing, WhoeverConfirmsADecisionDoesNotJudgeTheObjectionToIt) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_ROOM_BAN, Duration{3'600'000});
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
    const auto id = only_case_of(*noor_);
    EXPECT_TRUE(world_->ask(*noor_, claim_case(id)).has_done());
    v1::Request list;
    list.mutable_list_unconfirmed();
    const auto waiting = world_->ask(*noor_, list).unconfirmed();
    ASSERT_EQ(waiting.decisions_size(), 1);
    v1::Request confirm;
    confirm.mutable_confirm_decision()->set_decision_id(waiting.decisions(0).decision().decision_id());
    EXPECT_TRUE(world_->ask(*noor_, confirm).has_done());
    settle();
    const auto is_closed_to_noor = [&] {
        EXPECT_TRUE(queue(*noor_).empty());
        for (const auto& request :
             {open_case(id), claim_case(id), answer_appeal(id, v1::CASE_OUTCOME_UPHELD)})
            EXPECT_EQ(world_->ask(*noor_, request).error().code(), v1::ERROR_CODE_NOT_FOUND);
    };
    is_closed_to_noor();
    restart();
    is_closed_to_noor();
    Device& zora = moderator("Zora");
    EXPECT_EQ(only_case_of(zora), id);
    EXPECT_TRUE(world_->ask(zora, answer_appeal(id, v1::CASE_OUTCOME_REVERSED)).has_done()) << "nobody has claimed it";
}

TEST_F(Appealing, CodesThatAreNoneAreAnsweredAlike) {
    open();
    come_in_with_mira();
    const auto receipt = reports(*ana_, said(*ben_, "go away")).report_received().receipt();
    for (const auto& code : {std::string("ABCD-EFGH"), receipt, std::string()})
        EXPECT_EQ(world_->ask(*ana_, appeal(code)).error().code(), v1::ERROR_CODE_APPEAL_INVALID) << "not dismissed";
}

TEST_F(Appealing, X6NobodyInTheSameNetworkShutsSomebodyOutOfAnAppeal) {
    Limits limits = quick();
    limits.sign_in_tries_per_network = 1;
    open(limits);
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    world_->come_from_afar();
    Device& stranger = world_->new_device();
    stranger.begin();
    for (std::uint32_t n = 0; n < limits.appeal_tries_per_network; ++n)
        EXPECT_EQ(world_->ask(stranger, appeal(std::to_string(n))).error().code(), v1::ERROR_CODE_APPEAL_INVALID) << n;
    const auto refused = world_->ask(stranger, get_appeal("one more")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_RATE_LIMITED) << "appeal_tries_per_network";
    EXPECT_GT(refused.retry_at_ms(), 0);
    Device& signed_out = world_->new_device();
    signed_out.begin();
    EXPECT_TRUE(world_->ask(signed_out, appeal(code)).has_appeal_status());
    EXPECT_TRUE(world_->ask(signed_out, get_appeal(code)).has_appeal_status());
    EXPECT_TRUE(world_->ask(signed_out, sign_in(ben_->login_id())).has_signed_in()) << "nor out of their account";
}

TEST_F(Appealing, ADismissedReportIsLookedAtAgainBySomebodyElse) {
    open();
    come_in_with_mira();
    noor_ = &moderator("Noor");
    const auto receipt = reports(*ana_, said(*ben_, "go away")).report_received().receipt();
    const auto id = only_case();
    EXPECT_TRUE(world_->ask(*mira_, dismiss_case(id)).has_done());
    EXPECT_TRUE(world_->ask(*ana_, appeal(receipt, "look again")).has_appeal_status());
    EXPECT_TRUE(queue(*mira_).empty());
    const auto appealed = only_case_of(*noor_);
    EXPECT_TRUE(world_->ask(*noor_, answer_appeal(appealed, v1::CASE_OUTCOME_REVERSED)).has_done());
    settle();
    EXPECT_TRUE(queue(*mira_).empty());
    EXPECT_EQ(only_case_of(*noor_), id);
    EXPECT_GE(heard(*ana_, v1::Event::kAppealAnswered), 1);
}

TEST_F(Appealing, TwoWhoReportedOneThingBothObjectAndBothAreAnswered) {
    open();
    come_in_with_mira();
    noor_ = &moderator("Noor");
    const auto bad = said(*ben_, "go away");
    const auto anas = reports(*ana_, bad).report_received().receipt();
    const auto cleos = reports(*cleo_, bad).report_received().receipt();
    EXPECT_TRUE(world_->ask(*mira_, dismiss_case(only_case())).has_done());
    EXPECT_TRUE(world_->ask(*ana_, appeal(anas, "look again")).has_appeal_status());
    EXPECT_TRUE(world_->ask(*cleo_, appeal(cleos, "I ask it too")).has_appeal_status());
    EXPECT_TRUE(world_->ask(*cleo_, appeal(cleos, "I ask it too")).has_appeal_status()) << "asked twice";
    restart();
    EXPECT_TRUE(world_->ask(*cleo_, get_appeal(cleos)).has_appeal_status());
    const auto id = only_case_of(*noor_);
    const auto first = world_->ask(*noor_, open_case(id)).case_opened();
    EXPECT_EQ(first.report().words(), "look again");
    const auto second = world_->ask(*noor_, open_case(id, true, first.next_report())).case_opened();
    EXPECT_EQ(second.report().words(), "I ask it too");
    EXPECT_EQ(second.next_report(), 0u);
    EXPECT_TRUE(world_->ask(*noor_, answer_appeal(id, v1::CASE_OUTCOME_UPHELD)).has_done());
    settle();
    for (Device* who : {ana_, cleo_}) EXPECT_GE(heard(*who, v1::Event::kAppealAnswered), 1);
}

}  // namespace
}  // namespace kindroom::sim
