// What the operator can do with the audit log: verify it, read it, count from it. On the database file itself, with the
// server running or not, and without changing anything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "crypto/chain.hpp"
#include "domain/transparency.hpp"
#include "operator/noted_heads.hpp"

namespace kindroom::operator_ {

struct VerifyAudit {
    // One that was noted elsewhere.
    std::optional<crypto::ChainHash> head;
};
struct ShowAudit {
    // Only what this account did or what was done to it; empty: everything.
    std::string login_id;
};
struct MakeTransparencyReport {
    domain::Period period;
    bool json = false;
};
using AuditOrder = std::variant<VerifyAudit, ShowAudit, MakeTransparencyReport>;

// Prints what was asked for. Gives the code to leave with: 0; 1 for a log that is not true; 2 for one that cannot be
// looked at.
int look_at_audit(const AuditOrder& order, const config::Config& config, std::ostream& out, std::ostream& err);

struct AuditVerdict {
    // The rows up to here are true.
    store::AuditHead head;
    // The first row that is not, and why; nothing if all are.
    std::uint64_t first_bad = 0;
    std::string why;
};
// Gives every row of a log to a function, until it says false; returns false if a row could not be read.
using WalkAudit = std::function<bool(const std::function<bool(const store::AuditRow&)>&)>;
AuditVerdict verify(const WalkAudit& walk, const crypto::ChainKey& key, const std::vector<NotedHead>& noted,
                    const std::optional<crypto::ChainHash>& head);

}  // namespace kindroom::operator_
