#include "store/sqlite/queries.hpp"

#include <algorithm>

#include "store/sqlite/key_ring.hpp"
#include "store/sqlite/packing.hpp"
#include "store/wanted_keys.hpp"

namespace kindroom::store {
namespace {

// ---- Rows to records: members in the order of their columns ---------------------------------------------------------
// `SELECT *` is safe here: the tables are ours, and a later migration can only append a column. What was appended is
// taken last, wherever it stands in the record.

// A packed column that cannot be unpacked is damage, like a page that fails its check.
template <class T>
T whole(Database& db, std::optional<T> unpacked) {
    if (!unpacked) db.note(SQLITE_CORRUPT);
    return std::move(unpacked).value_or(T{});
}

}  // namespace

WrappedKey take_key(Rows& row) {
    return {.id = row.take<DataKeyId>(),
            .room = row.take<RoomId>(),
            .destroy_at = row.take<TimePoint>(),
            .wrapped = row.take<Bytes>()};
}

MembershipRecord take_membership(Rows& row) {
    MembershipRecord membership{.room = row.take<RoomId>(),
                                .account = row.take<AccountId>(),
                                .joined = row.take<bool>(),
                                .joined_after = row.take<Position>(),
                                .name = row.take<Sealed>()};
    membership.left_at = row.take<TimePoint>();
    membership.listens_until = row.take<TimePoint>();
    membership.passed = row.take<std::uint32_t>();
    membership.listen_cause = row.take<domain::ListenCause>();
    return membership;
}

static bool is_retracted(Database& db, RoomId room, Position position, MessageId message) {
    Rows row =
        db.query("SELECT retracted FROM messages WHERE room = ? AND position = ? AND id = ?", room, position, message);
    return row.next() && row.take<bool>();
}

MessageRecord take_message(Database& db, Rows& row) {
    MessageRecord message{.room = row.take<RoomId>(),
                          .position = row.take<Position>(),
                          .id = row.take<MessageId>(),
                          .author = row.take<AccountId>(),
                          .voice = row.take<domain::Voice>(),
                          .client_key = row.take<ClientKey>(),
                          .request_digest = row.take<SecretHash>(),
                          .reply_to = row.take<std::optional<MessageId>>(),
                          .reply_to_author = row.take<AccountId>(),
                          .reply_to_voice = row.take<domain::Voice>(),
                          .reply_to_position = row.take<Position>(),
                          .posted_at = row.take<TimePoint>(),
                          .edited = row.take<bool>(),
                          .content = row.take<Sealed>(),
                          .retracted = row.take<bool>()};
    message.reply_to_posted_at = row.take<TimePoint>();
    if (message.reply_to && is_retracted(db, message.room, message.reply_to_position, *message.reply_to))
        message.reply_to.reset();
    return message;
}

namespace {

StepRow take_step(Database& db, Rows& row) {
    StepRow step{.position = row.take<Position>(),
                 .kind = row.take<StepKind>(),
                 .at = row.take<TimePoint>(),
                 .message = take_message(db, row)};
    // Schema 1 kept no time of a step; that of a post is known from its message.
    if (step.kind == StepKind::posted && step.at == TimePoint{}) step.at = step.message.posted_at;
    return step;
}

HeldRecord take_held(Rows& row) {
    return {.room = row.take<RoomId>(),
            .id = row.take<MessageId>(),
            .author = row.take<AccountId>(),
            .client_key = row.take<ClientKey>(),
            .request_digest = row.take<SecretHash>(),
            .accepted_at = row.take<TimePoint>(),
            .due_at = row.take<TimePoint>(),
            .reply_to = row.take<std::optional<MessageId>>(),
            .content = row.take<Sealed>(),
            .voice = row.take<domain::Voice>(),
            .cause = row.take<domain::HeldFor>(),
            .filter_id = row.take<std::string>(),
            .return_cause = row.take<domain::ReturnCause>(),
            .note = row.take<Sealed>()};
}

RoomRecord take_room(Database& db, Rows& row) {
    RoomRecord room;
    room.id = row.take<RoomId>();
    row.take<Position>();  // head
    room.settings.topic = row.take<std::string>();
    room.settings.welcome_text = row.take<std::string>();
    room.settings.content_labels = whole(db, unpack_texts(row.take<Bytes>()));
    room.settings.kind = row.take<domain::RoomKind>();
    room.settings.join_policy = row.take<domain::JoinPolicy>();
    room.settings.retention = row.take<domain::Retention>();
    room.settings.slow_mode = row.take<Duration>();
    room.settings.seats = row.take<std::uint32_t>();
    room.settings.history_before_joining = row.take<bool>();
    room.state = row.take<domain::RoomState>();
    room.created_at = row.take<TimePoint>();
    room.handover_note = row.take<Sealed>();
    room.settings.needs_moderator = row.take<bool>();
    room.settings.opening_hours = whole(db, unpack_hours(row.take<Bytes>()));
    room.settings.opening_words = row.take<std::string>();
    room.settings.closing_words = row.take<std::string>();
    room.settings.listen_only = row.take<Duration>();
    room.pause_sentence = row.take<Sealed>();
    room.settings.turn_soft = row.take<Duration>();
    room.settings.turn_hard = row.take<Duration>();
    room.circle = row.take<Bytes>();
    room.settings.hold_first_messages = row.take<std::uint32_t>();
    return room;
}

domain::Standing take_standing(Database& db, Rows& row) {
    domain::Standing standing;
    standing.role = row.take<domain::Role>();
    standing.moderates = whole(db, unpack_rooms(row.take<Bytes>()));
    return standing;
}

template <class T>
std::optional<T> first(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return rows.take<T>();
}

// ---- Parts of a room ------------------------------------------------------------------------------------------------

// The posts that may be repeated, and those among them that are still held.
void load_accepted(Database& db, const Store::RoomQuery& query, LoadedRoom& loaded, std::set<DataKeyId>& wanted) {
    for (Rows row = db.query(R"sql(
        SELECT author, client_key, request_digest, id, posted_at, place_key, person_key
        FROM messages INDEXED BY messages_by_time WHERE room = ? AND posted_at >= ?)sql",
                             query.room, query.accepted_since);
         row.next();) {
        const AcceptedPost& accepted =
            loaded.accepted.emplace_back(AcceptedPost{.author = row.take<AccountId>(),
                                                      .client_key = row.take<ClientKey>(),
                                                      .request_digest = row.take<SecretHash>(),
                                                      .message = row.take<MessageId>(),
                                                      .posted_at = row.take<TimePoint>(),
                                                      .place_key = row.take<DataKeyId>(),
                                                      .person_key = row.take<DataKeyId>()});
        wanted.insert({accepted.place_key, accepted.person_key});
    }
    for (Rows row = db.query("SELECT * FROM held_messages WHERE room = ?", query.room); row.next();) {
        const HeldRecord& held = loaded.held.emplace_back(take_held(row));
        want(wanted, held.content);
        want(wanted, held.note);
        if (held.accepted_at < query.accepted_since) continue;
        loaded.accepted.push_back({held.author, held.client_key, held.request_digest, held.id, held.accepted_at,
                                   held.content.place_key, held.content.person_key});
    }
}

}  // namespace

