#include "support/store_records.hpp"

#include <array>
#include <rapidcheck.h>

namespace kindroom::test {
namespace {

using rc::gen::inRange;

std::string any_text() { return *rc::gen::container<std::string>(inRange<char>(0, 127)); }
Bytes any_bytes() {
    const auto text = *rc::gen::container<std::vector<int>>(inRange(0, 256));
    Bytes bytes;
    for (const int value : text) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

// At full size from the first case on, since small ranges would give two things one id.
template <class Id>
Id any_id() {
    return an_id<Id>(*rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, inRange<std::uint64_t>(0, UINT64_MAX))));
}
// A member that may be missing.
template <class Id>
Id any_id_or_nil() {
    return *rc::gen::arbitrary<bool>() ? any_id<Id>() : Id{};
}
template <class E>
E any_of(std::initializer_list<E> values) {
    return *rc::gen::elementOf(std::vector<E>(values));
}
TimePoint any_time() {
    return *rc::gen::weightedElement<bool>({{9, false}, {1, true}})
               ? never
               : from_ms(*inRange<std::int64_t>(0, 1'000'000'000'000'000));
}
store::Sealed any_sealed() {
    return {.place_key = any_id_or_nil<DataKeyId>(), .person_key = any_id_or_nil<DataKeyId>(), .box = any_bytes()};
}
Position any_position() { return Position{*inRange<std::uint64_t>(0, INT64_MAX)}; }
domain::Voice any_voice() { return any_of({domain::Voice::person, domain::Voice::moderator}); }

domain::Standing any_standing() {
    domain::Standing standing{.role = any_of({domain::Role::member, domain::Role::moderator, domain::Role::admin}),
                              .moderates = {}};
    for (int i = *inRange(0, 4); i > 0; --i) standing.moderates.push_back(any_id<RoomId>());
    return standing;
}

std::vector<std::string> any_texts() {
    std::vector<std::string> texts;
    for (int i = *inRange(0, 4); i > 0; --i) texts.push_back(any_text());
    return texts;
}

}  // namespace

// ---- By number ------------------------------------------------------------------------------------------------------

store::Sealed some_words(DataKeyId place_key, DataKeyId person_key, std::string_view words) {
    return {.place_key = place_key, .person_key = person_key, .box = to_bytes(words)};
}

store::WrappedKey a_key(DataKeyId id, RoomId room, TimePoint destroy_at) {
    return {.id = id, .room = room, .destroy_at = destroy_at, .wrapped = to_bytes("wrapped")};
}

crypto::ChainKey a_chain_key() { return crypto::ChainKey(crypto::MasterKey(crypto::Key256{4, 1, 2, 7})); }

domain::AuditEntry an_audit_entry(std::uint64_t number) {
    return {.kind = domain::AuditKind::decision_made,
            .at = a_day + std::chrono::seconds(number),
            .actor = domain::AuditActor::account,
            .by = an_id<AuditName>(2),
            .subject = an_id<AuditName>(number),
            .ref = an_id<AuditRef>(number),
            .rule_id = "kind",
            .rules_version = 1,
            .act = domain::DecisionAction::server_ban,
            .source = domain::AuditSource::own};
}

store::DecisionRecord a_decision(std::uint64_t number, TimePoint confirm_by) {
    return {.id = an_id<DecisionId>(number),
            .account = an_id<AccountId>(1),
            .room = number % 2 == 0 ? std::optional(an_id<RoomId>(7)) : std::nullopt,
            .appeal_code = an_id<SecretHash>(number),
            .confirm_by = confirm_by};
}

DataKeyId place_key_of(RoomId room) { return an_id<DataKeyId>(~room.hash()); }

store::RoomRecord a_room(std::uint64_t number) {
    store::RoomRecord room;
    room.id = an_id<RoomId>(number);
    room.settings.topic = "evenings " + std::to_string(number);
    room.settings.content_labels = {"grief", "food"};
    room.settings.listen_only = Duration{0};
    room.created_at = a_day;
    return room;
}

store::MessageRecord a_message(RoomId room, std::uint64_t position) {
    const AccountId author = an_id<AccountId>(position % 3 + 1);
    return {.room = room,
            .position = Position{position},
            .id = an_id<MessageId>(position),
            .author = author,
            .client_key = an_id<ClientKey>(position),
            .request_digest = an_id<SecretHash>(position),
            .reply_to = std::nullopt,
            .reply_to_author = {},
            .posted_at = a_day + std::chrono::seconds(position),
            .content =
                some_words(place_key_of(room), an_id<DataKeyId>(author.hash()), "words " + std::to_string(position))};
}

store::HeldRecord a_held(RoomId room, std::uint64_t number) {
    const AccountId author = an_id<AccountId>(number % 3 + 1);
    return {.room = room,
            .id = an_id<MessageId>(number),
            .author = author,
            .client_key = an_id<ClientKey>(number),
            .request_digest = an_id<SecretHash>(number),
            .accepted_at = a_day,
            .due_at = a_day + std::chrono::seconds(number),
            .reply_to = std::nullopt,
            .content = some_words(place_key_of(room), an_id<DataKeyId>(author.hash()),
                                  "held words " + std::to_string(number))};
}

store::AccountRecord an_account(std::uint64_t number) {
    return {.id = an_id<AccountId>(number),
            .login_id = "login-" + std::to_string(number),
            .passphrase_hash = "$hash",
            .recovery_code = an_id<SecretHash>(number),
            .standing = {},
            .rules_consented = 1,
            .created_at = a_day,
            .person_key = an_id<DataKeyId>(an_id<AccountId>(number).hash())};
}

store::SessionRecord a_session(AccountId account, std::uint64_t number) {
    return {.id = an_id<SessionId>(number),
            .account = account,
            .token = an_id<SecretHash>(number),
            .device_label = some_words({}, an_id<DataKeyId>(account.hash()), "a telephone"),
            .created_at = a_day,
            .last_used_at = a_day};
}

store::MatterRecord a_matter(AccountId account, std::uint64_t number) {
    return {.account = account,
            .id = an_id<MatterId>(number),
            .content = some_words({}, an_id<DataKeyId>(account.hash()), "matter " + std::to_string(number))};
}

store::ReportRecord a_report(std::uint64_t number) {
    return {.receipt = an_id<SecretHash>(number),
            .reporter = an_id<AccountId>(1),
            .reported_at = a_day,
            .content = some_words(an_id<DataKeyId>(number), {}, "report " + std::to_string(number)),
            .case_id = an_id<CaseId>(1),
            .number = static_cast<std::uint32_t>(number)};
}

store::CaseRecord a_case(std::uint64_t number) {
    return {.id = an_id<CaseId>(number),
            .content = some_words(an_id<DataKeyId>(1'000 + number), {}, "case " + std::to_string(number))};
}

// ---- Arbitrary ------------------------------------------------------------------------------------------------------

domain::OpeningHours any_hours() {
    domain::OpeningHours hours;
    for (int i = *inRange(0, 5); i > 0; --i)
        hours.push_back({.opens = *inRange<std::uint32_t>(0, domain::minutes_of_week),
                         .closes = *inRange<std::uint32_t>(1, domain::minutes_of_week + 1)});
    return hours;
}

store::RoomRecord any_room() {
    store::RoomRecord room;
    room.id = any_id<RoomId>();
    room.settings = {
        .topic = any_text(),
        .welcome_text = any_text(),
        .content_labels = any_texts(),
        .kind = any_of({domain::RoomKind::open, domain::RoomKind::circle}),
        .join_policy = any_of({domain::JoinPolicy::open, domain::JoinPolicy::knock, domain::JoinPolicy::invite}),
        .retention = any_of({domain::Retention::hours_24, domain::Retention::days_7, domain::Retention::days_30}),
        .slow_mode = Duration{*inRange<std::int64_t>(0, 3'600'000)},
        .seats = *inRange<std::uint32_t>(0, UINT32_MAX),
        .history_before_joining = *rc::gen::arbitrary<bool>(),
        .needs_moderator = *rc::gen::arbitrary<bool>(),
        .opening_hours = any_hours(),
        .opening_words = any_text(),
        .closing_words = any_text(),
        .listen_only = Duration{*inRange<std::int64_t>(0, 86'400'000)},
        .hold_first_messages = *inRange<std::uint32_t>(0, 256),
        .turn_soft = Duration{*inRange<std::int64_t>(0, 3'600'000)},
        .turn_hard = Duration{*inRange<std::int64_t>(0, 3'600'000)}};
    room.state = any_of({domain::RoomState::open, domain::RoomState::paused, domain::RoomState::closed});
    room.created_at = any_time();
    room.handover_note = any_sealed();
    room.pause_sentence = any_sealed();
    room.circle = any_bytes();
    return room;
}

store::MembershipRecord any_membership(RoomId room) {
    return {.room = room,
            .account = any_id<AccountId>(),
            .joined = *rc::gen::arbitrary<bool>(),
            .joined_after = any_position(),
            .left_at = any_time(),
            .name = any_sealed(),
            .listens_until = any_time(),
            .passed = *inRange<std::uint32_t>(0, 256),
            .listen_cause = *rc::gen::element(domain::ListenCause::first_visit, domain::ListenCause::wave)};
}

store::MessageRecord any_message(RoomId room, Position position) {
    store::MessageRecord message{.room = room,
                                 .position = position,
                                 .id = any_id<MessageId>(),
                                 .author = any_id<AccountId>(),
                                 .voice = any_voice(),
                                 .client_key = any_id<ClientKey>(),
                                 .request_digest = any_id<SecretHash>(),
                                 .reply_to = std::nullopt,
                                 .reply_to_author = {},
                                 .posted_at = any_time(),
                                 .edited = *rc::gen::arbitrary<bool>(),
                                 .content = any_sealed()};
    if (*rc::gen::arbitrary<bool>()) {
        message.reply_to = any_id<MessageId>();
        message.reply_to_author = any_id<AccountId>();
        message.reply_to_voice = any_voice();
        message.reply_to_position = any_position();
        message.reply_to_posted_at = any_time();
    }
    return message;
}

store::HeldRecord any_held(RoomId room) {
    store::HeldRecord held{
        .room = room,
        .id = any_id<MessageId>(),
        .author = any_id<AccountId>(),
        .client_key = any_id<ClientKey>(),
        .request_digest = any_id<SecretHash>(),
        .accepted_at = any_time(),
        .due_at = any_time(),
        .reply_to = std::nullopt,
        .content = any_sealed(),
        .voice = any_of({domain::Voice::person, domain::Voice::unsigned_share}),
        .cause = any_of({domain::HeldFor::breath, domain::HeldFor::filter}),
        .filter_id = any_of({std::string{}, std::string{"links"}}),
        .return_cause = any_of({domain::ReturnCause::could_not_be_shown, domain::ReturnCause::by_moderator}),
        .note = any_sealed()};
    if (*rc::gen::arbitrary<bool>()) held.reply_to = any_id<MessageId>();
    return held;
}

store::WrappedKey any_key() {
    return {
        .id = any_id<DataKeyId>(), .room = any_id_or_nil<RoomId>(), .destroy_at = any_time(), .wrapped = any_bytes()};
}

store::AccountRecord any_account() {
    return {.id = any_id<AccountId>(),
            .login_id = any_text(),
            .passphrase_hash = any_text(),
            .recovery_code = any_id_or_nil<SecretHash>(),
            .standing = any_standing(),
            .rules_consented = *inRange<std::uint32_t>(0, UINT32_MAX),
            .created_at = any_time(),
            .person_key = any_id_or_nil<DataKeyId>(),
            .ban = any_sealed(),
            .ban_ends_at = any_time()};
}

store::SessionRecord any_session(AccountId account) {
    return {.id = any_id<SessionId>(),
            .account = account,
            .token = any_id<SecretHash>(),
            .device_label = any_sealed(),
            .created_at = any_time(),
            .last_used_at = any_time()};
}

store::MatterRecord any_matter(AccountId account) {
    return {.account = account, .id = any_id<MatterId>(), .content = any_sealed()};
}

store::ReceivedRecord any_received(AccountId account) {
    return {.account = account, .room = any_id<RoomId>(), .position = any_position()};
}

store::ReportRecord any_report() {
    return {.receipt = any_id<SecretHash>(),
            .reporter = any_id_or_nil<AccountId>(),
            .reported_at = any_time(),
            .content = any_sealed(),
            .case_id = any_id_or_nil<CaseId>(),
            .number = *inRange<std::uint32_t>(0, UINT32_MAX),
            .seen = *rc::gen::arbitrary<bool>()};
}

store::InviteRecord any_invite() {
    return {.code = any_id<SecretHash>(),
            .standing = any_standing(),
            .uses_left = *inRange<std::uint32_t>(1, UINT32_MAX),
            .ends_at = any_time()};
}

store::RoomInviteRecord any_room_invite(RoomId room) {
    return {.room = room,
            .code = any_id<SecretHash>(),
            .uses_left = *inRange<std::uint32_t>(1, UINT32_MAX),
            .ends_at = any_time()};
}

store::RulesRecord any_rules() {
    store::RulesRecord record{.rules = {.version = *inRange<std::uint32_t>(1, UINT32_MAX), .rules = {}},
                              .file_digest = any_id_or_nil<SecretHash>(),
                              .published_at = any_time()};
    for (int i = *inRange(0, 5); i > 0; --i) record.rules.rules.push_back({.rule_id = any_text(), .text = any_text()});
    return record;
}

}  // namespace kindroom::test
