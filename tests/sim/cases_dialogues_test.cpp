// Reports and what becomes of them: from the person who tells to the one who looks at it, and back.
#include "sim/reporting.hpp"

namespace kindroom::sim {
namespace {

TEST_F(Reporting, WhoTellsIsHeardAndAnsweredAndNeverNamed) {
    open();
    come_in_with_mira();
    said(*cleo_, "before");
    const auto bad = said(*ben_, "go away");
    said(*cleo_, "after");
    const auto receipt = reports(*ana_, bad).report_received().receipt();
    EXPECT_FALSE(receipt.empty());
    settle();
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), 1);
    for (Device* other : {ana_, ben_, cleo_}) EXPECT_EQ(heard(*other, v1::Event::kCaseWaiting), 0);

    const auto id = only_case();
    const auto veiled = world_->ask(*mira_, open_case(id, false)).case_opened();
    EXPECT_EQ(veiled.card().kind(), v1::CASE_KIND_MESSAGE);
    EXPECT_EQ(veiled.card().about(0).name(), "Ben");
    EXPECT_EQ(veiled.report().ByteSizeLong(), 0u) << "nothing is shown unasked";
    EXPECT_EQ(shown(id).words(), "was unkind");
    EXPECT_EQ(texts_of(shown(id)), (Lines{"before", "> go away", "after"}));
    const auto all = world_->ask(*mira_, open_case(id)).SerializeAsString();
    EXPECT_EQ(all.find(ana_->screen(room_).my_token), std::string::npos);
    EXPECT_EQ(world_->ask(*ana_, get_reports(receipt)).reports().reports(0).outcome(), v1::CASE_OUTCOME_UNSPECIFIED);

