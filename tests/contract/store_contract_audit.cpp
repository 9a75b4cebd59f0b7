// The audit log: an entry is there exactly when its act is, in the order of the commits, and chained.
#include <gmock/gmock.h>

#include "contract/store_contract.hpp"
#include "store/audit.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint64_t> numbers(const std::vector<store::AuditRow>& rows) {
    std::vector<std::uint64_t> found;
    for (const auto& row : rows) found.push_back(row.number);
    return found;
}

// How many rows are true.
std::uint64_t checked(const std::vector<store::AuditRow>& rows) {
    const auto key = a_chain_key();
    store::AuditCheck check(key);
    for (const auto& row : rows) check.take(row);
    return check.head().number;
}

TEST_P(StoreContract, AnAuditEntryComesBackAsItWasAppended) {
    world().commit({store::AppendAudit{an_audit_entry(7)}});
    const auto rows = world().read_audit();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(domain::unpack_audit_entry(as_text(rows[0].entry)), an_audit_entry(7));
}

TEST_P(StoreContract, AuditEntriesAreNumberedInTheOrderOfTheirTransactionsAndWithinThem) {
    world().commit({store::AppendAudit{an_audit_entry(5)}, store::AppendAudit{an_audit_entry(4)}});
    world().reopen();
    world().commit({store::AppendAudit{an_audit_entry(9)}});
    const auto rows = world().read_audit();
    EXPECT_THAT(numbers(rows), ElementsAre(1, 2, 3));
    std::vector<domain::AuditEntry> entries;
    for (const auto& row : rows) entries.push_back(domain::unpack_audit_entry(as_text(row.entry)).value());
    EXPECT_THAT(entries, ElementsAre(an_audit_entry(5), an_audit_entry(4), an_audit_entry(9)));
    EXPECT_EQ(checked(rows), 3u);
}

TEST_P(StoreContract, TheAuditLogIsReadInPiecesAndItsHeadIsItsLastRow) {
    EXPECT_EQ(world().read_audit_head(), store::AuditHead{});
    EXPECT_THAT(world().read_audit(), IsEmpty());
    for (std::uint64_t i = 1; i <= 5; ++i) world().commit({store::AppendAudit{an_audit_entry(i)}});
    EXPECT_THAT(numbers(world().read_audit({.after = 1, .limit = 3})), ElementsAre(2, 3, 4));
    EXPECT_THAT(world().read_audit({.after = 5, .limit = 3}), IsEmpty());
    EXPECT_EQ(world().read_audit_head(), store::head_of(world().read_audit().back()));
}

TEST_P(StoreContract, AnActThatIsNotDoneLeavesNoAuditEntryAndTheNextOneFollowsWithoutAHole) {
    world().commit({store::AppendAudit{an_audit_entry(1)}});
    for (const auto& how : world().failures()) {
        SCOPED_TRACE(how);
        const auto before = world().read_audit();
        world().fail(how, 0);
        const auto name = "act " + how;
        const auto answer = world().try_commit({{store::PutMeta{name, {}}, store::AppendAudit{an_audit_entry(2)}}});
        world().reopen();
        const bool done = world().read_meta(name).has_value();
        EXPECT_TRUE(done || !answer || !*answer);
        EXPECT_EQ(world().read_audit().size(), before.size() + (done ? 1 : 0));
        world().commit({store::AppendAudit{an_audit_entry(3)}});
        const auto rows = world().read_audit();
        EXPECT_EQ(checked(rows), rows.size());
    }
}

}  // namespace
}  // namespace kindroom::test