// ---- Keys -----------------------------------------------------------------------------------------------------------

std::vector<WrappedKey> keys_of(Database& db, const std::set<DataKeyId>& wanted) {
    std::vector<WrappedKey> keys;
    for (const DataKeyId& id : wanted) {
        if (id.is_nil()) continue;
        Rows row = db.query("SELECT * FROM data_keys WHERE id = ?", id);
        if (!row.next()) continue;
        WrappedKey key = take_key(row);
        auto wrapped = db.ring().unwrap(id, key.wrapped, row.take<KeyRing::Leaf>());
        // Destroyed in every copy, although the row of an older one is here.
        if (!wrapped) continue;
        key.wrapped = std::move(*wrapped);
        keys.push_back(std::move(key));
    }
    return keys;
}

// ---- Rooms ----------------------------------------------------------------------------------------------------------

std::optional<LoadedRoom> load_room(Database& db, const Store::RoomQuery& query) {
    LoadedRoom loaded;
    {
        Rows row = db.query("SELECT * FROM rooms WHERE id = ?", query.room);
        if (!row.next()) return std::nullopt;
        loaded.room = take_room(db, row);
    }
    loaded.head = first<Position>(db.query(R"sql(
        SELECT max(head, (SELECT ifnull(max(position), 0) FROM steps WHERE room = ?1)) FROM rooms WHERE id = ?1)sql",
                                           query.room))
                      .value_or(Position{});
    std::set<DataKeyId> wanted;
    want(wanted, loaded.room.handover_note);
    want(wanted, loaded.room.pause_sentence);
    for (Rows row = db.query("SELECT id FROM data_keys WHERE room = ?", query.room); row.next();)
        wanted.insert(row.take<DataKeyId>());
    for (Rows row = db.query("SELECT * FROM memberships WHERE room = ?", query.room); row.next();) {
        loaded.memberships.push_back(take_membership(row));
        want(wanted, loaded.memberships.back().name);
    }
    for (Rows row = db.query(R"sql(
        SELECT s.position, s.kind, s.at, m.*
        FROM steps s CROSS JOIN messages m ON m.room = s.room AND m.position = s.message
        WHERE s.room = ? ORDER BY s.position DESC LIMIT ?)sql",
                             query.room, query.window_steps);
         row.next();) {
        loaded.window.push_back(take_step(db, row));
        want(wanted, loaded.window.back().message.content);
    }
    std::ranges::reverse(loaded.window);
    load_accepted(db, query, loaded, wanted);
    for (Rows row = db.query("SELECT * FROM room_invites WHERE room = ?", query.room); row.next();)
        loaded.invites.push_back({.room = row.take<RoomId>(),
                                  .code = row.take<SecretHash>(),
                                  .uses_left = row.take<std::uint32_t>(),
                                  .ends_at = row.take<TimePoint>()});
    loaded.keys = keys_of(db, wanted);
    return loaded;
}