    EXPECT_TRUE(world_->ask(*mira_, claim_case(id)).has_done());
    EXPECT_TRUE(world_->ask(*mira_, resolve_case(id)).has_done());
    settle();
    EXPECT_EQ(heard(*ana_, v1::Event::kReportAnswered), 1);
    for (Device* other : {ben_, cleo_, mira_}) EXPECT_EQ(heard(*other, v1::Event::kReportAnswered), 0);
    const auto status = world_->ask(*ana_, get_reports(receipt)).reports().reports(0);
    EXPECT_EQ(status.outcome(), v1::CASE_OUTCOME_ACTED);
    EXPECT_EQ(status.answer(), "We talked to them.");
    EXPECT_EQ(world_->ask(*ben_, get_reports(receipt)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    EXPECT_TRUE(queue(*mira_).empty());
}

TEST_F(Reporting, Look21_WhatExistsWhatIsHiddenAndWhatIsUnknownHaveOneReceipt) {
    open();
    come_in_with_mira();
    const auto seen = said(*ana_, "seen by Ben");
    settle();
    blocks(*ana_, *ben_);
    const auto unseen = said(*ana_, "not for Ben");
    settle();
    std::vector<std::string> answers;
    for (const auto& request :
         {report_message(room_, seen, "why"), report_message(room_, unseen, "why"),
          report_message(room_, std::string(16, '?'), "why"), report_person(person(*ana_), "why"),
          report_person({room_, std::string(16, '?')}, "why"),
          report_person({std::string(16, '?'), std::string(16, '!')}, "why")}) {
        auto reply = world_->ask(*ben_, request);
        ASSERT_TRUE(reply.has_report_received()) << reply.ShortDebugString();
        reply.mutable_report_received()->set_receipt(
            std::string(reply.report_received().receipt().size(), 'x'));
        answers.push_back(bare(reply));
        const auto status = world_->ask(*ben_, get_reports()).reports().reports(0);
        EXPECT_EQ(status.outcome(), v1::CASE_OUTCOME_UNSPECIFIED);
    }
    for (const auto& answer : answers) EXPECT_EQ(answer, answers.front());
    for (const auto& card : queue(*mira_)) {
        if (card.kind() != v1::CASE_KIND_MESSAGE) continue;
        EXPECT_EQ(texts_of(shown(card.case_id())), Lines{"> seen by Ben"}) << "what Ben is not shown is no neighbour";
    }
}

// Ana has blocked the private person behind Mira. In a world in which she had left instead, nothing of hers would stand
// around what Ben said. Noor, whom nobody has blocked, is shown what the reporter saw.
TEST_F(Reporting, X3WhatOthersSaidAroundItIsShownAsTheRoomWouldShowItToTheOneWhoLooks) {
    open();
    come_in_with_mira();
    Device& noor = moderator("Noor");
    said(*ana_, "before the block");
    settle();
    blocks(*ana_, *mira_);
    said(*ana_, "beside it");
    const auto bad = said(*ben_, "go away");
    settle();
    EXPECT_TRUE(reports(*cleo_, bad).has_report_received());
    const auto id = only_case();
    EXPECT_EQ(texts_of(shown(id)), (Lines{"before the block", "> go away"}));
    const auto to_noor = world_->ask(noor, open_case(id)).case_opened().report();
    EXPECT_EQ(texts_of(to_noor), (Lines{"before the block", "beside it", "> go away"}));
}

TEST_F(Reporting, WhoeverLooksAtACaseSeesWhatTheyHadSaidThemselvesAroundIt) {
    open();
    come_in_with_mira();
    said(*mira_, "Gently, please.");
    const auto bad = said(*ben_, "go away");
    settle();
    EXPECT_TRUE(reports(*cleo_, bad).has_report_received());
    EXPECT_EQ(texts_of(shown(only_case())), (Lines{"Gently, please.", "> go away"}));
}

TEST_F(Reporting, WhoeverBlocksAModeratorIsStillJudgedByThem) {
    open();
    come_in_with_mira();
    blocks(*ana_, *mira_);
    const auto bad = said(*ana_, "go away");
    said(*ana_, "all of you");
    settle();
    EXPECT_TRUE(reports(*ben_, bad).has_report_received());
    EXPECT_EQ(texts_of(shown(only_case())), (Lines{"> go away", "all of you"}));
    EXPECT_TRUE(world_->ask(*ben_, report_person(person(*ana_), "was unkind")).has_report_received());
    for (const auto& card : queue(*mira_)) {
        if (card.kind() != v1::CASE_KIND_PEOPLE) continue;
        EXPECT_EQ(texts_of(shown(card.case_id())), (Lines{"go away", "all of you"}));
    }
}

TEST_F(Reporting, WhatIsReportedStaysAsItWasWhateverBecomesOfIt) {
    open();
    come_in_with_mira();
    const auto bad = said(*ben_, "first words");
    EXPECT_TRUE(world_->ask(*ben_, edit(room_, bad, "second words")).has_done());
    reports(*ana_, bad);
    EXPECT_TRUE(world_->ask(*ben_, edit(room_, bad, "third words")).has_done());
    EXPECT_TRUE(world_->ask(*ben_, retract(room_, bad)).has_done());
    // The room's time has passed as well.
    const TimePoint later = world_->ground().clock.now() + Duration{40LL * 86'400'000};
    world_->ground().disk->apply({{store::ExpireRoom{id_from<RoomId>(room_), later}}});
    restart();
    const auto report = shown(only_case());
    ASSERT_EQ(report.evidence_size(), 1);
    EXPECT_EQ(report.evidence(0).text(), "second words");
    ASSERT_EQ(report.evidence(0).earlier_size(), 1);
    EXPECT_EQ(report.evidence(0).earlier(0).text(), "first words");
}

TEST_F(Reporting, AReportIsTakenAfterLeavingAndOfSomebodyWhomOneBlockedFirst) {
    open();
    come_in_with_mira();
    const auto bad = said(*ben_, "go away");
    settle();
    blocks(*ana_, *ben_);
    said(*ben_, "never shown to Ana");
    EXPECT_TRUE(world_->ask(*ana_, leave(room_)).has_done());
    said(*cleo_, "after Ana left");
    EXPECT_TRUE(reports(*ana_, bad).has_report_received());
    EXPECT_EQ(texts_of(shown(only_case())), Lines{"> go away"});
}

TEST_F(Reporting, ABlockWithAReportKeepsWhatWasSaidBeforeItWasPutAway) {
    open();
    come_in_with_mira();
    said(*ben_, "go away");
    settle();
    const auto reply = world_->ask(*ana_, block({person(*ben_)}, "was unkind")).people_blocked();
    EXPECT_EQ(reply.blocks_size(), 1);
    const auto id = only_case();
    EXPECT_EQ(shown(id).words(), "was unkind");
    EXPECT_EQ(texts_of(shown(id)), Lines{"go away"});
    EXPECT_EQ(world_->ask(*ana_, get_reports(reply.report_receipt())).reports().reports_size(), 1);
    EXPECT_TRUE(world_->ask(*cleo_, block({person(*ben_)}, "to me too")).has_people_blocked());
    EXPECT_EQ(only_case(), id) << "about one person, one case";
    EXPECT_EQ(shown(id, 1).words(), "to me too");
}

TEST_F(Reporting, NothingIsLostWhenTheServerDiesAtAnyStep) {
    for (const Outcome how : {Outcome::crash_before, Outcome::crash_after}) {
        open();
        come_in_with_mira();
        const auto bad = said(*ben_, "go away");
        settle();
        world_->set_store_policy(
            [how](auto work) { return work == store::MemoryStore::Work::commit ? how : Outcome::ok; });
        bool answered = false;
        ana_->ask(report_message(room_, bad, "was unkind"),
                  [&](const v1::Reply* reply) { answered = reply && reply->has_report_received(); });
        EXPECT_TRUE(world_->pass_until([&] { return !world_->is_up(); }));
        EXPECT_FALSE(answered);
        world_->set_store_policy({});
        EXPECT_TRUE(world_->pass_until([&] { return answered && mira_->is_connected(); })) << "asked again by itself";
        world_->pass(Duration{3'000});
        const auto id = only_case();
        EXPECT_EQ(texts_of(shown(id)), Lines{"> go away"});
        EXPECT_TRUE(world_->ask(*mira_, claim_case(id)).has_done());
        restart();
        EXPECT_EQ(queue(*mira_).front().claim(), v1::CASE_CLAIM_YOURS);
        ana_->stay_away(true);
        EXPECT_TRUE(world_->ask(*mira_, resolve_case(id)).has_done());
        world_->kill_server();
        ana_->stay_away(false);
        EXPECT_TRUE(world_->pass_until([&] { return heard(*ana_, v1::Event::kReportAnswered) >= 1; }));
        EXPECT_EQ(world_->ask(*ana_, get_reports()).reports().reports(0).outcome(), v1::CASE_OUTCOME_ACTED);
        settle();
        const auto told = heard(*ana_, v1::Event::kReportAnswered);
        restart();
        EXPECT_EQ(heard(*ana_, v1::Event::kReportAnswered), told) << "who has asked is not told again";
    }
}

TEST_F(Reporting, NoModeratorSeesACaseAboutThemselvesOrIsToldThatThereIsOne) {
    open();
    come_in_with_mira();
    auto words = post(room_, key(), "I decide here");
    words.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
    const auto bad = world_->ask(*mira_, words).message_accepted().message_id();
    settle();
    const auto voice = found(*ana_, "I decide here").author().token();
    EXPECT_TRUE(reports(*ana_, bad).has_report_received());
    EXPECT_TRUE(world_->ask(*ana_, report_person({room_, voice}, "as a moderator")).has_report_received());
    EXPECT_TRUE(world_->ask(*ana_, report_person(person(*mira_), "as a person")).has_report_received());
    settle();
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), 0);
    EXPECT_TRUE(queue(*mira_).empty());
    Device& noor = moderator("Noor");
    settle();
    const auto waiting = queue(noor);
    ASSERT_FALSE(waiting.empty());
    for (const auto& card : waiting) {
        EXPECT_EQ(world_->ask(*mira_, dismiss_case(card.case_id())).error().code(), v1::ERROR_CODE_NOT_FOUND);
        EXPECT_EQ(world_->ask(*mira_, open_case(card.case_id())).error().code(), v1::ERROR_CODE_NOT_FOUND);
        EXPECT_TRUE(world_->ask(noor, dismiss_case(card.case_id())).has_done());
    }
}

TEST_F(Reporting, TappingOutEndsAShiftInOneCall) {
    open();
    come_in_with_mira();
    reports(*ana_, said(*ben_, "go away"));
    const auto id = only_case();
    Device& noor = moderator("Noor");
    EXPECT_TRUE(world_->ask(noor, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(*mira_, claim_case(id)).has_done());
    EXPECT_EQ(world_->ask(noor, claim_case(id)).error().code(), v1::ERROR_CODE_CASE_CLAIMED);
    settle();
    const int told = heard(noor, v1::Event::kCaseWaiting);
    EXPECT_TRUE(world_->ask(*mira_, tap_out()).has_done());
    settle();
    EXPECT_EQ(heard(noor, v1::Event::kCaseWaiting), told + 1);
    EXPECT_TRUE(world_->ask(noor, claim_case(id)).has_done());
    const int before = heard(*mira_, v1::Event::kCaseWaiting);
    reports(*ana_, said(*ben_, "again"));
    settle();
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), before) << "off duty";
}

TEST_F(Reporting, AClaimThatIsForgottenGoesBackByItself) {
    open();
    come_in_with_mira();
    reports(*ana_, said(*ben_, "go away"));
    EXPECT_TRUE(world_->ask(*mira_, claim_case(only_case())).has_done());
    settle();
    const int told = heard(*mira_, v1::Event::kCaseWaiting);
    world_->pass(world_->ground().limits.claim_kept);
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), told + 1);
    EXPECT_EQ(queue(*mira_).front().claim(), v1::CASE_CLAIM_NOBODYS);
}

