#include "store/sqlite/migrations.hpp"

#include <array>

namespace kindroom::store {
namespace {

// Forward only: a step that was ever released is never changed. tests/golden/databases keeps a file of each schema.
//
// Ids are 16-byte blobs and NULL where there is none; times are milliseconds since 1970; "box" is a sealed text, which
// needs the keys named beside it. WITHOUT ROWID clusters rows by their key: a page of history is a range of messages.
constexpr std::array migrations = {
    // 1
    R"sql(
CREATE TABLE data_keys (
    id BLOB NOT NULL PRIMARY KEY,
    room BLOB,
    destroy_at INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX data_keys_by_room ON data_keys (room, destroy_at) WHERE room IS NOT NULL;

CREATE TABLE rooms (
    id BLOB NOT NULL PRIMARY KEY,
    -- At least the position of every step that is no longer here: none is ever given twice.
    head INTEGER NOT NULL DEFAULT 0,
    topic TEXT NOT NULL,
    welcome_text TEXT NOT NULL,
    content_labels BLOB NOT NULL,
    kind INTEGER NOT NULL,
    join_policy INTEGER NOT NULL,
    retention INTEGER NOT NULL,
    slow_mode INTEGER NOT NULL,
    seats INTEGER NOT NULL,
    history_before_joining INTEGER NOT NULL,
    state INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    handover_place_key BLOB,
    handover_person_key BLOB,
    handover_box BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    room BLOB NOT NULL,
    account BLOB NOT NULL,
    joined INTEGER NOT NULL,
    joined_after INTEGER NOT NULL,
    name_place_key BLOB,
    name_person_key BLOB,
    name_box BLOB NOT NULL,
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_joined ON memberships (account, room) WHERE joined;

CREATE TABLE messages (
    room BLOB NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL,
    author BLOB,
    voice INTEGER NOT NULL,
    client_key BLOB,
    request_digest BLOB,
    reply_to BLOB,
    reply_to_author BLOB,
    reply_to_voice INTEGER NOT NULL,
    reply_to_position INTEGER NOT NULL,
    posted_at INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    place_key BLOB,
    person_key BLOB,
    box BLOB NOT NULL,
    retracted INTEGER NOT NULL,
    PRIMARY KEY (room, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX messages_by_id ON messages (room, id);
CREATE INDEX messages_by_time ON messages (room, posted_at);
CREATE INDEX messages_by_key ON messages (room, place_key);

CREATE TABLE steps (
    room BLOB NOT NULL,
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (room, position)
) STRICT, WITHOUT ROWID;
-- A `posted` step stands where its message stands; only later ones have to be searched for.
CREATE INDEX steps_later ON steps (room, message) WHERE message <> position;

CREATE TABLE accounts (
    id BLOB NOT NULL PRIMARY KEY,
    login_id TEXT NOT NULL UNIQUE,
    passphrase_hash TEXT NOT NULL,
    recovery_code BLOB,
    role INTEGER NOT NULL,
    moderates BLOB NOT NULL,
    rules_consented INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    person_key BLOB,
    ban_place_key BLOB,
    ban_person_key BLOB,
    ban_box BLOB NOT NULL,
    ban_ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    token BLOB NOT NULL UNIQUE,
    device_place_key BLOB,
    device_person_key BLOB,
    device_box BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE invites (
    code BLOB NOT NULL PRIMARY KEY,
    role INTEGER NOT NULL,
    moderates BLOB NOT NULL,
    uses_left INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE house_rules (
    version INTEGER NOT NULL PRIMARY KEY,
    rules BLOB NOT NULL,
    file_digest BLOB,
    published_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    // 2: times that boundaries need, posts that wait, and what is private to an account
    R"sql(
ALTER TABLE memberships ADD COLUMN left_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN reply_to_posted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE steps ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

CREATE TABLE held_messages (
    room BLOB NOT NULL,
    id BLOB NOT NULL,
    author BLOB,
    client_key BLOB,
    request_digest BLOB,
    accepted_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    reply_to BLOB,
    place_key BLOB,
    person_key BLOB,
    box BLOB NOT NULL,
    PRIMARY KEY (room, id)
) STRICT, WITHOUT ROWID;

-- All that is private to an account is one range of rows, however many there are in the house. Nothing here names the
-- other person, and there is no index that could be asked for them.
CREATE TABLE matters (
    account BLOB NOT NULL,
    id BLOB NOT NULL,
    place_key BLOB,
    person_key BLOB,
    box BLOB NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE received (
    account BLOB NOT NULL,
    room BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (account, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    receipt BLOB NOT NULL PRIMARY KEY,
    reporter BLOB,
    reported_at INTEGER NOT NULL,
    place_key BLOB,
    person_key BLOB,
    box BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    // 3: the audit log, rooms that never run unattended, decisions, cases of the moderators, circles,
    // and posts that wait for a moderator
    R"sql(
-- Packed, so that a row is exactly what its hash was taken over. Only ever appended to.
CREATE TABLE audit_log (
    number INTEGER NOT NULL PRIMARY KEY,
    entry BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

ALTER TABLE rooms ADD COLUMN needs_moderator INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN opening_hours BLOB NOT NULL DEFAULT x'';
ALTER TABLE rooms ADD COLUMN opening_words TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN closing_words TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN listen_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN pause_place_key BLOB;
ALTER TABLE rooms ADD COLUMN pause_person_key BLOB;
ALTER TABLE rooms ADD COLUMN pause_box BLOB NOT NULL DEFAULT x'';
ALTER TABLE memberships ADD COLUMN listens_until INTEGER NOT NULL DEFAULT 0;

CREATE TABLE room_invites (
    room BLOB NOT NULL,
    code BLOB NOT NULL,
    uses_left INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (room, code)
) STRICT, WITHOUT ROWID;

-- Whom a decision concerns, but not what it says: that is a matter of theirs.
CREATE TABLE decisions (
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    room BLOB,
    appeal_code BLOB,
    confirm_by INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_by_appeal_code ON decisions (appeal_code);
CREATE INDEX decisions_by_confirm_by ON decisions (confirm_by);

CREATE TABLE network_bans (
    network BLOB NOT NULL,
    decision BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (decision, network)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    id BLOB NOT NULL PRIMARY KEY,
    place_key BLOB,
    person_key BLOB,
    box BLOB NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE reports ADD COLUMN case_id BLOB;
ALTER TABLE reports ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reports ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
CREATE INDEX reports_by_case ON reports (case_id);

ALTER TABLE rooms ADD COLUMN turn_soft INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN turn_hard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN circle BLOB NOT NULL DEFAULT x'';
ALTER TABLE held_messages ADD COLUMN voice INTEGER NOT NULL DEFAULT 1;

-- Whoever was here before there was a count is no newcomer.
ALTER TABLE memberships ADD COLUMN passed INTEGER NOT NULL DEFAULT 255;
ALTER TABLE memberships ADD COLUMN listen_cause INTEGER NOT NULL DEFAULT 1;
ALTER TABLE rooms ADD COLUMN hold_first_messages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE held_messages ADD COLUMN cause INTEGER NOT NULL DEFAULT 1;
ALTER TABLE held_messages ADD COLUMN filter_id TEXT NOT NULL DEFAULT '';
ALTER TABLE held_messages ADD COLUMN return_cause INTEGER NOT NULL DEFAULT 1;
ALTER TABLE held_messages ADD COLUMN note_place_key BLOB;
ALTER TABLE held_messages ADD COLUMN note_person_key BLOB;
ALTER TABLE held_messages ADD COLUMN note_box BLOB NOT NULL DEFAULT x'';
)sql",
    // 4: keys that can be destroyed in copies, too, and accounts that are erased
    R"sql(
-- From which leaf of the key ring it hangs; 0: not under the ring yet.
ALTER TABLE data_keys ADD COLUMN leaf INTEGER NOT NULL DEFAULT 0;
CREATE INDEX data_keys_by_leaf ON data_keys (leaf);

-- Destroyed here, and still to be destroyed in the ring.
CREATE TABLE destroyed_leaves (
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
) STRICT;

-- Rooms that still have to take back the words of somebody whose account is gone.
CREATE TABLE erasures (
    room BLOB NOT NULL,
    account BLOB NOT NULL,
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_account ON memberships (account);

-- Not hidden until now, so that words could be guessed after they were gone.
UPDATE messages SET request_digest = NULL;
UPDATE held_messages SET request_digest = NULL;
)sql",
};

std::int64_t number(Database& database, Sql pragma) {
    Rows rows = database.query(pragma);
    return rows.next() ? rows.take<std::int64_t>() : 0;
}

}  // namespace

std::int64_t newest_schema() { return static_cast<std::int64_t>(migrations.size()); }

std::int64_t schema_of(Database& database) { return number(database, "PRAGMA user_version"); }

std::string check_schema(Database& database) {
    const auto application = number(database, "PRAGMA application_id");
    const auto tables = number(database, "SELECT count(*) FROM sqlite_schema");
    const auto schema = number(database, "PRAGMA user_version");
    if (application != application_id && (application != 0 || tables != 0 || schema != 0))
        return "is a SQLite database, but not one of Kindroom's";
    if (schema < 0 || schema > newest_schema()) {
        return "was written by a newer Kindroom (its schema is " + std::to_string(schema) + ", this program knows " +
               std::to_string(newest_schema()) + "): start that one, or restore a backup made before";
    }
    return {};
}

void migrate(Database& database) {
    for (auto next = number(database, "PRAGMA user_version"); next < newest_schema(); ++next) {
        // A pragma takes no bound values; these are numbers of our own.
        const std::string mark = "PRAGMA application_id = " + std::to_string(application_id) +
                                 "; PRAGMA user_version = " + std::to_string(next + 1) + ";";
        database.execute("BEGIN IMMEDIATE");
        database.execute(migrations[static_cast<std::size_t>(next)]);
        database.execute(mark.c_str());
        database.execute("COMMIT");
    }
}

}  // namespace kindroom::store
