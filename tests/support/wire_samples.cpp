#include "support/wire_samples.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "support/wire_samples_attendance.hpp"
#include "support/wire_samples_boundaries.hpp"
#include "support/wire_samples_cases.hpp"
#include "support/wire_samples_data.hpp"
#include "support/wire_samples_decisions.hpp"
#include "support/wire_samples_circles.hpp"
#include "support/wire_samples_filters.hpp"
#include "wire/encode.hpp"

namespace kindroom::samples {
namespace {

v1::RoomSettings wire_settings() {
    v1::RoomSettings settings;
    settings.set_topic("Quiet mornings");
    settings.set_welcome_text("Come in, sit down.");
    settings.add_content_labels("grief");
    settings.add_content_labels("sleep");
    settings.set_kind(v1::ROOM_KIND_OPEN);
    settings.set_join_policy(v1::JOIN_POLICY_OPEN);
    settings.set_retention(v1::RETENTION_DAYS_7);
    settings.set_slow_mode_ms(15'000);
    settings.set_seats(9);
    settings.set_history_before_joining(true);
    return settings;
}

domain::Me me() {
    return {.login_id = "amber-heron-4127",
            .standing = {.role = domain::Role::moderator, .moderates = {room}},
            .rules_consented = 3,
            .rooms = {room, id_of<RoomId>(0x12)}};
}

domain::SignedIn signed_in() { return {.device_token = Secret{std::string(32, '\x7f')}, .me = me()}; }

// Without the limits that came with decisions, and with boundaries: as an older server says it, so that the frame of
// old stays what it was.
Limits limits_before_decisions() {
    Limits limits;
    limits.timeout_min = limits.timeout_max = limits.network_ban_max = Duration{0};
    return limits;
}

Limits limits_before_boundaries() {
    Limits limits = limits_before_decisions();
    limits.breath_max = limits.firm_max = Duration{0};
    limits.people_per_command_max = limits.message_labels_max = limits.mentions_max = limits.catch_up_max = 0;
    return limits;
}

domain::Welcome welcome(const Limits& limits) {
    return {.protocol_version = 1,
            .house_name = "The Quiet House",
            .open_registration = true,
            .rules_version = 3,
            .limits = limits};
}

void add_account_commands(std::vector<CommandSample>& all) {
    const auto next = [&all](const char* name) -> v1::Request& {
        auto& sample = all.emplace_back(CommandSample{name, {}});
        sample.request.set_id(static_cast<std::uint32_t>(all.size()));
        return sample.request;
    };
    auto& hello = *next("hello").mutable_hello();
    hello.set_protocol_version(1);
    hello.set_client("kindroom-cli 0.1");
    hello.add_capabilities("later");
    next("ping").mutable_ping();
    next("get_rules").mutable_get_rules();
    next("get_data_policy").mutable_get_data_policy();
    auto& help = *next("get_help").mutable_get_help();
    help.set_country("DE");
    help.set_language("de");
    auto& create = *next("create_account").mutable_create_account();
    create.set_invite_code("ABCD-EFGH-JKLM-NPQR");
    create.set_passphrase("four quiet words here");
    create.set_device_label("kitchen laptop");
    auto& sign_in = *next("sign_in").mutable_sign_in();
    sign_in.set_login_id("amber-heron-4127");
    sign_in.set_passphrase("four quiet words here");
    sign_in.set_device_label("telephone");
    next("resume_session").mutable_resume_session()->set_device_token(std::string(32, '\x7f'));
    auto& recover = *next("recover_account").mutable_recover_account();
    recover.set_login_id("amber-heron-4127");
    recover.set_recovery_code("WXYZ-2345-6789-ABCD");
    recover.set_new_passphrase("another four quiet words");
    recover.set_device_label("library");
    next("sign_out").mutable_sign_out();
    next("consent_to_rules").mutable_consent_to_rules()->set_version(3);
    next("get_me").mutable_get_me();
    auto& change = *next("change_passphrase").mutable_change_passphrase();
    change.set_current_passphrase("four quiet words here");
    change.set_new_passphrase("another four quiet words");
    change.set_end_other_sessions(true);
    next("list_sessions").mutable_list_sessions();
    next("revoke_session").mutable_revoke_session()->set_session_id(bytes_of(0x33));
    next("revoke_all_sessions").mutable_revoke_all_sessions()->set_include_this(true);
}

void add_room_commands(std::vector<CommandSample>& all) {
    const auto next = [&all](const char* name) -> v1::Request& {
        auto& sample = all.emplace_back(CommandSample{name, {}});
        sample.request.set_id(static_cast<std::uint32_t>(all.size()));
        return sample.request;
    };
    next("list_rooms").mutable_list_rooms();
    next("get_room").mutable_get_room()->set_room_id(bytes_of(0x11));
    auto& join = *next("join_room").mutable_join_room();
    join.set_room_id(bytes_of(0x11));
    join.set_name("Ana");
    next("leave_room").mutable_leave_room()->set_room_id(bytes_of(0x11));
    auto& resume = *next("resume_room").mutable_resume_room();
    resume.set_room_id(bytes_of(0x11));
    resume.set_cursor(cursor(41));
    next("get_roster").mutable_get_roster()->set_room_id(bytes_of(0x11));
    auto& post = *next("post_message").mutable_post_message();
    post.set_room_id(bytes_of(0x11));
    post.set_client_key(bytes_of(0x44));
    post.set_text("I slept, für einmal \xF0\x9F\x8C\x99");
    post.set_reply_to(bytes_of(0x22));
    post.set_voice(v1::VOICE_MODERATOR);
    auto& edit = *next("edit_message").mutable_edit_message();
    edit.set_room_id(bytes_of(0x11));
    edit.set_message_id(bytes_of(0x22));
    edit.set_text("I slept at last");
    auto& retract = *next("retract_message").mutable_retract_message();
    retract.set_room_id(bytes_of(0x11));
    retract.set_message_id(bytes_of(0x22));
    auto& history = *next("get_history").mutable_get_history();
    history.set_room_id(bytes_of(0x11));
    history.set_before(cursor(41));
    history.set_limit(20);
}

void add_house_commands(std::vector<CommandSample>& all) {
    const auto next = [&all](const char* name) -> v1::Request& {
        auto& sample = all.emplace_back(CommandSample{name, {}});
        sample.request.set_id(static_cast<std::uint32_t>(all.size()));
        return sample.request;
    };
    *next("create_room").mutable_create_room()->mutable_settings() = wire_settings();
    auto& change = *next("change_room").mutable_change_room();
    change.set_room_id(bytes_of(0x11));
    *change.mutable_settings() = wire_settings();
    next("close_room").mutable_close_room()->set_room_id(bytes_of(0x11));
    next("go_on_duty").mutable_go_on_duty()->set_room_id(bytes_of(0x11));
    auto& off = *next("go_off_duty").mutable_go_off_duty();
    off.set_room_id(bytes_of(0x11));
    off.set_handover_note("A calm night.");
    auto& invite = *next("create_invite").mutable_create_invite();
    invite.set_role(v1::ROLE_MODERATOR);
    invite.set_room_id(bytes_of(0x11));
    invite.set_uses(5);
    invite.set_holds_for_ms(86'400'000);
    auto& rule = *next("publish_rules").mutable_publish_rules()->add_rules();
    rule.set_rule_id("kind");
    rule.set_text("Be kind, or be quiet.");
    auto& set_role = *next("set_role").mutable_set_role();
    set_role.set_login_id("amber-heron-4127");
    set_role.set_role(v1::ROLE_MODERATOR);
    set_role.set_room_id(bytes_of(0x11));
    auto& ban = *next("ban_account").mutable_ban_account();
    ban.set_login_id("amber-heron-4127");
    ban.set_rule_id("kind");
    ban.set_facts("Repeated insults after two warnings.");
    ban.set_lasts_ms(604'800'000);
    next("lift_ban").mutable_lift_ban()->set_login_id("amber-heron-4127");
}

}  // namespace

const crypto::CursorSealer& cursors() {
    static const crypto::CursorSealer sealer = [] {
        crypto::Key256 key;
        key.fill(0x5A);
        return crypto::CursorSealer(crypto::MasterKey(key));
    }();
    return sealer;
}

std::string cursor(std::uint64_t position) {
    const auto sealed = cursors().seal(room, Position{position});
    return std::string(as_text(sealed));
}

std::vector<CommandSample> commands() {
    std::vector<CommandSample> all;
    add_account_commands(all);
    add_room_commands(all);
    add_house_commands(all);
    add_boundary_commands(all);
    add_attendance_commands(all);
    add_case_commands(all);
    add_decision_commands(all);
    add_filter_commands(all);
    add_circle_commands(all);
    add_hold_commands(all);
    add_data_commands(all);
    // The ids count in the order in which commands came into the protocol, so that a golden frame keeps its own.
    std::ranges::stable_sort(all, {}, [](const CommandSample& sample) { return sample.request.command_case(); });
    return all;
}

domain::Person person() {
    return {.token = id_of<PersonToken>(0x55), .name = "Ana", .sign = "quiet birch", .voice = domain::Voice::person};
}

domain::Message posted_message() {
    return {.id = message,
            .position = Position{41},
            .author_account = id_of<AccountId>(private_byte),
            .author = person(),
            .text = "I slept, für einmal \xF0\x9F\x8C\x99",
            .reply_to = id_of<MessageId>(0x23),
            .reply_to_author = id_of<AccountId>(private_byte),
            .reply_to_voice = domain::Voice::moderator,
            .reply_to_position = Position{40},
            .posted_at = some_time,
            .edited = true};
}

domain::RoomStep step(decltype(domain::RoomStep::what) what) {
    return {.room = room,
            .position = Position{41},
            .author = id_of<AccountId>(private_byte),
            .voice = domain::Voice::person,
            .about = Position{40},
            .at = some_time,
            .about_at = some_time,
            .what = std::move(what)};
}

domain::TrueRoster roster() {
    return {.at = some_time, .people = {{.account = id_of<AccountId>(private_byte), .person = person()}}};
}

domain::RoomCard card() {
    return {.room = room,
            .settings = {.topic = "Quiet mornings",
                         .welcome_text = "Come in, sit down.",
                         .content_labels = {"grief", "sleep"},
                         .kind = domain::RoomKind::open,
                         .join_policy = domain::JoinPolicy::open,
                         .retention = domain::Retention::days_7,
                         .slow_mode = Duration{15'000},
                         .seats = 9,
                         .history_before_joining = true},
            .state = domain::RoomState::paused,
            .moderator_on_duty = true,
            .joined = true};
}

domain::Decision decision() {
    return {.action = domain::DecisionAction::server_ban,
            .rule_id = "kind",
            .rule_text = "Be kind, or be quiet.",
            .facts = "Repeated insults after two warnings.",
            .decided_at = some_time,
            .ends_at = some_time + Duration{604'800'000},
            .appeal = "Write to the house."};
}

std::vector<ReplySample> replies() {
    std::vector<ReplySample> all;
    const auto add = [&all](const char* name, domain::Reply reply) { all.push_back({name, std::move(reply)}); };
    add("refused", domain::Refused{refuse_until(Errc::slow_mode, some_time)});
    add("refused_field", domain::Refused{bad_field("room_id")});
    add("refused_banned", domain::Refused{refuse(Errc::banned), decision()});
    add("done", domain::Done{});
    add("welcome", welcome(limits_before_boundaries()));
    add("welcome_with_all_limits", welcome(limits_before_decisions()));
    add("welcome_with_limits_of_decisions", welcome(Limits{}));
    add("house_rules", domain::HouseRules{.version = 3, .rules = {{"kind", "Be kind, or be quiet."}}});
    add("data_policy", domain::DataPolicy{"We keep little."});
    add("help_directory", domain::HelpDirectory{.introduction = "In danger call 112.",
                                                .entries = {{.name = "A line",
                                                             .about = "someone who listens",
                                                             .country = "DE",
                                                             .languages = {"de", "en"},
                                                             .contact = "0800 0000000",
                                                             .hours = "day and night",
                                                             .verified_on = "2026-11-01"}}});
    add("account_created", domain::AccountCreated{"amber-heron-4127", Secret{"WXYZ-2345-6789-ABCD"}, signed_in()});
    add("account_recovered", domain::AccountRecovered{Secret{"WXYZ-2345-6789-ABCD"}, signed_in()});
    add("signed_in", signed_in());
    add("me", me());
    domain::Sessions sessions;
    sessions.sessions.push_back({.session = id_of<SessionId>(0x33),
                                 .device_label = "telephone",
                                 .created_at = some_time,
                                 .last_used_at = some_time,
                                 .current = true});
    add("sessions", std::move(sessions));
    add("rooms", domain::Rooms{{card()}});
    add("room_card", card());
    add("room_joined", domain::RoomJoined{card(), person(), roster(), Position{41}});
    add("room_resumed",
        domain::RoomResumed{
            card(), person(), roster(), {step(domain::MessagePosted{posted_message()})}, Position{41}, true});
    add("roster", domain::Roster{room, roster()});
    add("message_accepted", domain::MessageAccepted{message, some_time});
    add("history_page", domain::HistoryPage{room, {}, {posted_message()}, Position{41}, Position{42}});
    auto voice = person();
    voice.voice = domain::Voice::moderator;
    add("on_duty", domain::OnDuty{"A calm night.", voice});
    add("invite_created", domain::InviteCreated{"ABCD-EFGH-JKLM-NPQR", some_time});
    add_boundary_replies(all);
    add_decision_replies(all);
    add_case_replies(all);
    add_attendance_replies(all);
    add_filter_replies(all);
    add_circle_replies(all);
    add_data_replies(all);
    return all;
}

std::vector<EventSample> events() {
    std::vector<EventSample> all{
        {"message_posted", step(domain::MessagePosted{posted_message()})},
        {"message_edited", step(domain::MessageEdited{message, "I slept at last"})},
        {"message_retracted", step(domain::MessageRetracted{message})},
        {"roster_changed", domain::RosterChanged{room, {person()}}},
        {"room_changed", domain::RoomChanged{card()}},
        {"rules_changed", domain::RulesChanged{4}},
        {"role_changed", domain::RoleChanged{{.role = domain::Role::moderator, .moderates = {room}}}},
        {"session_ended", domain::SessionEnded{domain::SessionEndReason::banned, decision()}},
        {"session_ended_erased", domain::SessionEnded{domain::SessionEndReason::erased, std::nullopt}},
        {"come_back", domain::ComeBack{Duration{2'500}}},
    };
    add_boundary_events(all);
    add_decision_events(all);
    add_case_events(all);
    add_attendance_events(all);
    add_filter_events(all);
    add_circle_events(all);
    return all;
}

std::vector<Golden> goldens() {
    std::vector<Golden> all;
    for (const auto& [name, request] : commands()) {
        std::string json;
        KINDROOM_ASSERT(google::protobuf::util::MessageToJsonString(request, &json).ok());
        all.push_back({"command." + name, request.SerializeAsString(), json});
    }
    for (const auto& [name, reply] : replies())
        all.push_back({"reply." + name, *wire::encode_reply(7, reply, wire::Format::binary, cursors()),
                       *wire::encode_reply(7, reply, wire::Format::json, cursors())});
    for (const auto& [name, event] : events())
        all.push_back({"event." + name, *wire::encode_event(event, wire::Format::binary, cursors()),
                       *wire::encode_event(event, wire::Format::json, cursors())});
    return all;
}

std::string to_hex(const std::string& bytes) {
    std::string hex;
    for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return hex;
}

}  // namespace kindroom::samples