TEST_F(Reporting, TheEvidenceIsDestroyedWhenTheTimeForAppealsIsOver) {
    Limits limits = quick();
    limits.appeal_window = Duration{3'600'000};
    open(limits);
    come_in_with_mira();
    const auto receipt = reports(*ana_, said(*ben_, "go away")).report_received().receipt();
    const auto id = only_case();
    EXPECT_TRUE(world_->ask(*mira_, dismiss_case(id)).has_done());
    EXPECT_EQ(texts_of(shown(id)), Lines{"> go away"});
    const auto kept = world_->ground().disk->load_cases();
    world_->pass(limits.appeal_window + Duration{1'000});
    EXPECT_EQ(world_->ask(*mira_, open_case(id)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    EXPECT_EQ(world_->ask(*ana_, get_reports(receipt)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    const auto left = world_->ground().disk->load_cases();
    EXPECT_TRUE(left.cases.empty());
    EXPECT_TRUE(left.reports.empty());
    // Whoever has a copy of the row from before finds no key to it.
    world_->ground().disk->apply({{store::PutCase{kept.cases.front()}}});
    EXPECT_EQ(kept.keys.size(), 1u);
    EXPECT_TRUE(world_->ground().disk->load_cases().keys.empty());
}

TEST_F(Reporting, TheAuditLogTellsWhatBecameOfACaseAndNotWhoReportedWhom) {
    open();
    come_in_with_mira();
    const std::size_t before = audit_log().size();
    reports(*ana_, said(*ben_, "go away"));
    const auto id = only_case();
    shown(id);
    EXPECT_TRUE(world_->ask(*mira_, claim_case(id)).has_done());
    EXPECT_TRUE(world_->ask(*mira_, resolve_case(id)).has_done());
    EXPECT_TRUE(world_->ask(*mira_, resolve_case(id)).has_done()) << "asked twice";
    const auto log = audit_log();
    const auto mira = name_in_log(*mira_);
    ASSERT_EQ(log.size(), before + 5);
    using enum domain::AuditKind;
    std::size_t at = before;
    for (const auto& [kind, by] : {std::pair(case_opened, AuditName{}), std::pair(report_taken, AuditName{}),
                                   std::pair(evidence_shown, mira), std::pair(case_claimed, mira),
                                   std::pair(case_decided, mira)}) {
        const auto& entry = log[at++];
        EXPECT_EQ(entry.kind, kind);
        EXPECT_EQ(entry.by, by);
        EXPECT_TRUE(entry.subject.is_nil());
        EXPECT_EQ(entry.ref, kind == report_taken ? AuditRef{} : audit_ref(id_from<CaseId>(id)));
    }
    EXPECT_EQ(log.back().outcome, domain::AuditOutcome::acted);
}

TEST_F(Reporting, MoreThanEvidenceNeighboursMaxAreNotKeptAndMoreThanReportsPerDayNotTaken) {
    Limits limits = quick();
    limits.evidence_neighbours_max = 2;
    limits.reports_per_day = 1;
    limits.evidence_bytes_max = 1'000;
    open(limits);
    come_in_with_mira();
    for (const char* text : {"one", "two", "three"}) said(*cleo_, text);
    const auto bad = said(*ben_, "go away");
    said(*cleo_, "four");
    reports(*ana_, bad);
    EXPECT_EQ(texts_of(shown(only_case())), (Lines{"three", "> go away", "four"}));
    EXPECT_EQ(reports(*ana_, bad).error().code(), v1::ERROR_CODE_RATE_LIMITED);
    const auto blocked = world_->ask(*ana_, block({person(*ben_)}, "again")).people_blocked();
    EXPECT_EQ(blocked.blocks_size(), 1) << "a block is never refused";
    EXPECT_TRUE(blocked.report_receipt().empty());
}

}  // namespace
}  // namespace kindroom::sim
