// Decisions in the audit log: each of them, and whatever becomes of it.
#include <gtest/gtest.h>

#include "sim/deciding.hpp"

namespace kindroom::sim {
namespace {

using domain::AuditActor;
using domain::AuditEntry;
using domain::AuditKind;
using domain::AuditSource;
using domain::DecisionAction;

constexpr Duration an_hour{3'600'000};

class DecidingAudit : public Deciding {
  protected:
    void begin() {
        Deciding::begin();
        mia_name_ = name_of(*mia_);
        ben_name_ = name_of(*ben_);
    }
    std::vector<AuditEntry> log() {
        std::vector<AuditEntry> entries;
        for (const auto& row : world_->ground().disk->read_audit({.after = 0, .limit = 10'000}))
            entries.push_back(domain::unpack_audit_entry(as_text(row.entry)).value());
        return entries;
    }
    AuditEntry last() { return log().back(); }
    AuditName name_of(const Device& device) {
        return world_->ground().names.audit_name(world_->ground().disk->find_account(device.login_id()).value());
    }
    static AuditRef ref_of(const v1::Decision& decision) {
        return audit_ref(DecisionId::from_bytes(as_bytes(decision.decision_id())).value());
    }
    // The last entry is about what became of this decision about Ben.
    void expect_last(AuditKind kind, const v1::Decision& decision, AuditActor actor, AuditName by) {
        EXPECT_EQ(last().kind, kind);
        EXPECT_EQ(last().ref, ref_of(decision));
        EXPECT_EQ(last().subject, ben_name_);
        EXPECT_EQ(last().actor, actor);
        EXPECT_EQ(last().by, by);
    }

    AuditName mia_name_;
    AuditName ben_name_;
};

TEST_F(DecidingAudit, ADecisionIsThereWithItsRuleAndWhoMadeIt) {
    begin();
    auto quiet = about(person(*ben_), v1::DECISION_ACTION_LISTEN_ONLY, an_hour);
    quiet.set_source(v1::DECISION_SOURCE_REPORT);
    const auto decision = decides(*mia_, quiet);
    expect_last(AuditKind::decision_made, decision, AuditActor::account, mia_name_);
    EXPECT_EQ(last().room, RoomId::from_bytes(as_bytes(room_)));
    EXPECT_EQ(last().rule_id, "kind");
    EXPECT_EQ(last().rules_version, 1u);
    EXPECT_EQ(last().act, DecisionAction::listen_only);
    EXPECT_EQ(last().source, AuditSource::report);
    EXPECT_FALSE(last().automated);
    quiet.set_everywhere(true);
    decides(*mia_, quiet);
    EXPECT_TRUE(last().room.is_nil()) << "the whole house";
}

TEST_F(DecidingAudit, SoIsThatSomebodysWordsAreLookedAtFirst) {
    begin();
    const auto hold = decides(v1::DECISION_ACTION_HOLD, an_hour);
    expect_last(AuditKind::decision_made, hold, AuditActor::account, mia_name_);
    EXPECT_EQ(last().act, DecisionAction::hold);
    EXPECT_EQ(last().room, RoomId::from_bytes(as_bytes(room_)));
    EXPECT_TRUE(say(*ben_, "but").message_accepted().has_held());
    EXPECT_EQ(last().ref, ref_of(hold)) << "what they said is not";
}

TEST_F(DecidingAudit, SoIsWhoConfirmedItAndThatNobodyDid) {
    begin();
    const auto ben = person(*ben_);
    const auto first = decides(*mia_, about(ben, v1::DECISION_ACTION_ROOM_BAN));
    EXPECT_TRUE(world_->ask(*noa_, confirm(first.decision_id())).has_done());
    expect_last(AuditKind::decision_confirmed, first, AuditActor::account, name_of(*noa_));
    const auto second = decides(*mia_, about(ben, v1::DECISION_ACTION_SERVER_BAN));
    world_->pass(from_ms(second.confirm_by_ms()) - now() + Duration{2'000});
    expect_last(AuditKind::decision_lapsed, second, AuditActor::server, {});
}

TEST_F(DecidingAudit, ABanThatIsLiftedIsThereOnceForEachDecision) {
    begin();
    const std::string login_id = ben_->login_id();
    const auto by_mia = decides(v1::DECISION_ACTION_SERVER_BAN);
    EXPECT_TRUE(world_->ask(*operator_, ban(login_id)).has_done());
    const auto entries = log().size();
    EXPECT_EQ(last().actor, AuditActor::operator_);
    EXPECT_TRUE(world_->ask(*operator_, lift_ban(login_id)).has_done());
    settle();
    ASSERT_EQ(log().size(), entries + 2);
    std::vector<AuditRef> lifted;
    for (const auto& entry : {log()[entries], log()[entries + 1]}) {
        EXPECT_EQ(entry.kind, AuditKind::ban_lifted);
        EXPECT_EQ(entry.subject, ben_name_);
        lifted.push_back(entry.ref);
    }
    EXPECT_NE(lifted[0], lifted[1]);
    EXPECT_NE(std::find(lifted.begin(), lifted.end(), ref_of(by_mia)), lifted.end());
    EXPECT_TRUE(world_->ask(*operator_, lift_ban(login_id)).has_done());
    EXPECT_EQ(log().size(), entries + 2) << "there was nothing to lift";
}

TEST_F(DecidingAudit, WhatIsRefusedLeavesNothing) {
    begin();
    const auto ben = person(*ben_);
    blocks(*mia_, *ben_);
    const auto before = log();
    EXPECT_EQ(refused(*mia_, about(ben, v1::DECISION_ACTION_WARN)), v1::ERROR_CODE_RECUSED);
    EXPECT_EQ(refused(*ana_, about(ben, v1::DECISION_ACTION_WARN)), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(log(), before);
}

}  // namespace
}  // namespace kindroom::sim
