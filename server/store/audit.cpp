#include "store/audit.hpp"

#include <algorithm>

namespace kindroom::store {

AuditHead head_of(const AuditRow& last) {
    AuditHead head{.number = last.number, .hash = {}};
    std::copy_n(last.hash.begin(), std::min(last.hash.size(), head.hash.size()), head.hash.begin());
    return head;
}

AuditRow next_row(const crypto::ChainKey& key, const AuditHead& head, const domain::AuditEntry& entry) {
    AuditRow row{.number = head.number + 1, .entry = to_bytes(domain::pack(entry)), .hash = {}};
    const auto hash = key.follow(head.hash, row.number, row.entry);
    row.hash.assign(hash.begin(), hash.end());
    return row;
}

bool AuditCheck::take(const AuditRow& row) {
    const auto hash = key_.follow(head_.hash, head_.number + 1, row.entry);
    is_broken_ = is_broken_ || row.number != head_.number + 1 || !std::ranges::equal(hash, row.hash);
    if (!is_broken_) head_ = {.number = row.number, .hash = hash};
    return !is_broken_;
}

}  // namespace kindroom::store
