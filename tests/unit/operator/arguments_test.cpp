#include "arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace kindroom {

namespace {

using testing::HasSubstr;

struct Outcome {
    std::variant<Arguments, int> result;
    std::string out;
    std::string err;
};

Outcome read(std::vector<const char*> words) {
    words.insert(words.begin(), "kindroomd");
    std::ostringstream out;
    std::ostringstream err;
    auto result = read_arguments(static_cast<int>(words.size()), words.data(), out, err);
    return {std::move(result), out.str(), err.str()};
}

template <class Wish>
Wish wish_of(const std::vector<const char*>& words) {
    const Outcome outcome = read(words);
    const auto* arguments = std::get_if<Arguments>(&outcome.result);
    if (arguments == nullptr || !std::holds_alternative<Wish>(arguments->wish)) {
        ADD_FAILURE() << "something else was understood: " << outcome.err;
        return Wish{};
    }
    return std::get<Wish>(arguments->wish);
}

template <class Order>
Order order_of(const std::vector<const char*>& words) {
    const auto order = wish_of<OperatorOrder>(words).order;
    if (!std::holds_alternative<Order>(order)) {
        ADD_FAILURE() << "another order was understood";
        return Order{};
    }
    return std::get<Order>(order);
}

}  // namespace

TEST(Arguments, WithoutACommandTheServerServes) {
    wish_of<Serve>({});
    wish_of<Serve>({"serve", "--config", "house/kindroomd.toml"});
    const auto outcome = read({"--config", "house/kindroomd.toml"});
    EXPECT_EQ(std::get<Arguments>(outcome.result).config_file, "house/kindroomd.toml");
}

TEST(Arguments, TheServersOwnCommandsAreUnderstood) {
    wish_of<CheckConfiguration>({"--check", "--config", "x"});
    wish_of<CheckConfiguration>({"config", "check", "--config", "x"});
    wish_of<PrintDefaultConfiguration>({"config", "default"});
    EXPECT_EQ(wish_of<TryFilters>({"filters", "try", "lines.txt"}).file, "lines.txt");
    EXPECT_EQ(wish_of<TryFilters>({"filters", "try", "-", "--filters", "new.toml"}).filters, "new.toml");
    wish_of<PrintVersion>({"--version"});
    const auto init = wish_of<MakeFolder>({"init", "--dev-certificate", "house"});
    EXPECT_EQ(init.folder, "house");
    EXPECT_TRUE(init.dev_certificate);
}

TEST(Arguments, AnInviteHasRoleRoomUsesAndTime) {
    const auto plain = order_of<operator_::Invite>({"invite"});
    EXPECT_EQ(plain.role, domain::Role::member);
    EXPECT_EQ(plain.uses, 1u);
    EXPECT_EQ(plain.holds_for, Duration{0});
    const auto full = order_of<operator_::Invite>(
        {"invite", "--role", "moderator", "--room", "Night", "--uses", "3", "--holds-for", "14d"});
    EXPECT_EQ(full.role, domain::Role::moderator);
    EXPECT_EQ(full.room, "Night");
    EXPECT_EQ(full.uses, 3u);
    EXPECT_EQ(full.holds_for, std::chrono::days{14});
    const auto admin = order_of<operator_::Invite>({"first-admin"});
    EXPECT_EQ(admin.role, domain::Role::admin);
    EXPECT_TRUE(admin.first_admin);
}

