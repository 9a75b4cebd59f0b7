// What of an act of authority is in the audit log, and what is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/dialogue.hpp"

namespace kindroom::sim {
namespace {

using domain::AuditActor;
using domain::AuditEntry;
using domain::AuditKind;

class AuditDialogue : public Dialogue {
  protected:
    std::vector<AuditEntry> log() {
        std::vector<AuditEntry> entries;
        for (const auto& row : world_->ground().disk->read_audit({.after = 0, .limit = 10'000}))
            entries.push_back(domain::unpack_audit_entry(as_text(row.entry)).value());
        return entries;
    }
    std::vector<AuditKind> kinds() {
        std::vector<AuditKind> found;
        for (const auto& entry : log()) found.push_back(entry.kind);
        return found;
    }
    AuditEntry last() { return log().back(); }
    AuditName name_of(const Device& device) {
        return world_->ground().names.audit_name(world_->ground().disk->find_account(device.login_id()).value());
    }
    Device& an_admin() {
        Device& device = somebody();
        EXPECT_TRUE(world_->ask(*operator_, set_role(device.login_id(), v1::ROLE_ADMIN)).has_done());
        return device;
    }
};

TEST_F(AuditDialogue, TheHousesBeginningIsInIt) {
    open();
    ASSERT_EQ(log().size(), 2u);
    EXPECT_EQ(log()[0].kind, AuditKind::rules_published);
    EXPECT_EQ(log()[0].actor, AuditActor::operator_);
    EXPECT_EQ(log()[0].rules_version, 1u);
    EXPECT_EQ(log()[1].kind, AuditKind::room_made);
    EXPECT_EQ(log()[1].room, RoomId::from_bytes(as_bytes(room_)));
    EXPECT_EQ(log()[1].actor, AuditActor::operator_);
}

TEST_F(AuditDialogue, EachActNamesWhoDidItByTheNameThatOnlyTheLogUses) {
    open();
    Device& admin = an_admin();
    Device& ben = somebody();
    // His device forgets it when he is banned.
    const std::string login_id = ben.login_id();
    const AuditName his_name = name_of(ben);
    const auto told = [&](v1::Request request) {
        const TimePoint asked_at = world_->ground().clock.now();
        const auto reply = world_->ask(admin, std::move(request));
        EXPECT_FALSE(reply.has_error()) << reply.error().ShortDebugString();
        EXPECT_EQ(last().actor, AuditActor::account);
        EXPECT_EQ(last().by, name_of(admin));
        EXPECT_GE(last().at, asked_at);
        return last();
    };
    EXPECT_EQ(log().back().kind, AuditKind::role_set);
    EXPECT_EQ(log().back().subject, name_of(admin));

    const auto role = told(set_role(login_id, v1::ROLE_MODERATOR));
    EXPECT_EQ(role.kind, AuditKind::role_set);
    EXPECT_EQ(role.subject, his_name);
    EXPECT_EQ(role.role, domain::Role::moderator);

    const auto banned = told(ban(login_id));
    EXPECT_EQ(banned.kind, AuditKind::decision_made);
    EXPECT_EQ(banned.subject, his_name);
    EXPECT_EQ(banned.act, domain::DecisionAction::server_ban);
    EXPECT_EQ(banned.source, domain::AuditSource::own);
    EXPECT_EQ(banned.rule_id, ban("").ban_account().rule_id());
    EXPECT_EQ(banned.rules_version, 1u);
    EXPECT_FALSE(banned.automated);

    const auto lifted = told(lift_ban(login_id));
    EXPECT_EQ(lifted.kind, AuditKind::ban_lifted);
    EXPECT_EQ(lifted.subject, his_name);

    v1::Request invite;
    invite.mutable_create_invite()->set_role(v1::ROLE_MODERATOR);
    invite.mutable_create_invite()->set_room_id(room_);
    const auto invited = told(invite);
    EXPECT_EQ(invited.kind, AuditKind::invite_made);
    EXPECT_EQ(invited.role, domain::Role::moderator);
    EXPECT_EQ(invited.room, RoomId::from_bytes(as_bytes(room_)));

    v1::Request rules;
    rules.mutable_publish_rules()->add_rules()->set_rule_id("kind");
    rules.mutable_publish_rules()->mutable_rules(0)->set_text("Be kind.");
    EXPECT_EQ(told(rules).kind, AuditKind::rules_published);
    EXPECT_EQ(last().rules_version, 2u);

    EXPECT_EQ(told(pause_room(room_, "We take ten minutes.")).kind, AuditKind::room_paused);
    EXPECT_EQ(last().room, RoomId::from_bytes(as_bytes(room_)));
    EXPECT_EQ(told(resume_talk(room_)).kind, AuditKind::room_resumed);
    EXPECT_EQ(last().room, RoomId::from_bytes(as_bytes(room_)));

    v1::Request change;
    change.mutable_change_room()->set_room_id(room_);
    change.mutable_change_room()->mutable_settings()->set_topic("Night");
    EXPECT_EQ(told(change).kind, AuditKind::room_changed);
    v1::Request close;
    close.mutable_close_room()->set_room_id(room_);
    EXPECT_EQ(told(close).kind, AuditKind::room_closed);
    EXPECT_EQ(last().room, RoomId::from_bytes(as_bytes(room_)));
}

TEST_F(AuditDialogue, WhatIsRefusedLeavesNothing) {
    open();
    Device& ben = member("Ben");
    const auto before = kinds();
    EXPECT_TRUE(world_->ask(ben, create_room("Mine")).has_error());
    EXPECT_TRUE(world_->ask(ben, ban(ben.login_id())).has_error());
    EXPECT_TRUE(world_->ask(*operator_, set_role("no-such-login-1", v1::ROLE_ADMIN)).has_error());
    world_->set_store_policy([](auto work) {
        return work == store::MemoryStore::Work::commit ? Outcome::refuse : Outcome::ok;
    });
    EXPECT_TRUE(world_->ask(*operator_, set_role(ben.login_id(), v1::ROLE_ADMIN)).has_error());
    EXPECT_TRUE(world_->ask(*operator_, create_room("Another")).has_error());
    world_->set_store_policy({});
    EXPECT_EQ(kinds(), before);
}

TEST_F(AuditDialogue, NoBoundaryIsEverInIt) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    const auto before = kinds();
    EXPECT_FALSE(world_->ask(ana, block({{room_, ben.screen(room_).my_token}})).has_error());
    EXPECT_FALSE(world_->ask(ana, step_away(room_)).has_error());
    EXPECT_TRUE(say(ben, "Still here").has_message_accepted());
    settle();
    EXPECT_EQ(kinds(), before);
}

}  // namespace
}  // namespace kindroom::sim
