// The audit log as it is stored: rows with consecutive numbers, each chained to the one before.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "crypto/chain.hpp"
#include "domain/audit.hpp"

namespace kindroom::store {

// A row as it stands in the store, true or not.
struct AuditRow {
    // 1, 2, 3...
    std::uint64_t number = 0;
    // As domain/audit.hpp packs it.
    Bytes entry;
    Bytes hash;
    friend bool operator==(const AuditRow&, const AuditRow&) = default;
};

// The newest row: zero for none.
struct AuditHead {
    std::uint64_t number = 0;
    crypto::ChainHash hash{};
    friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

// The head that a log has whose last row this is. Also after a row that is not true: a damaged log is gone on with, and
// found to be damaged by whoever verifies it.
AuditHead head_of(const AuditRow& last);

// The row that follows.
AuditRow next_row(const crypto::ChainKey& key, const AuditHead& head, const domain::AuditEntry& entry);

// Follows a log row by row.
class AuditCheck {
  public:
    explicit AuditCheck(const crypto::ChainKey& key) : key_(key) {}

    // Whether this row is the one that follows. After one that is not, none is.
    bool take(const AuditRow& row);
    // Up to here it is true; the first bad row, if there is one, is the next.
    const AuditHead& head() const { return head_; }
    bool is_broken() const { return is_broken_; }

  private:
    const crypto::ChainKey& key_;
    AuditHead head_;
    bool is_broken_ = false;
};

}  // namespace kindroom::store
