// Rows of an audit log as somebody who has the file may have left them. What is read is what was packed, and no row
// follows in the chain that was not made for its place.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "domain/audit.hpp"
#include "store/audit.hpp"

namespace kindroom::store {
namespace {

void read(std::string_view bytes) {
    const auto entry = domain::unpack_audit_entry(bytes);
    if (!entry) return;
    KINDROOM_ASSERT(entry->kind >= domain::AuditKind::decision_made && entry->kind <= domain::last_audit_kind);
    KINDROOM_ASSERT(domain::unpack_audit_entry(domain::pack(*entry)) == entry);
}

const crypto::ChainKey& key() {
    static const crypto::ChainKey chain = crypto::ChainKey::without_secret();
    return chain;
}

std::vector<AuditRow> true_rows() {
    std::vector<AuditRow> rows;
    AuditHead head;
    for (int i = 0; i < 4; ++i) {
        domain::AuditEntry entry{.kind = domain::AuditKind::room_made,
                                 .rule_id = std::string(1, static_cast<char>('a' + i))};
        rows.push_back(next_row(key(), head, entry));
        head = head_of(rows.back());
    }
    return rows;
}

// Each three bytes change the log at one place.
void change(std::string_view bytes) {
    static const std::vector<AuditRow> original = true_rows();
    auto rows = original;
    for (std::size_t i = 0; i + 2 < bytes.size() && !rows.empty(); i += 3) {
        const auto at = [&](std::size_t k) { return static_cast<unsigned char>(bytes[i + k]); };
        AuditRow& row = rows[at(0) % rows.size()];
        switch (at(1) % 5) {
            case 0:
                row.entry[at(2) % row.entry.size()] ^= std::byte{1};
                break;
            case 1:
                row.hash[at(2) % row.hash.size()] ^= std::byte{0x80};
                break;
            case 2:
                row.number += at(2);
                break;
            case 3:
                std::swap(row, rows[at(2) % rows.size()]);
                break;
            default:
                rows.erase(rows.begin() + at(2) % static_cast<int>(rows.size()));
                break;
        }
    }
    AuditCheck check(key());
    std::size_t true_ones = 0;
    for (const auto& row : rows)
        if (check.take(row)) ++true_ones;
    std::size_t same = 0;
    while (same < rows.size() && same < original.size() && rows[same] == original[same]) ++same;
    KINDROOM_ASSERT(true_ones == same);
    KINDROOM_ASSERT(check.is_broken() == (same < rows.size()));
    KINDROOM_ASSERT(check.head().number == same);
}

}  // namespace
}  // namespace kindroom::store

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    kindroom::store::read(bytes);
    kindroom::store::change(bytes);
    return 0;
}
