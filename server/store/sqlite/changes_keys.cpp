#include "store/sqlite/changes_keys.hpp"

#include "store/sqlite/ring_binding.hpp"

namespace kindroom::store {
namespace {

// Of the keys that a query finds in the first place those that hang from a leaf of their own.
void condemn_single(Database& db, Rows leaves) {
    std::vector<KeyRing::Leaf> single;
    while (leaves.next()) {
        const auto leaf = leaves.take<KeyRing::Leaf>();
        if (KeyRing::is_single(leaf)) single.push_back(leaf);
    }
    for (const KeyRing::Leaf leaf : single) condemn(db, leaf, leaf);
}

// By the statement that was run last.
std::uint64_t deleted(const Database& db) { return static_cast<std::uint64_t>(db.changed_rows()); }

bool is_condemned(Database& db, KeyRing::Leaf leaf) {
    Rows row = db.query("SELECT 1 FROM destroyed_leaves WHERE first <= ?1 AND last >= ?1 LIMIT 1", leaf);
    return row.next();
}

}  // namespace

// Of those that are in use or condemned, too: a leaf which is still in the ring, but is to be destroyed in it, would
// take a key of today with it.
KeyRing::Leaf last_single_leaf(Database& db) {
    Rows row = db.query(R"sql(
        SELECT max((SELECT ifnull(max(leaf), 0) FROM data_keys), (SELECT ifnull(max(last), 0) FROM destroyed_leaves),
                   ifnull((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'leaves_passed_over'), 0)))sql");
    return row.next() ? row.take<KeyRing::Leaf>() : KeyRing::no_leaf;
}

void pass_over_leaves(Database& db, KeyRing::Leaf last) {
    // In figures.
    db.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('leaves_passed_over', ?)",
           to_bytes(std::to_string(last)));
}

void apply(Database& db, const InsertKey& change) {
    const WrappedKey& key = change.key;
    KeyRing& ring = db.ring();
    const KeyRing::Leaf free_from = last_single_leaf(db) + 1;
    KeyRing::Leaf leaf = ring.leaf_for(key, free_from);
    // A day that is over, after a clock was set back.
    if (is_condemned(db, leaf)) leaf = ring.single_leaf(free_from);
    db.run("INSERT INTO data_keys (id, room, destroy_at, wrapped, leaf) VALUES (?, ?, ?, ?, ?)", key.id, key.room,
           key.destroy_at, ring.wrap(key, leaf), leaf);
}

std::uint64_t apply(Database& db, const DestroyKey& change) {
    condemn_single(db, db.query("SELECT leaf FROM data_keys WHERE id = ?", change.key));
    db.run("DELETE FROM data_keys WHERE id = ?", change.key);
    return deleted(db);
}

bool has_due_keys(Database& db, const ExpireRoom& change) {
    Rows rows = db.query("SELECT 1 FROM data_keys WHERE room = ? AND destroy_at <= ? LIMIT 1", change.room, change.now);
    return rows.next();
}

// Steps first and keys last: each is found through the next. The head is written down before its steps may go.
std::uint64_t apply(Database& db, const ExpireRoom& change) {
    db.run(R"sql(
        UPDATE rooms SET head = max(head, (SELECT ifnull(max(position), 0) FROM steps WHERE room = ?1)) WHERE id = ?1)sql",
           change.room);
    db.run(R"sql(
        DELETE FROM steps WHERE room = ?1 AND message <> position AND message IN (
            SELECT m.position FROM data_keys k CROSS JOIN messages m ON m.room = k.room AND m.place_key = k.id
            WHERE k.room = ?1 AND k.destroy_at <= ?2))sql",
           change.room, change.now);
    db.run(R"sql(
        DELETE FROM steps WHERE room = ?1 AND position IN (
            SELECT m.position FROM data_keys k CROSS JOIN messages m ON m.room = k.room AND m.place_key = k.id
            WHERE k.room = ?1 AND k.destroy_at <= ?2))sql",
           change.room, change.now);
    db.run(R"sql(
        DELETE FROM messages WHERE room = ?1 AND place_key IN (
            SELECT id FROM data_keys WHERE room = ?1 AND destroy_at <= ?2))sql",
           change.room, change.now);
    db.run(R"sql(
        DELETE FROM held_messages WHERE room = ?1 AND place_key IN (
            SELECT id FROM data_keys WHERE room = ?1 AND destroy_at <= ?2))sql",
           change.room, change.now);
    condemn_single(db,
                   db.query("SELECT leaf FROM data_keys WHERE room = ? AND destroy_at <= ?", change.room, change.now));
    // All rooms' keys that hang from a day's leaf are due when its day has come.
    condemn(db, KeyRing::no_leaf + 1, KeyRing::last_day(change.now));
    db.run("DELETE FROM data_keys WHERE room = ? AND destroy_at <= ?", change.room, change.now);
    return deleted(db);
}

// The rooms that they were ever in have to take their words back one by one; until each has, it is on the list.
std::uint64_t apply(Database& db, const EraseAccount& change) {
    const AccountId account = change.account;
    db.run("INSERT OR IGNORE INTO erasures (room, account) SELECT room, account FROM memberships WHERE account = ?",
           account);
    condemn_single(db, db.query(R"sql(
        SELECT leaf FROM data_keys WHERE id = (SELECT person_key FROM accounts WHERE id = ?))sql",
                                account));
    db.run("DELETE FROM data_keys WHERE id = (SELECT person_key FROM accounts WHERE id = ?)", account);
    const std::uint64_t keys = deleted(db);
    db.run("DELETE FROM sessions WHERE account = ?", account);
    db.run("DELETE FROM matters WHERE account = ?", account);
    db.run("DELETE FROM received WHERE account = ?", account);
    db.run("DELETE FROM decisions WHERE account = ?", account);
    db.run("DELETE FROM accounts WHERE id = ?", account);
    return keys;
}

void apply(Database& db, const EndErasure& change) {
    db.run("DELETE FROM held_messages WHERE room = ? AND author = ?", change.room, change.account);
    db.run("UPDATE memberships SET joined = 0, name_box = x'' WHERE room = ? AND account = ?", change.room,
           change.account);
    db.run("DELETE FROM erasures WHERE room = ? AND account = ?", change.room, change.account);
}

}  // namespace kindroom::store
