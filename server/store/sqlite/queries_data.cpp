// What somebody takes along who asks for all that is kept of them, and what is still to be done when they are gone.
#include "store/sqlite/queries.hpp"
#include "store/wanted_keys.hpp"

namespace kindroom::store {

// Looked through in pieces of a fixed size: an index by author would cost every post, and this is asked for rarely.
OwnWords read_own_words(Database& db, const Store::OwnWordsQuery& query) {
    OwnWords words;
    Position last = query.after;
    {
        Rows piece = db.query(R"sql(
            SELECT count(*), ifnull(max(position), 0) FROM (
                SELECT position FROM messages WHERE room = ? AND position > ? ORDER BY position LIMIT ?))sql",
                              query.room, query.after, query.rows_max);
        if (!piece.next()) return words;
        const auto looked_at = piece.take<std::uint32_t>();
        last = piece.take<Position>();
        if (looked_at == query.rows_max) words.further = last;
    }
    std::set<DataKeyId> wanted;
    for (Rows row = db.query(R"sql(
        SELECT * FROM messages
        WHERE room = ? AND position > ? AND position <= ? AND author = ? AND NOT retracted ORDER BY position)sql",
                             query.room, query.after, last, query.author);
         row.next();) {
        words.messages.push_back(take_message(db, row));
        want(wanted, words.messages.back().content);
    }
    words.keys = keys_of(db, wanted);
    return words;
}

std::vector<MembershipRecord> memberships_of(Database& db, AccountId account) {
    std::vector<MembershipRecord> memberships;
    for (Rows row = db.query("SELECT * FROM memberships WHERE account = ? ORDER BY room", account); row.next();)
        memberships.push_back(take_membership(row));
    return memberships;
}

std::vector<Erasure> list_erasures(Database& db) {
    std::vector<Erasure> erasures;
    for (Rows row = db.query("SELECT room, account FROM erasures"); row.next();) {
        const auto room = row.take<RoomId>();
        erasures.push_back({room, row.take<AccountId>()});
    }
    return erasures;
}

}  // namespace kindroom::store
