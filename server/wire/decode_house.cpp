// Commands of moderators, admins and operators.
#include "kindroom/v1/commands.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {
namespace {

// What stands for "unspecified" are the defaults that types.proto promises.
Result<domain::RoomSettings> settings_of(v1::RoomSettings& settings, const Limits& limits) {
    if (static_cast<std::uint32_t>(settings.content_labels_size()) > limits.labels_max)
        return bad_field("content_labels");
    const auto kind = enumerator(settings.kind(), v1::RoomKind_IsValid, "kind", std::optional(domain::RoomKind::open));
    if (!kind) return kind.error();
    // A room of two contacts comes from an offer that was accepted; nobody else can put two people into one.
    if (*kind == domain::RoomKind::direct) return bad_field("settings.kind");
    const auto join_policy = enumerator(settings.join_policy(), v1::JoinPolicy_IsValid, "join_policy",
                                        std::optional(domain::JoinPolicy::open));
    if (!join_policy) return join_policy.error();
    const auto retention =
        enumerator(settings.retention(), v1::Retention_IsValid, "retention", std::optional(domain::Retention::days_30));
    if (!retention) return retention.error();
    // Whether these are minutes of a week is the room's to judge.
    if (static_cast<std::uint32_t>(settings.opening_hours_size()) > limits.opening_spans_max)
        return bad_field("settings.opening_hours");
    domain::OpeningHours hours;
    for (const v1::OpeningSpan& span : settings.opening_hours())
        hours.push_back({.opens = span.opens_minute(), .closes = span.closes_minute()});
    std::optional<Duration> listen_only;
    if (settings.has_listen_only_ms()) listen_only = Duration{settings.listen_only_ms()};
    return domain::RoomSettings{.topic = std::move(*settings.mutable_topic()),
                                .welcome_text = std::move(*settings.mutable_welcome_text()),
                                .content_labels = {settings.content_labels().begin(), settings.content_labels().end()},
                                .kind = *kind,
                                .join_policy = *join_policy,
                                .retention = *retention,
                                .slow_mode = Duration{settings.slow_mode_ms()},
                                .seats = settings.seats(),
                                .history_before_joining = settings.history_before_joining(),
                                .needs_moderator = settings.needs_moderator(),
                                .opening_hours = std::move(hours),
                                .opening_words = std::move(*settings.mutable_opening_words()),
                                .closing_words = std::move(*settings.mutable_closing_words()),
                                .listen_only = listen_only,
                                .hold_first_messages = settings.hold_first_messages(),
                                .turn_soft = Duration{settings.turn_soft_ms()},
                                .turn_hard = Duration{settings.turn_hard_ms()}};
}

// A role, and for a moderator the one room, if it is only one. A room beside another role is refused: whoever wrote it
// means something that would not happen.
Result<domain::Standing> standing_of(int role_number, std::optional<domain::Role> if_unspecified,
                                     const std::string& room_bytes) {
    const auto role = enumerator(role_number, v1::Role_IsValid, "role", if_unspecified);
    if (!role) return role.error();
    const auto room = optional_id<RoomId>(room_bytes, "room_id");
    if (!room) return room.error();
    domain::Standing standing{.role = *role, .moderates = {}};
    if (*room) {
        if (*role != domain::Role::moderator) return bad_field("room_id");
        standing.moderates.push_back(**room);
    }
    return standing;
}

}  // namespace

Read read(v1::CreateRoom& create, const Limits& limits) {
    if (!create.has_settings()) return bad_field("settings");
    auto settings = settings_of(*create.mutable_settings(), limits);
    if (!settings) return settings.error();
    return domain::CreateRoom{.settings = std::move(*settings)};
}

Read read(v1::ChangeRoom& change, const Limits& limits) {
    const auto room = room_of(change.room_id());
    if (!room) return room.error();
    if (!change.has_settings()) return bad_field("settings");
    auto settings = settings_of(*change.mutable_settings(), limits);
    if (!settings) return settings.error();
    return domain::ChangeRoom{.room = *room, .settings = std::move(*settings)};
}

Read read(v1::CloseRoom& close) {
    const auto room = room_of(close.room_id());
    if (!room) return room.error();
    return domain::CloseRoom{.room = *room};
}

Read read(v1::GoOnDuty& go) {
    const auto room = room_of(go.room_id());
    if (!room) return room.error();
    return domain::GoOnDuty{.room = *room};
}

Read read(v1::GoOffDuty& go) {
    const auto room = room_of(go.room_id());
    if (!room) return room.error();
    return domain::GoOffDuty{.room = *room, .handover_note = std::move(*go.mutable_handover_note())};
}

Read read(v1::LinkPeople& link) {
    const auto room = room_of(link.room_id());
    if (!room) return room.error();
    const auto token = required_id<PersonToken>(link.token(), "token");
    if (!token) return token.error();
    const auto other_token = required_id<PersonToken>(link.other_token(), "other_token");
    if (!other_token) return other_token.error();
    return domain::LinkPeople{.room = *room, .token = *token, .other_token = *other_token};
}

Read read(v1::CreateInvite& create) {
    auto standing = standing_of(create.role(), domain::Role::member, create.room_id());
    if (!standing) return standing.error();
    const auto holds_for = duration(create.holds_for_ms(), "holds_for_ms");
    if (!holds_for) return holds_for.error();
    return domain::CreateInvite{.standing = std::move(*standing), .uses = create.uses(), .holds_for = *holds_for};
}

Read read(v1::PublishRules& publish, const Limits& limits) {
    if (static_cast<std::uint32_t>(publish.rules_size()) > limits.rules_max) return bad_field("rules");
    domain::PublishRules wanted;
    for (v1::Rule& rule : *publish.mutable_rules())
        wanted.rules.push_back(
            {.rule_id = std::move(*rule.mutable_rule_id()), .text = std::move(*rule.mutable_text())});
    return wanted;
}

Read read(v1::SetRole& set) {
    auto standing = standing_of(set.role(), std::nullopt, set.room_id());
    if (!standing) return standing.error();
    return domain::SetRole{.login_id = std::move(*set.mutable_login_id()), .standing = std::move(*standing)};
}

Read read(v1::BanAccount& ban) {
    const auto lasts = duration(ban.lasts_ms(), "lasts_ms");
    if (!lasts) return lasts.error();
    return domain::BanAccount{.login_id = std::move(*ban.mutable_login_id()),
                              .rule_id = std::move(*ban.mutable_rule_id()),
                              .facts = std::move(*ban.mutable_facts()),
                              .lasts = *lasts};
}

Read read(v1::LiftBan& lift) { return domain::LiftBan{.login_id = std::move(*lift.mutable_login_id())}; }

}  // namespace kindroom::wire