TEST(Arguments, WhatIsNotSaidOfARoomStaysUnsaid) {
    const auto created = order_of<operator_::CreateRoom>(
        {"room", "create", "--topic", "Night", "--label", "grief", "--label", "loss", "--retention", "7d",
         "--slow-mode", "5s", "--seats", "8", "--welcome", "Hello.", "--history-before-joining", "--needs-moderator",
         "--hold-first-messages", "2",
         "--listen-only", "0s", "--join", "knock", "--hours", "mon-fri 18:00-20:00"});
    EXPECT_EQ(created.options.needs_moderator, true);
    EXPECT_EQ(created.options.listen_only, Duration{0});
    EXPECT_EQ(created.options.join_policy, domain::JoinPolicy::knock);
    EXPECT_EQ(created.options.hours, "mon-fri 18:00-20:00");
    EXPECT_EQ(created.options.topic, "Night");
    EXPECT_EQ(created.options.labels, (std::vector<std::string>{"grief", "loss"}));
    EXPECT_EQ(created.options.retention, domain::Retention::days_7);
    EXPECT_EQ(created.options.slow_mode, Duration{5'000});
    EXPECT_EQ(created.options.seats, 8u);
    EXPECT_EQ(created.options.hold_first_messages, 2u);
    EXPECT_EQ(created.options.history_before_joining, true);
    const auto changed = order_of<operator_::ChangeRoom>({"room", "change", "Night", "--no-history-before-joining"});
    EXPECT_EQ(changed.room, "Night");
    EXPECT_EQ(changed.options.topic, std::nullopt);
    EXPECT_EQ(changed.options.labels, std::nullopt);
    EXPECT_EQ(changed.options.history_before_joining, false);
    EXPECT_EQ(order_of<operator_::CloseRoom>({"room", "close", "Night"}).room, "Night");
    EXPECT_TRUE(wish_of<OperatorOrder>({"room", "list", "--json"}).json);
}

TEST(Arguments, PeopleAndRulesAreNamed) {
    EXPECT_EQ(order_of<operator_::PublishRules>({"rules", "publish", "rules.toml"}).file, "rules.toml");
    order_of<operator_::ShowRules>({"rules", "show"});
    const auto role = order_of<operator_::SetRole>({"role", "amber-heron-4127", "moderator", "--room", "Night"});
    EXPECT_EQ(role.login_id, "amber-heron-4127");
    EXPECT_EQ(role.role, domain::Role::moderator);
    EXPECT_EQ(role.room, "Night");
    const auto ban =
        order_of<operator_::Ban>({"ban", "amber-heron-4127", "--rule", "be-kind", "--facts", "-", "--for", "14d"});
    EXPECT_EQ(ban.rule_id, "be-kind");
    EXPECT_EQ(ban.facts, "-");
    EXPECT_EQ(ban.lasts, std::chrono::days{14});
    EXPECT_EQ(order_of<operator_::LiftBan>({"lift-ban", "amber-heron-4127"}).login_id, "amber-heron-4127");
}

TEST(Arguments, AMistakeIsToldAndEndsWithTwo) {
    for (const std::vector<const char*>& words :
         std::vector<std::vector<const char*>>{{"--no-such-flag"},
                                               {"sing"},
                                               {"room"},
                                               {"room", "create"},
                                               {"init"},
                                               {"invite", "--role", "king"},
                                               {"invite", "--holds-for", "14"},
                                               {"invite", "--holds-for", "0s"},
                                               {"ban", "x", "--rule", "y", "--facts", "z", "--for", "0s"},
                                               {"invite", "--uses", "0"},
                                               {"ban", "x", "--rule", "y"},
                                               {"room", "create", "--topic", "x", "--retention", "8d"}}) {
        const Outcome outcome = read(words);
        ASSERT_TRUE(std::holds_alternative<int>(outcome.result)) << words.front();
        EXPECT_EQ(std::get<int>(outcome.result), 2) << words.front();
        EXPECT_NE(outcome.err, "") << words.front();
    }
}

TEST(Arguments, ANumberThatDoesNotFitIsAnsweredWithOneThatDoes) {
    for (const char* number : {"0", "two", "1.5", "99999999999999999999"}) {
        const Outcome outcome = read({"invite", "--uses", number});
        EXPECT_NE(outcome.err.find("--uses: write a whole number from 1 on"), std::string::npos) << outcome.err;
    }
    EXPECT_EQ(order_of<operator_::Invite>({"invite", "--uses", "12"}).uses, 12u);
}

TEST(Arguments, HelpEndsWithNothingWrong) {
    const Outcome outcome = read({"--help"});
    EXPECT_EQ(std::get<int>(outcome.result), 0);
    EXPECT_THAT(outcome.out, HasSubstr("first-admin"));
}

TEST(Arguments, TheAuditLogIsLookedAtInThreeWays) {
    const auto verify = wish_of<LookAtAudit>({"audit", "verify", "--head", std::string(64, 'a').c_str()}).order;
    EXPECT_EQ(std::get<operator_::VerifyAudit>(verify).head->front(), std::byte{0xaa});
    const auto show = wish_of<LookAtAudit>({"audit", "show", "--account", "amber-heron-4127"}).order;
    EXPECT_EQ(std::get<operator_::ShowAudit>(show).login_id, "amber-heron-4127");
    const auto order = wish_of<LookAtAudit>({"transparency", "--from", "2026-01-01", "--to", "2026-12-31"}).order;
    const auto& report = std::get<operator_::MakeTransparencyReport>(order);
    EXPECT_EQ(report.period.until - report.period.from, std::chrono::days(365));
    EXPECT_FALSE(report.json);
}

TEST(Arguments, TheDataAreCopiedBroughtBackAndGivenANewKey) {
    const auto backup = wish_of<LookAfterData>({"backup", "monday", "--ring", "copies/ring"}).order;
    EXPECT_EQ(std::get<operator_::MakeBackup>(backup).file, "monday");
    EXPECT_EQ(std::get<operator_::MakeBackup>(backup).ring, "copies/ring");
    const auto verify = wish_of<LookAfterData>({"restore", "--verify", "monday"}).order;
    EXPECT_EQ(std::get<operator_::Restore>(verify).file, "monday");
    EXPECT_TRUE(std::get<operator_::Restore>(verify).only_verify);
    const auto restore = wish_of<LookAfterData>({"restore", "monday", "--master-key", "old.key"}).order;
    EXPECT_FALSE(std::get<operator_::Restore>(restore).only_verify);
    EXPECT_EQ(std::get<operator_::Restore>(restore).master_key, "old.key");
    const auto rotate = wish_of<LookAfterData>({"keys", "rotate"}).order;
    EXPECT_TRUE(std::holds_alternative<operator_::RotateKeys>(rotate));
    EXPECT_EQ(std::get<int>(read({"backup"}).result), 2) << "a file must be named";
}

}  // namespace kindroom
