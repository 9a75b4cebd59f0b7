// Being forgotten: what others see of somebody who erases their account, and that no accident stops it halfway.
#include "sim/own_data.hpp"
#include "sim/reporting.hpp"

namespace kindroom::sim {
namespace {

TEST_F(OwnData, AnErasedAccountIsForOthersSomebodyWhoLeftAndTookTheirWordsAlong) {
    begin();
    befriend(*ana_, *cleo_);
    say(*ana_, "one");
    say(*ben_, "two");
    say(*ana_, "three");
    settle();
    const auto told = overhear(*ben_);
    erases(*ana_);
    tick();
    EXPECT_EQ(read(*ben_), (Lines{"two"}));
    EXPECT_EQ(people(*ben_), (Lines{"Ben", "Cleo", "Mia", "Noa"}));
    int taken_back = 0;
    for (const auto& event : *told) taken_back += event.room_event().has_retracted();
    EXPECT_EQ(taken_back, 2);
    const auto contacts = world_->ask(*cleo_, list_contacts()).contacts();
    ASSERT_EQ(contacts.contacts_size(), 1);
    EXPECT_TRUE(contacts.contacts(0).resting());
    EXPECT_EQ(post_to(*cleo_, contacts.contacts(0).room_id(), "are you there").error().code(),
              v1::ERROR_CODE_CONNECTION_RESTING);
}

TEST_F(OwnData, ErasingNeedsThePassphraseAndIsThenForGood) {
    begin();
    said(*ana_, "words");
    Device& second = second_device_of(*ana_, "");
    const auto login_id = ana_->login_id();
    EXPECT_EQ(world_->ask(*ana_, erase_account("another quiet birch in the wind")).error().code(),
              v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_EQ(words_taken_along(*ana_), (Lines{"words"}));
    const auto told = overhear(second);
    erases(*ana_);
    bool is_told = false;
    for (const auto& event : *told)
        is_told = is_told || event.session_ended().reason() == v1::SESSION_END_REASON_ERASED;
    EXPECT_TRUE(is_told) << "all devices are";
    Device& stranger = world_->new_device();
    stranger.begin();
    EXPECT_EQ(world_->ask(stranger, sign_in(login_id)).error().code(), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_FALSE(world_->ground().disk->find_account(login_id));
}

TEST_F(OwnData, WhatACrashCutShortIsGoneOnWithAfterTheNextStart) {
    begin();
    say(*ana_, "one");
    say(*ben_, "two");
    settle();
    // The erasure becomes durable, and nothing after it.
    bool erased = false;
    world_->set_store_policy([&erased, this](store::MemoryStore::Work work) {
        if (work != store::MemoryStore::Work::commit) return Outcome::ok;
        if (erased) return Outcome::crash_before;
        erased = !world_->ground().disk->list_erasures().empty();
        return Outcome::ok;
    });
    ana_->ask(erase_account());
    world_->pass_until([&] { return !world_->ground().disk->list_erasures().empty(); });
    world_->kill_server();
    world_->set_store_policy(nullptr);
    world_->pass(Duration{120'000});
    EXPECT_TRUE(world_->ground().disk->list_erasures().empty());
    EXPECT_EQ(read(*ben_), (Lines{"two"}));
    tick();
    EXPECT_EQ(people(*ben_), (Lines{"Ben", "Cleo", "Mia", "Noa"}));
}

TEST_F(OwnData, ADeathOrARefusalAtAnyStepLeavesAnAccountWholeOrGone) {
    for (const Outcome outcome : {Outcome::crash_before, Outcome::crash_after, Outcome::refuse}) {
        int met = 0;
        for (int step = 0; met == step; ++step) {
            SCOPED_TRACE("step " + std::to_string(step) + ", outcome " + std::to_string(static_cast<int>(outcome)));
            begin();
            say(*ana_, "one");
            say(*ben_, "two");
            say(*ana_, "three");
            settle();
            const auto login_id = ana_->login_id();
            const auto disk = world_->ground().disk;
            const auto is_over = [&] { return !disk->find_account(login_id) && disk->list_erasures().empty(); };
            int calls = 0;
            world_->set_store_policy([&](store::MemoryStore::Work) {
                if (calls++ != step || is_over()) return Outcome::ok;
                met = step + 1;
                return outcome;
            });
            ana_->ask(erase_account());
            world_->pass(Duration{5'000});
            world_->set_store_policy(nullptr);
            world_->pass(Duration{120'000});
            const bool is_erased = !disk->find_account(login_id);
            EXPECT_TRUE(disk->list_erasures().empty());
            EXPECT_EQ(read(*ben_), is_erased ? Lines{"two"} : (Lines{"one", "two", "three"}));
            if (is_erased) continue;
            // Nothing had happened: the next try succeeds.
            Device& again = second_device_of(*ana_, "");
            erases(again);
            EXPECT_EQ(read(*ben_), Lines{"two"});
        }
        EXPECT_GT(met, 5);
    }
}

// Everything that an account writes waits its turn. What waits behind the erasure must not be written after it: the new
// passphrase would bring the account itself back, without a key.
TEST_F(OwnData, WhatWaitsItsTurnBehindAnErasureIsNotWrittenAnyMore) {
    begin();
    Device& second = second_device_of(*ana_, "");
    const auto login_id = ana_->login_id();
    const auto disk = world_->ground().disk;
    world_->hold_store(true);
    ana_->ask(erase_account());
    settle();
    v1::Request change;
    change.mutable_change_passphrase()->set_current_passphrase(passphrase);
    change.mutable_change_passphrase()->set_new_passphrase("another quiet birch in the wind");
    bool is_done = false;
    second.ask(change, [&](const v1::Reply* reply) { is_done = reply && reply->has_done(); });
    settle();
    ASSERT_TRUE(disk->find_account(login_id)) << "the erasure is under way";
    world_->hold_store(false);
    settle();
    EXPECT_FALSE(disk->find_account(login_id));
    EXPECT_FALSE(is_done);
    world_->pass(Duration{120'000});
    EXPECT_TRUE(disk->list_erasures().empty());
}

// Whoever is about to be blocked holds back what shows the other one. Where the other one is gone before the block's
// turn comes, they have to be told that it never began.
TEST_F(OwnData, ABlockThatIsOvertakenByTheErasureOfWhoSetItHoldsNobodyBack) {
    begin();
    say(*ana_, "one");
    settle();
    Device& second = second_device_of(*ana_, "");
    const auto ben = person(*ben_);
    const auto told = overhear(*ben_);
    world_->hold_store(true);
    ana_->ask(erase_account());
    settle();
    second.ask(block({ben}));
    settle();
    world_->hold_store(false);
    world_->pass(Duration{120'000});
    int taken_back = 0;
    for (const auto& event : *told) taken_back += event.room_event().has_retracted();
    EXPECT_EQ(taken_back, 1);
    EXPECT_EQ(read(*ben_), Lines{});
    const auto ben_has = world_->ground().disk->load_account(*world_->ground().disk->find_account(ben_->login_id()));
    ASSERT_TRUE(ben_has);
    EXPECT_TRUE(ben_has->matters.empty()) << "a block by nobody";
}

TEST_F(OwnData, X3WhoErasesTheirAccountLooksTheSameWhetherOrNotTheyHadBlockedSomebody) {
    const auto seen_by_ben = [&](bool is_blocked) {
        begin();
        const auto contact = befriend(*ana_, *ben_);
        say(*ana_, "one");
        say(*ben_, "two");
        settle();
        if (is_blocked) {
            blocks(*ana_, *ben_);
        } else {
            EXPECT_TRUE(world_->ask(*ana_, leave(room_)).has_done());
            EXPECT_TRUE(world_->ask(*ana_, disconnect(contact)).has_done());
        }
        tick();
        const auto told = overhear(*ben_);
        erases(*ana_);
        tick();
        Lines seen;
        for (const auto& event : *told)
            seen.push_back("event " + std::to_string(event.kind_case()) + " " +
                           std::to_string(event.room_event().step_case()));
        for (const auto& text : read(*ben_)) seen.push_back("reads " + text);
        for (const auto& name : people(*ben_)) seen.push_back("sees " + name);
        const auto known = world_->ask(*ben_, list_contacts()).contacts();
        for (const auto& one : known.contacts())
            seen.push_back(one.person().name() + (one.resting() ? " rests" : " is there"));
        seen.push_back(bare(post_to(*ben_, contact, "are you there")));
        return seen;
    };
    EXPECT_EQ(seen_by_ben(true), seen_by_ben(false));
}

TEST_F(OwnData, Look12_AnOldTokenOfSomebodyErasedIsAnsweredAsThatOfOneWhoLeft) {
    enum class Ben { leaves, is_erased };
    const auto answers = [&](Ben how, bool is_loaded_anew) {
        begin();
        say(*ben_, "words");
        const auto old = person(*ben_);
        settle();
        if (how == Ben::is_erased)
            erases(*ben_);
        else
            EXPECT_TRUE(world_->ask(*ben_, leave(room_)).has_done());
        tick();
        if (is_loaded_anew) world_->kill_server();
        world_->pass(Duration{10'000});
        v1::Request report;
        report.mutable_report()->mutable_person()->set_room_id(old.room);
        report.mutable_report()->mutable_person()->set_token(old.token);
        const auto offered = world_->ask(*ana_, offer_contact(old));
        const auto muted = world_->ask(*ana_, mute(old));
        const auto blocked = world_->ask(*ana_, block({old}));
        return Lines{std::to_string(offered.outcome_case()), std::to_string(muted.outcome_case()),
                     std::to_string(blocked.people_blocked().blocks_size()),
                     std::to_string(world_->ask(*ana_, report).has_report_received())};
    };
    for (const bool is_loaded_anew : {false, true})
        EXPECT_EQ(answers(Ben::is_erased, is_loaded_anew), answers(Ben::leaves, is_loaded_anew)) << is_loaded_anew;
}

TEST_F(OwnData, AnErasedModeratorIsNotOnDutyAndWhatTheyDecidedStands) {
    begin();
    EXPECT_TRUE(world_->ask(*mia_, go_on_duty(room_)).has_on_duty());
    decides(*mia_, about(person(*ben_), v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000}));
    erases(*mia_);
    tick();
    EXPECT_EQ(say(*ben_, "may I").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    EXPECT_EQ(people(*ben_), (Lines{"Ana", "Ben", "Cleo", "Noa"}));
}

TEST_F(OwnData, WhatWaitsForASecondModeratorDoesNotWaitForSomebodyWhoIsGone) {
    begin();
    decides(*mia_, about(person(*ben_), v1::DECISION_ACTION_ROOM_BAN));
    EXPECT_EQ(waiting_for(*noa_).decisions_size(), 1);
    erases(*ben_);
    EXPECT_EQ(waiting_for(*noa_).decisions_size(), 0);
}

TEST_F(OwnData, WordsThatTookABreathGoWithTheirAuthor) {
    begin();
    auto request = post(room_, key(), "a moment");
    request.mutable_post_message()->set_breath_ms(20'000);
    EXPECT_TRUE(world_->ask(*ana_, request).has_message_accepted());
    erases(*ana_);
    world_->pass(Duration{30'000});
    EXPECT_EQ(read(*ben_), Lines{});
}

TEST_F(OwnData, EvidenceOfAnOpenCaseOutlivesTheErasureOfWhoSaidItAndOfWhoReportedIt) {
    begin();
    const auto theirs = said(*ben_, "go away");
    EXPECT_TRUE(world_->ask(*ana_, report_message(room_, theirs, "he said it twice")).has_report_received());
    erases(*ben_);
    erases(*ana_);
    const auto cases = world_->ask(*mia_, list_cases()).cases();
    ASSERT_EQ(cases.cases_size(), 1);
    const auto opened = world_->ask(*mia_, open_case(cases.cases(0).case_id()));
    ASSERT_TRUE(opened.has_case_opened()) << opened.ShortDebugString();
    EXPECT_NE(opened.case_opened().SerializeAsString().find("go away"), std::string::npos);
    EXPECT_NE(opened.case_opened().SerializeAsString().find("he said it twice"), std::string::npos);
}

}  // namespace
}  // namespace kindroom::sim
