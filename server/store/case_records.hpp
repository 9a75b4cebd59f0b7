// What the store keeps of reports, and of the cases that moderators make of them.
#pragma once

#include <cstdint>
#include <vector>

#include "store/sealed.hpp"

namespace kindroom::store {

// A case of the moderators, sealed under a key of its own: who it is about, who looks after it, what came of it.
struct CaseRecord {
    CaseId id;
    Sealed content;
    friend bool operator==(const CaseRecord&, const CaseRecord&) = default;
};

// What somebody reported, sealed under the key of its case.
struct ReportRecord {
    // Of the receipt that the reporter was given.
    SecretHash receipt;
    AccountId reporter;
    TimePoint reported_at{};
    Sealed content;
    // Nil for a report of an older version, which is sealed under a key of its own.
    CaseId case_id{};
    // Within its case.
    std::uint32_t number = 0;
    // The reporter has asked for the outcome.
    bool seen = false;
    friend bool operator==(const ReportRecord&, const ReportRecord&) = default;
};

// ---- Changes --------------------------------------------------------------------------------------------------------

struct PutReport {
    ReportRecord report;
};
struct MarkReportSeen {
    SecretHash receipt;
};
struct PutCase {
    CaseRecord record;
};
// With all its reports.
struct DeleteCase {
    CaseId case_id;
};
// What was sealed under it can never be read again, in no copy of the database.
struct DestroyKey {
    DataKeyId key;
};

// ---- Answers --------------------------------------------------------------------------------------------------------

struct LoadedCases {
    std::vector<CaseRecord> cases;
    // Those that have a case come without their content's box.
    std::vector<ReportRecord> reports;
    std::vector<WrappedKey> keys;
};

}  // namespace kindroom::store
