#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

TEST(DecodeHouse, CreateAndChangeRoomBringAllSettings) {
    expect_read<domain::CreateRoom>(sample("create_room"), [](const domain::CreateRoom& create) {
        EXPECT_EQ(create.settings, samples::card().settings);
    });
    expect_read<domain::ChangeRoom>(sample("change_room"), [](const domain::ChangeRoom& change) {
        EXPECT_EQ(change.room, samples::room);
        EXPECT_EQ(change.settings, samples::card().settings);
    });
}

TEST(DecodeHouse, SettingsThatSayNothingAreTheDefaults) {
    auto request = sample("create_room");
    request.mutable_create_room()->mutable_settings()->Clear();
    expect_read<domain::CreateRoom>(request, [](const domain::CreateRoom& create) {
        EXPECT_EQ(create.settings, domain::RoomSettings{});
        EXPECT_EQ(create.settings.retention, domain::Retention::days_30);
    });
}

TEST(DecodeHouse, ARoomWithoutSettingsIsRefused) {
    auto create = sample("create_room");
    create.mutable_create_room()->clear_settings();
    EXPECT_EQ(refusal(create), bad("settings"));
    auto change = sample("change_room");
    change.mutable_change_room()->clear_settings();
    EXPECT_EQ(refusal(change), bad("settings"));
}

TEST(DecodeHouse, AnUnknownKindPolicyOrRetentionIsRefused) {
    auto kind = sample("create_room");
    kind.mutable_create_room()->mutable_settings()->set_kind(static_cast<v1::RoomKind>(4));
    EXPECT_EQ(refusal(kind), bad("kind"));
    auto policy = sample("create_room");
    policy.mutable_create_room()->mutable_settings()->set_join_policy(static_cast<v1::JoinPolicy>(4));
    EXPECT_EQ(refusal(policy), bad("join_policy"));
    auto retention = sample("create_room");
    retention.mutable_create_room()->mutable_settings()->set_retention(static_cast<v1::Retention>(4));
    EXPECT_EQ(refusal(retention), bad("retention"));
}

TEST(DecodeHouse, ARoomOfTwoContactsIsNeitherMadeNorMadeOfAnother) {
    auto create = sample("create_room");
    create.mutable_create_room()->mutable_settings()->set_kind(v1::ROOM_KIND_DIRECT);
    EXPECT_EQ(refusal(create), bad("settings.kind"));
    auto change = sample("change_room");
    change.mutable_change_room()->mutable_settings()->set_kind(v1::ROOM_KIND_DIRECT);
    EXPECT_EQ(refusal(change), bad("settings.kind"));
}

TEST(DecodeHouse, LinkPeopleNamesTwoPeopleOfARoom) {
    expect_read<domain::LinkPeople>(sample("link_people"), [](const domain::LinkPeople& link) {
        EXPECT_EQ(link.room, samples::room);
        EXPECT_EQ(link.token, samples::id_of<PersonToken>(0x55));
        EXPECT_EQ(link.other_token, samples::id_of<PersonToken>(0x56));
    });
}

TEST(DecodeHouse, DutyNamesTheRoomAndTheNote) {
    expect_read<domain::CloseRoom>(sample("close_room"),
                                   [](const domain::CloseRoom& close) { EXPECT_EQ(close.room, samples::room); });
    expect_read<domain::GoOnDuty>(sample("go_on_duty"),
                                  [](const domain::GoOnDuty& go) { EXPECT_EQ(go.room, samples::room); });
    expect_read<domain::GoOffDuty>(sample("go_off_duty"), [](const domain::GoOffDuty& go) {
        EXPECT_EQ(go.room, samples::room);
        EXPECT_EQ(go.handover_note, "A calm night.");
    });
}

TEST(DecodeHouse, AnInviteSaysForWhatHowOftenAndHowLong) {
    expect_read<domain::CreateInvite>(sample("create_invite"), [](const domain::CreateInvite& create) {
        EXPECT_EQ(create.standing, (domain::Standing{domain::Role::moderator, {samples::room}}));
        EXPECT_EQ(create.uses, 5u);
        EXPECT_EQ(create.holds_for, Duration{86'400'000});
    });
}

