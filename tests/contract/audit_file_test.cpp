// Somebody has had the database file in their hands. Whatever they did to the audit log, it is found, and the first row
// that they touched is named.
#include <fstream>
#include <future>
#include <gtest/gtest.h>
#include <random>
#include <sqlite3.h>

#include "operator/audit.hpp"
#include "store/sqlite/audit_file.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/environment.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

constexpr std::uint64_t rows = 60;

int mutations_wanted() { return static_cast<int>(from_environment("KINDROOM_MUTATIONS").value_or(500)); }

std::uint64_t seed() { return from_environment("KINDROOM_SEED").value_or(20'261'127); }

class AuditFileTest : public testing::Test {
  protected:
    AuditFileTest() {
        append(1, rows);
        content_ = bytes();
        read_rows();
    }

    // In transactions of one to three entries, as a server that runs and stops writes them.
    void append(std::uint64_t first, std::uint64_t last) {
        const VirtualClock clock;
        ThreadScheduler home;
        auto opened =
            store::SqliteStore::open({.path = path(), .audit_key = a_chain_key()}, clock, [](std::string_view) {});
        for (std::uint64_t i = first; i <= last;) {
            store::Transaction transaction;
            for (const std::uint64_t end = std::min(last, i + i % 3); i <= end; ++i)
                transaction.changes.push_back(store::AppendAudit{an_audit_entry(i)});
            std::get<0>(opened)->commit(std::move(transaction), home, [](auto answer) { EXPECT_TRUE(answer); });
        }
    }

    std::string bytes() const { return content_of(path()); }

    void read_rows() {
        auto file = store::AuditFile::open(path());
        rows_.clear();
        EXPECT_TRUE(std::get<store::AuditFile>(file).walk([this](const auto& row) {
            rows_.push_back(row);
            return true;
        }));
    }

    operator_::AuditVerdict verdict(const std::vector<operator_::NotedHead>& noted = {},
                                    const std::optional<crypto::ChainHash>& head = {}) {
        auto opened = store::AuditFile::open(path());
        auto& file = std::get<store::AuditFile>(opened);
        return operator_::verify([&file](const auto& each) { return file.walk(each); }, a_chain_key(), noted, head);
    }

