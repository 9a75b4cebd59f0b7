// Where decisions are kept, and what goes on by itself.
#include "store/sqlite/queries.hpp"

namespace kindroom::store {
namespace {

DecisionRecord take_decision(Rows& row) {
    return {.id = row.take<DecisionId>(),
            .account = row.take<AccountId>(),
            .room = row.take<std::optional<RoomId>>(),
            .appeal_code = row.take<SecretHash>(),
            .confirm_by = row.take<TimePoint>()};
}

std::optional<DecisionRecord> first(Rows row) {
    if (!row.next()) return std::nullopt;
    return take_decision(row);
}

}  // namespace

OpenDecisions open_decisions(Database& db) {
    OpenDecisions open;
    for (Rows rows = db.query("SELECT * FROM decisions WHERE confirm_by < ? ORDER BY confirm_by, id", never);
         rows.next();)
        open.unconfirmed.push_back(take_decision(rows));
    for (Rows rows = db.query("SELECT * FROM network_bans ORDER BY decision, network"); rows.next();)
        open.network_bans.push_back({.network = rows.take<NetworkId>(),
                                     .decision = rows.take<DecisionId>(),
                                     .ends_at = rows.take<TimePoint>()});
    return open;
}

std::optional<DecisionRecord> find_decision(Database& db, DecisionId decision) {
    return first(db.query("SELECT * FROM decisions WHERE id = ?", decision));
}

std::optional<DecisionRecord> find_appeal_code(Database& db, SecretHash code) {
    return first(db.query("SELECT * FROM decisions WHERE appeal_code = ?", code));
}

}  // namespace kindroom::store