TEST(DecodeHouse, AnInviteThatNamesNoRoleIsForAMember) {
    auto request = sample("create_invite");
    request.mutable_create_invite()->clear_role();
    request.mutable_create_invite()->clear_room_id();
    expect_read<domain::CreateInvite>(request, [](const domain::CreateInvite& create) {
        EXPECT_EQ(create.standing, (domain::Standing{domain::Role::member, {}}));
    });
}

TEST(DecodeHouse, ARoleIsNeverTakenFromSilence) {
    auto request = sample("set_role");
    request.mutable_set_role()->clear_role();
    EXPECT_EQ(refusal(request), bad("role"));
    request.mutable_set_role()->set_role(static_cast<v1::Role>(4));
    EXPECT_EQ(refusal(request), bad("role"));
}

TEST(DecodeHouse, ARoomBesideAnotherRoleThanModeratorIsRefused) {
    for (const auto role : {v1::ROLE_MEMBER, v1::ROLE_ADMIN}) {
        auto invite = sample("create_invite");
        invite.mutable_create_invite()->set_role(role);
        EXPECT_EQ(refusal(invite), bad("room_id"));
        auto set = sample("set_role");
        set.mutable_set_role()->set_role(role);
        EXPECT_EQ(refusal(set), bad("room_id"));
    }
}

TEST(DecodeHouse, SetRoleNamesTheAccountAndItsStanding) {
    expect_read<domain::SetRole>(sample("set_role"), [](const domain::SetRole& set) {
        EXPECT_EQ(set.login_id, "amber-heron-4127");
        EXPECT_EQ(set.standing, (domain::Standing{domain::Role::moderator, {samples::room}}));
    });
}

TEST(DecodeHouse, RulesComeInTheirOrder) {
    auto request = sample("publish_rules");
    auto& second = *request.mutable_publish_rules()->add_rules();
    second.set_rule_id("quiet");
    second.set_text("Quiet after ten.");
    expect_read<domain::PublishRules>(request, [](const domain::PublishRules& publish) {
        EXPECT_EQ(publish.rules,
                  (std::vector<domain::Rule>{{"kind", "Be kind, or be quiet."}, {"quiet", "Quiet after ten."}}));
    });
}

TEST(DecodeHouse, ABanSaysWhomWhyAndHowLong) {
    expect_read<domain::BanAccount>(sample("ban_account"), [](const domain::BanAccount& ban) {
        EXPECT_EQ(ban.login_id, "amber-heron-4127");
        EXPECT_EQ(ban.rule_id, "kind");
        EXPECT_EQ(ban.facts, "Repeated insults after two warnings.");
        EXPECT_EQ(ban.lasts, Duration{604'800'000});
    });
    expect_read<domain::LiftBan>(sample("lift_ban"),
                                 [](const domain::LiftBan& lift) { EXPECT_EQ(lift.login_id, "amber-heron-4127"); });
}

TEST(DecodeHouse, ALengthOfTimeIsNeitherNegativeNorBeyondACentury) {
    constexpr std::int64_t century_ms = 3'155'695'200'000;
    for (const auto& [ms, fine] : {std::pair<std::int64_t, bool>{-1, false},
                                   {INT64_MIN, false},
                                   {century_ms, true},
                                   {century_ms + 1, false},
                                   {INT64_MAX, false}}) {
        auto ban = sample("ban_account");
        ban.mutable_ban_account()->set_lasts_ms(ms);
        EXPECT_EQ(refusal(ban), fine ? "" : bad("lasts_ms")) << ms;
        auto invite = sample("create_invite");
        invite.mutable_create_invite()->set_holds_for_ms(ms);
        EXPECT_EQ(refusal(invite), fine ? "" : bad("holds_for_ms")) << ms;
    }
}

}  // namespace
}  // namespace kindroom::wire
