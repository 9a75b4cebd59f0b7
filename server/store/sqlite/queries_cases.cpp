// What was reported, and the cases of the moderators.
#include "store/sqlite/queries.hpp"
#include "store/wanted_keys.hpp"

namespace kindroom::store {
namespace {

ReportRecord take_report(Rows& row) {
    return {.receipt = row.take<SecretHash>(),
            .reporter = row.take<AccountId>(),
            .reported_at = row.take<TimePoint>(),
            .content = row.take<Sealed>(),
            .case_id = row.take<CaseId>(),
            .number = row.take<std::uint32_t>(),
            .seen = row.take<bool>()};
}

}  // namespace

std::optional<ReportRecord> find_report(Database& db, SecretHash receipt) {
    Rows row = db.query("SELECT * FROM reports WHERE receipt = ?", receipt);
    if (!row.next()) return std::nullopt;
    return take_report(row);
}

LoadedCases load_cases(Database& db) {
    LoadedCases loaded;
    std::set<DataKeyId> wanted;
    for (Rows row = db.query("SELECT * FROM cases"); row.next();) {
        loaded.cases.push_back({.id = row.take<CaseId>(), .content = row.take<Sealed>()});
        want(wanted, loaded.cases.back().content);
    }
    for (Rows row = db.query(R"sql(
        SELECT receipt, reporter, reported_at, place_key, person_key, iif(case_id IS NULL, box, x''), case_id, number,
               seen
        FROM reports)sql");
         row.next();) {
        loaded.reports.push_back(take_report(row));
        if (loaded.reports.back().case_id.is_nil()) want(wanted, loaded.reports.back().content);
    }
    loaded.keys = keys_of(db, wanted);
    return loaded;
}

}  // namespace kindroom::store