    void sql(const std::string& statements) {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(path().c_str(), &handle), SQLITE_OK);
        // Nobody cuts the power here: no need to wait for the disk.
        sqlite3_exec(handle, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
        EXPECT_EQ(sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << statements;
        sqlite3_close(handle);
    }
    void restore() {
        std::filesystem::remove(path() + "-wal");
        std::filesystem::remove(path() + "-shm");
        std::ofstream(path(), std::ios::binary) << content_;
    }

    operator_::NotedHead noted(std::uint64_t number) const {
        return {.at = a_day + std::chrono::hours(number), .head = store::head_of(rows_[number - 1])};
    }
    std::uint64_t any_row() { return 1 + chance_() % rows; }
    std::string path() const { return folder_.file("kindroom.db"); }

    // Each does something to the log and gives the first row that is not what it was.
    std::uint64_t flip_a_bit_of_the_file();
    std::uint64_t flip_a_bit_of_a_column();
    std::uint64_t delete_rows();
    std::uint64_t insert_a_row();
    std::uint64_t swap_two_rows();
    std::uint64_t cut_off_the_end();

    TemporaryFolder folder_;
    std::string content_;
    std::vector<store::AuditRow> rows_;
    std::mt19937_64 chance_{seed()};
};

std::string blob(const Bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "x'";
    for (const std::byte byte : bytes) {
        out += digits[std::to_integer<std::size_t>(byte) >> 4];
        out += digits[std::to_integer<std::size_t>(byte) & 15];
    }
    return out + "'";
}

// In the pages of the file itself, as a disk or a hand with a hex editor would.
std::uint64_t AuditFileTest::flip_a_bit_of_the_file() {
    const std::uint64_t row = any_row();
    const std::string cell =
        std::string(as_text(rows_[row - 1].entry)) + std::string(as_text(rows_[row - 1].hash));
    const auto at = content_.find(cell);
    EXPECT_NE(at, std::string::npos);
    std::string changed = content_;
    changed[at + chance_() % cell.size()] ^= static_cast<char>(1 << chance_() % 8);
    std::ofstream(path(), std::ios::binary) << changed;
    return row;
}

std::uint64_t AuditFileTest::flip_a_bit_of_a_column() {
    const std::uint64_t row = any_row();
    const bool in_entry = chance_() % 2 == 0;
    Bytes bytes = in_entry ? rows_[row - 1].entry : rows_[row - 1].hash;
    bytes[chance_() % bytes.size()] ^= static_cast<std::byte>(1 << chance_() % 8);
    sql("UPDATE audit_log SET " + std::string(in_entry ? "entry" : "hash") + " = " + blob(bytes) +
        " WHERE number = " + std::to_string(row));
    return row;
}

// From the middle, with or without closing the gap.
std::uint64_t AuditFileTest::delete_rows() {
    const std::uint64_t first = 1 + chance_() % (rows - 5);
    const std::uint64_t count = 1 + chance_() % 4;
    sql("DELETE FROM audit_log WHERE number BETWEEN " + std::to_string(first) + " AND " +
        std::to_string(first + count - 1));
    if (chance_() % 2 == 0)
        sql("UPDATE audit_log SET number = -(number - " + std::to_string(count) + ") WHERE number > " +
            std::to_string(first) + "; UPDATE audit_log SET number = -number WHERE number < 0");
    return first;
}

// A made-up one, or a true one once more, anywhere: those behind it move on by one.
std::uint64_t AuditFileTest::insert_a_row() {
    const std::uint64_t at = 1 + chance_() % (rows + 1);
    const auto& like = rows_[any_row() - 1];
    const bool is_made_up = chance_() % 2 == 0;
    const auto entry = is_made_up ? to_bytes(domain::pack(an_audit_entry(1'000))) : like.entry;
    const auto number = std::to_string(at);
    sql("UPDATE audit_log SET number = -(number + 1) WHERE number >= " + number +
        "; UPDATE audit_log SET number = -number WHERE number < 0; INSERT INTO audit_log VALUES (" + number + ", " +
        blob(entry) + ", " + blob(like.hash) + ")");
    // Two of one kind: the first of them is as true as it was.
    return !is_made_up && like.number == at ? at + 1 : at;
}

std::uint64_t AuditFileTest::swap_two_rows() {
    const std::uint64_t one = any_row();
    const std::uint64_t other = 1 + (one + chance_() % (rows - 1)) % rows;
    const auto a = std::to_string(one);
    const auto b = std::to_string(other);
    sql("UPDATE audit_log SET number = -1 WHERE number = " + a + "; UPDATE audit_log SET number = " + a +
        " WHERE number = " + b + "; UPDATE audit_log SET number = " + b + " WHERE number = -1");
    return std::min(one, other);
}

std::uint64_t AuditFileTest::cut_off_the_end() {
    const std::uint64_t first = any_row();
    sql("DELETE FROM audit_log WHERE number >= " + std::to_string(first));
    return first;
}

TEST_F(AuditFileTest, ALogThatNobodyTouchedIsTrueWithItsHead) {
    const auto found = verdict({noted(20), noted(rows)}, noted(rows).head.hash);
    EXPECT_EQ(found.first_bad, 0u) << found.why;
    EXPECT_EQ(found.head, noted(rows).head);
}

TEST_F(AuditFileTest, LookingAtItLeavesTheFileAsItIsWithTheServerRunningToo) {
    const VirtualClock clock;
    ThreadScheduler home;
    auto opened =
        store::SqliteStore::open({.path = path(), .audit_key = a_chain_key()}, clock, [](std::string_view) {});
    const auto commit = [&](store::Transaction transaction) {
        std::promise<void> written;
        std::get<0>(opened)->commit(std::move(transaction), home, [&](auto) { written.set_value(); });
        written.get_future().wait();
    };
    commit({{store::AppendAudit{an_audit_entry(99)}}});
    // Its answer comes when the writer has put in order what the one before had left in the log of the database.
    commit({});
    const std::string before = bytes();
    EXPECT_EQ(verdict().head.number, rows + 1);
    EXPECT_TRUE(bytes() == before);
}

TEST_F(AuditFileTest, AnotherKeyMakesNoRowTrue) {
    auto opened = store::AuditFile::open(path());
    auto& file = std::get<store::AuditFile>(opened);
    const auto other = crypto::ChainKey::without_secret();
    EXPECT_EQ(operator_::verify([&file](const auto& each) { return file.walk(each); }, other, {}, {}).first_bad, 1u);
}

TEST_F(AuditFileTest, P11EveryMutationIsFoundAndTheFirstBadRowIsNamed) {
    RecordProperty("seed", std::to_string(seed()));
    const std::vector<operator_::NotedHead> whole{noted(rows)};
    for (int i = 0; i < mutations_wanted(); ++i) {
        SCOPED_TRACE("KINDROOM_SEED=" + std::to_string(seed()) + ", mutation " + std::to_string(i));
        restore();
        std::uint64_t first = 0;
        switch (chance_() % 6) {
            case 0:
                first = flip_a_bit_of_the_file();
                break;
            case 1:
                first = flip_a_bit_of_a_column();
                break;
            case 2:
                first = delete_rows();
                break;
            case 3:
                first = insert_a_row();
                break;
            case 4:
                first = swap_two_rows();
                break;
            case 5:
                first = cut_off_the_end();
                break;
        }
        // A head that was noted elsewhere does it too, without the file of heads.
        const bool by_hand = chance_() % 2 == 0;
        const auto found = by_hand ? verdict({}, whole.front().head.hash) : verdict(whole);
        ASSERT_EQ(found.first_bad, first) << found.why;
        ASSERT_FALSE(found.why.empty());
        ASSERT_EQ(found.head.number, first - 1);
    }
}

TEST_F(AuditFileTest, ALogThatWasCutAndThenWentOnDisagreesWithWhatWasNotedBefore) {
    for (int i = 0; i < 5; ++i) {
        restore();
        const std::uint64_t first = 21 + chance_() % (rows - 20);
        sql("DELETE FROM audit_log WHERE number >= " + std::to_string(first));
        append(500, 600);
        // The server has gone on noting heads of the log that it found.
        auto opened = store::AuditFile::open(path());
        store::AuditHead last;
        std::get<store::AuditFile>(opened).walk([&last](const auto& row) {
            last = store::head_of(row);
            return true;
        });
        const operator_::NotedHead later{.at = a_day + std::chrono::hours(1'000), .head = last};
        const auto found = verdict({noted(20), noted(rows), later});
        EXPECT_EQ(found.first_bad, 21u);
        EXPECT_NE(found.why.find("row 60 is not the one that was noted"), std::string::npos) << found.why;
    }
}

}  // namespace
}  // namespace kindroom::test