std::vector<RoomRecord> list_rooms(Database& db) {
    std::vector<RoomRecord> rooms;
    for (Rows row = db.query("SELECT * FROM rooms"); row.next();) rooms.push_back(take_room(db, row));
    return rooms;
}

std::vector<RoomId> rooms_of(Database& db, AccountId account) {
    std::vector<RoomId> rooms;
    for (Rows row = db.query("SELECT room FROM memberships WHERE account = ? AND joined", account); row.next();)
        rooms.push_back(row.take<RoomId>());
    return rooms;
}

StepRows read_steps(Database& db, const Store::StepsQuery& query) {
    StepRows answer;
    std::set<DataKeyId> wanted;
    for (Rows row = db.query(R"sql(
        SELECT s.position, s.kind, s.at, m.*
        FROM steps s CROSS JOIN messages m ON m.room = s.room AND m.position = s.message
        WHERE s.room = ? AND s.position > ? ORDER BY s.position LIMIT ?)sql",
                             query.room, query.after, query.limit);
         row.next();) {
        answer.steps.push_back(take_step(db, row));
        want(wanted, answer.steps.back().message.content);
    }
    answer.keys = keys_of(db, wanted);
    return answer;
}

MessageRows read_messages(Database& db, const Store::MessagesQuery& query) {
    MessageRows answer;
    std::set<DataKeyId> wanted;
    const auto take_all = [&](Rows rows) {
        while (rows.next()) {
            answer.messages.push_back(take_message(db, rows));
            want(wanted, answer.messages.back().content);
        }
    };
    switch (query.direction) {
        case Store::Direction::back:
            take_all(db.query(R"sql(
                SELECT * FROM messages WHERE room = ? AND position < ? AND NOT retracted
                ORDER BY position DESC LIMIT ?)sql",
                              query.room, query.from, query.limit));
            break;
        case Store::Direction::on:
            take_all(db.query(R"sql(
                SELECT * FROM messages WHERE room = ? AND position > ? AND NOT retracted ORDER BY position LIMIT ?)sql",
                              query.room, query.from, query.limit));
            break;
    }
    answer.keys = keys_of(db, wanted);
    return answer;
}

MessageRows find_message(Database& db, RoomId room, MessageId message) {
    MessageRows answer;
    std::set<DataKeyId> wanted;
    for (Rows row = db.query("SELECT * FROM messages WHERE room = ? AND id = ?", room, message); row.next();) {
        answer.messages.push_back(take_message(db, row));
        want(wanted, answer.messages.back().content);
    }
    answer.keys = keys_of(db, wanted);
    return answer;
}

// ---- People ---------------------------------------------------------------------------------------------------------

