// PROMISES P2: an acknowledged message survives a loss of power, whatever part of the unsynced writes the disk kept.
#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>

#include "store/sqlite/database_file.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/environment.hpp"
#include "support/faulty_vfs.hpp"
#include "support/power_cut.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

const RoomId room = a_room(1).id;
constexpr std::uint64_t transactions = 200;
constexpr std::uint64_t messages_each = 3;

std::uint64_t points_wanted() { return from_environment("KINDROOM_POINTS").value_or(2'000); }

// Counts answers in the moment in which the store gives them, and keeps them.
class CountingHome final : public Scheduler {
  public:
    void post(Task task) override {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
        count_.store(tasks_.size());
        answered_.notify_all();
    }
    void after(Duration, Task) override {}
    bool is_here() const override { return true; }

    std::uint64_t count() const { return count_.load(); }
    void wait_for(std::uint64_t answers) {
        std::unique_lock lock(mutex_);
        answered_.wait(lock, [&] { return tasks_.size() >= answers; });
    }
    void run_all() {
        for (Task& task : tasks_) task();
    }

  private:
    std::mutex mutex_;
    std::condition_variable answered_;
    std::vector<Task> tasks_;
    std::atomic<std::uint64_t> count_ = 0;
};

std::unique_ptr<store::SqliteStore> open(const std::string& path, const FaultyVfs& disk, const Clock& clock) {
    // Small batches and frequent checkpoints: many different moments.
    auto opened =
        store::SqliteStore::open({.path = path,
                                  .audit_key = a_chain_key(),
                                  .readers = 1,
                                  .batch_max = 3,
                                  .wal_pages_max = 25,
                                  .vfs = disk.name()},
                                 clock, [](std::string_view sentence) { FAIL() << sentence; });
    if (auto* trouble = std::get_if<std::string>(&opened)) {
        ADD_FAILURE() << *trouble;
        return nullptr;
    }
    return std::move(std::get<0>(opened));
}

// A transaction of several messages, so that half of one would show.
store::Transaction some_messages(std::uint64_t number) {
    store::Transaction transaction;
    for (std::uint64_t i = 1; i <= messages_each; ++i)
        transaction.changes.push_back(store::InsertMessage{a_message(room, number * messages_each + i)});
    return transaction;
}

// What one run of the script wrote, from the making of the file on.
std::vector<DiskEvent> a_recorded_run(const Clock& clock) {
    const TemporaryFolder folder;
    FaultyVfs disk;
    CountingHome home;
    disk.record([&home] { return home.count(); });
    {
        const auto store = open(folder.file("store.db"), disk, clock);
        const auto succeeds = [](auto answer) { ASSERT_TRUE(answer.has_value()); };
        store->commit({{store::PutRoom{a_room(1)}}}, home, succeeds);
        for (std::uint64_t i = 0; i < transactions; ++i) {
            store->commit(some_messages(i), home, succeeds);
            // Now and then everybody waits, so that groups of different sizes come about.
            if (i % 7 == 0) home.wait_for(i + 2);
        }
    }
    EXPECT_EQ(home.count(), transactions + 1);
    home.run_all();
    return disk.take_record();
}

struct Found {
    std::string integrity;
    // That of the room, and those of messages.
    std::uint64_t whole_transactions = 0;
    bool has_half_a_transaction = false;
    bool has_holes = false;
};

Found found_in(const std::string& path, const FaultyVfs& disk) {
    store::Database database;
    Found found;
    found.integrity = store::open_for_writing(database, path, disk.name());
    if (!found.integrity.empty()) return found;
    const auto number = [&](store::Sql sql) {
        store::Rows rows = database.query(sql);
        return rows.next() ? rows.take<std::uint64_t>() : UINT64_MAX;
    };
    const auto messages = number("SELECT count(*) FROM messages");
    found.has_half_a_transaction = messages % messages_each != 0;
    found.has_holes = messages != number("SELECT ifnull(max(position), 0) FROM messages") ||
                      messages != number("SELECT count(*) FROM steps");
    found.whole_transactions = number("SELECT count(*) FROM rooms") + messages / messages_each;
    store::Rows rows = database.query("PRAGMA integrity_check");
    found.integrity = rows.next() ? rows.take<std::string>() : "no answer";
    return found;
}

TEST(SqliteStore, P2NoAcknowledgedMessageIsLostAtAnyPowerCutWhateverTheDiskKept) {
    const VirtualClock clock;
    FaultyVfs hasty;
    hasty.skip_syncs();
    const TemporaryFolder folder;
    const auto events = a_recorded_run(clock);
    ASSERT_GT(events.size(), 500u);

    // Each moment of the run in turn, and all of them again with another seed until there are enough.
    std::uint64_t points = 0;
    for (std::uint64_t seed = 1; points < points_wanted(); ++seed) {
        PowerCut disk(seed);
        for (std::size_t at = 0; at < events.size() && points < points_wanted(); ++at, ++points) {
            disk.happen(events[at]);
            SCOPED_TRACE("seed " + std::to_string(seed) + ", after event " + std::to_string(at));
            disk.leave_behind(folder.path());
            const auto found = found_in(folder.file("store.db"), hasty);
            ASSERT_EQ(found.integrity, "ok");
            ASSERT_FALSE(found.has_half_a_transaction);
            ASSERT_FALSE(found.has_holes);
            ASSERT_GE(found.whole_transactions, events[at].acknowledged);
        }
    }
    RecordProperty("power_cuts", static_cast<int>(points));
    RecordProperty("moments", static_cast<int>(events.size()));
}

}  // namespace
}  // namespace kindroom::test