std::optional<LoadedAccount> load_account(Database& db, AccountId account) {
    LoadedAccount loaded;
    {
        Rows row = db.query("SELECT * FROM accounts WHERE id = ?", account);
        if (!row.next()) return std::nullopt;
        loaded.account = {.id = row.take<AccountId>(),
                          .login_id = row.take<std::string>(),
                          .passphrase_hash = row.take<std::string>(),
                          .recovery_code = row.take<SecretHash>(),
                          .standing = take_standing(db, row),
                          .rules_consented = row.take<std::uint32_t>(),
                          .created_at = row.take<TimePoint>(),
                          .person_key = row.take<DataKeyId>(),
                          .ban = row.take<Sealed>(),
                          .ban_ends_at = row.take<TimePoint>()};
    }
    std::set<DataKeyId> wanted{loaded.account.person_key};
    want(wanted, loaded.account.ban);
    for (Rows row = db.query("SELECT * FROM sessions WHERE account = ?", account); row.next();) {
        loaded.sessions.push_back({.id = row.take<SessionId>(),
                                   .account = row.take<AccountId>(),
                                   .token = row.take<SecretHash>(),
                                   .device_label = row.take<Sealed>(),
                                   .created_at = row.take<TimePoint>(),
                                   .last_used_at = row.take<TimePoint>()});
        want(wanted, loaded.sessions.back().device_label);
    }
    for (Rows row = db.query("SELECT * FROM matters WHERE account = ?", account); row.next();) {
        loaded.matters.push_back(
            {.account = row.take<AccountId>(), .id = row.take<MatterId>(), .content = row.take<Sealed>()});
        want(wanted, loaded.matters.back().content);
    }
    for (Rows row = db.query("SELECT * FROM received WHERE account = ?", account); row.next();) {
        loaded.received.push_back(
            {.account = row.take<AccountId>(), .room = row.take<RoomId>(), .position = row.take<Position>()});
    }
    loaded.keys = keys_of(db, wanted);
    return loaded;
}

std::optional<AccountId> find_account(Database& db, const std::string& login_id) {
    return first<AccountId>(db.query("SELECT id FROM accounts WHERE login_id = ?", login_id));
}

std::optional<AccountId> find_session(Database& db, SecretHash token) {
    return first<AccountId>(db.query("SELECT account FROM sessions WHERE token = ?", token));
}

std::optional<InviteRecord> find_invite(Database& db, SecretHash code) {
    Rows row = db.query("SELECT * FROM invites WHERE code = ?", code);
    if (!row.next()) return std::nullopt;
    return InviteRecord{.code = row.take<SecretHash>(),
                        .standing = take_standing(db, row),
                        .uses_left = row.take<std::uint32_t>(),
                        .ends_at = row.take<TimePoint>()};
}

// ---- The audit log --------------------------------------------------------------------------------------------------

AuditRow take_audit_row(Rows& row) {
    return {.number = row.take<std::uint64_t>(), .entry = row.take<Bytes>(), .hash = row.take<Bytes>()};
}

std::vector<AuditRow> read_audit(Database& db, const Store::AuditQuery& query) {
    std::vector<AuditRow> answer;
    for (Rows row =
             db.query("SELECT * FROM audit_log WHERE number > ? ORDER BY number LIMIT ?", query.after, query.limit);
         row.next();)
        answer.push_back(take_audit_row(row));
    return answer;
}

AuditHead read_audit_head(Database& db) {
    Rows row = db.query("SELECT * FROM audit_log ORDER BY number DESC LIMIT 1");
    return row.next() ? head_of(take_audit_row(row)) : AuditHead{};
}

// ---- The house ------------------------------------------------------------------------------------------------------

std::optional<RulesRecord> load_rules(Database& db) {
    Rows row = db.query("SELECT * FROM house_rules ORDER BY version DESC LIMIT 1");
    if (!row.next()) return std::nullopt;
    RulesRecord record;
    record.rules.version = row.take<std::uint32_t>();
    record.rules.rules = whole(db, unpack_rules(row.take<Bytes>()));
    record.file_digest = row.take<SecretHash>();
    record.published_at = row.take<TimePoint>();
    return record;
}

std::optional<Bytes> read_meta(Database& db, const std::string& name) {
    return first<Bytes>(db.query("SELECT value FROM meta WHERE name = ?", name));
}

}  // namespace kindroom::store
