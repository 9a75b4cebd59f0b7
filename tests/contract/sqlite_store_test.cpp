// What is of SQLite alone: which file it opens, and what a failing disk does.
#include "store/sqlite/sqlite_store.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <mutex>
#include <sys/stat.h>
#include <thread>

#include "contract/store_world.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/ring_binding.hpp"
#include "support/faulty_vfs.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

using store::SqliteStore;
using testing::HasSubstr;

class SqliteFile : public testing::Test {
  protected:
    std::variant<std::unique_ptr<SqliteStore>, std::string> try_open() {
        return SqliteStore::open({.path = path(), .audit_key = a_chain_key(), .vfs = disk_.name()}, clock_,
                                 [this](std::string_view sentence) { fatal_.set_value(std::string(sentence)); });
    }
    std::unique_ptr<SqliteStore> open() { return std::move(std::get<0>(try_open())); }
    // The sentence with which opening is refused; empty if it is not.
    std::string refusal() {
        auto opened = try_open();
        const auto* sentence = std::get_if<std::string>(&opened);
        return sentence ? *sentence : "";
    }
    Result<store::Committed> commit(store::Store& store, std::vector<store::Change> changes) {
        std::promise<Result<store::Committed>> answer;
        store.commit({std::move(changes)}, home_, [&](auto result) { answer.set_value(std::move(result)); });
        return answer.get_future().get();
    }
    void write(std::string_view content) { std::ofstream(path(), std::ios::binary) << content; }
    std::string content() const { return content_of(path()); }
    std::string path() const { return folder_.file("store.db"); }

    TemporaryFolder folder_;
    FaultyVfs disk_;
    VirtualClock clock_;
    ThreadScheduler home_;
    std::promise<std::string> fatal_;
};

// ---- Opening --------------------------------------------------------------------------------------------------------

TEST_F(SqliteFile, ADatabaseIsReadableByItsOwnerOnly) {
    const auto store = open();
    commit(*store, {store::PutRoom{a_room(1)}}).value();
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        struct stat about {};
        ASSERT_EQ(::stat(entry.path().c_str(), &about), 0);
        EXPECT_EQ(about.st_mode & 0777u, 0600u) << entry.path().filename();
    }
}

TEST_F(SqliteFile, TwoServersNeverOpenOneDatabase) {
    const auto first = open();
    EXPECT_THAT(refusal(), HasSubstr("in use by another server"));
}

TEST_F(SqliteFile, AnOrderlyEndLeavesOneFileAndAFreeLock) {
    open();
    EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
    EXPECT_EQ(refusal(), "");
}

TEST_F(SqliteFile, AFileThatIsNoDatabaseIsRefusedAndLeftAsItIs) {
    const std::string letter(5'000, 'x');
    write(letter);
    EXPECT_THAT(refusal(), HasSubstr("is not a SQLite database"));
    EXPECT_EQ(content(), letter);
}

TEST_F(SqliteFile, ADatabaseOfAnotherProgramIsRefusedAndLeftAsItIs) {
    {
        store::Database other;
        other.open(path(), "");
        other.execute("CREATE TABLE somebody_elses (x)");
    }
    const auto before = content();
    EXPECT_THAT(refusal(), HasSubstr("not one of Kindroom's"));
    EXPECT_EQ(content(), before);
}

TEST_F(SqliteFile, ADatabaseOfANewerKindroomIsRefusedAndLeftAsItIs) {
    open();
    {
        store::Database newer;
        newer.open(path(), "");
        newer.execute("PRAGMA user_version = 1000");
    }
    const auto before = content();
    EXPECT_THAT(refusal(), HasSubstr("newer Kindroom"));
    EXPECT_THAT(refusal(), HasSubstr("1000"));
    EXPECT_EQ(content(), before);
}

TEST_F(SqliteFile, AFolderThatDoesNotExistIsNamed) {
    const auto missing = folder_.file("nowhere/store.db");
    auto opened = SqliteStore::open({.path = missing, .audit_key = a_chain_key()}, clock_, [](std::string_view) {});
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_THAT(std::get<std::string>(opened), HasSubstr(missing));
}

TEST_F(SqliteFile, AMigrationThatFailsAtAnyWriteLeavesTheOldOrTheNewSchemaAndCanBeTriedAgain) {
    for (std::uint64_t n = 0; n < 1'000; ++n) {
        SCOPED_TRACE(n);
        std::filesystem::remove(path());
        disk_.fail(FaultyVfs::Call::write, n, SQLITE_FULL);
        const auto sentence = refusal();
        const bool failed = disk_.has_failed();
        disk_.heal();
        ASSERT_EQ(refusal(), "");
        if (!failed) return;
        // A failure while closing is nobody's loss; any other is told.
        EXPECT_THAT(sentence, testing::AnyOf("", HasSubstr("full")));
    }
    FAIL() << "it never succeeds";
}

// ---- A disk in trouble ----------------------------------------------------------------------------------------------

TEST_F(SqliteFile, AFullDiskRefusesWithATimeToAskAgainWhileReadsGoOnAndRecoversByItself) {
    const auto store = open();
    commit(*store, {store::PutRoom{a_room(1)}}).value();
    disk_.fail(FaultyVfs::Call::write, 0, SQLITE_FULL, FaultyVfs::Lasting::until_healed);
    for (int i = 0; i < 3; ++i) {
        const auto refused = commit(*store, {store::PutRoom{a_room(2)}});
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error(), refuse_until(Errc::unavailable, clock_.now() + Duration{1'000}));
    }
    std::promise<std::size_t> rooms;
    store->list_rooms(home_, [&](auto answer) { rooms.set_value(answer.value().size()); });
    EXPECT_EQ(rooms.get_future().get(), 1u);
    disk_.heal();
    EXPECT_TRUE(commit(*store, {store::PutRoom{a_room(2)}}).has_value());
}

TEST_F(SqliteFile, AFailedSyncIsFatalAndToldInOneSentenceWithoutAnAnswer) {
    auto store = open();
    disk_.fail(FaultyVfs::Call::sync, 0, SQLITE_IOERR_FSYNC);
    store->commit({{store::PutRoom{a_room(1)}}}, home_, [](auto) { ADD_FAILURE() << "answered"; });
    EXPECT_THAT(fatal_.get_future().get(), HasSubstr("1034"));
    // The disk is well again, and still nothing is said: what it holds is not known.
    store->commit({{store::PutRoom{a_room(2)}}}, home_, [](auto) { ADD_FAILURE() << "answered"; });
    store.reset();
    home_.settle();
    EXPECT_EQ(refusal(), "");
}

TEST_F(SqliteFile, OneGuiltyTransactionOfAGroupTakesNoInnocentOneBeforeItAlong) {
    auto store = open();
    commit(*store, {store::InsertKey{a_key(an_id<DataKeyId>(1))}}).value();
    std::atomic<int> answered = 0;
    const auto count = [&](auto answer) { answered += answer.has_value(); };
    disk_.hold();
    // The first waits at the disk; the others become one group behind it.
    store->commit({{store::PutMeta{"name 0", {}}}}, home_, count);
    disk_.wait_until_held();
    store->commit({{store::PutMeta{"name 1", {}}}}, home_, count);
    store->commit({{store::PutMeta{"name 2", {}}}}, home_, count);
    store->commit({{store::PutMeta{"guilty", {}}, store::InsertKey{a_key(an_id<DataKeyId>(1))}}}, home_, count);
    store->commit({{store::PutMeta{"name 3", {}}}}, home_, count);
    disk_.release();
    EXPECT_THAT(fatal_.get_future().get(), HasSubstr("contradicts"));
    store.reset();
    home_.settle();
    EXPECT_EQ(answered, 3);

    store = open();
    const auto is_kept = [&](const std::string& name) {
        std::promise<bool> kept;
        store->read_meta(name, home_, [&](auto answer) { kept.set_value(answer.value().has_value()); });
        return kept.get_future().get();
    };
    EXPECT_TRUE(is_kept("name 1") && is_kept("name 2"));
    EXPECT_FALSE(is_kept("guilty") || is_kept("name 3"));
}

TEST_F(SqliteFile, WhatAFullDiskRefusesIsToldToWhoeverCounts) {
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<bool> is_full = false;
    auto opened = SqliteStore::open({.path = path(),
                                     .audit_key = a_chain_key(),
                                     .vfs = disk_.name(),
                                     .watch = {.on_refused =
                                                   [&](std::uint64_t transactions, store::Refusal why) {
                                                       refused += transactions;
                                                       is_full = why == store::Refusal::disk_full;
                                                   }}},
                                    clock_, [](std::string_view) {});
    const auto& store = std::get<0>(opened);
    disk_.fail(FaultyVfs::Call::write, 0, SQLITE_FULL, FaultyVfs::Lasting::until_healed);
    EXPECT_FALSE(commit(*store, {store::PutRoom{a_room(1)}}).has_value());
    EXPECT_EQ(refused, 1u);
    EXPECT_TRUE(is_full);
    disk_.heal();
    EXPECT_TRUE(commit(*store, {store::PutRoom{a_room(1)}}).has_value());
    EXPECT_EQ(refused, 1u);
}

// ---- What does not work, and works again ----------------------------------------------------------------------------

// What a store tells of itself, in order, for a test that waits for it.
class Turns {
  public:
    store::Watch watch() {
        return {.on_turned = [this](store::Part part, bool works) {
            const std::lock_guard lock(mutex_);
            told_.emplace_back(part, works);
            changed_.notify_one();
        }};
    }
    // The next one; the test is over when it does not come.
    std::pair<store::Part, bool> next() {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, std::chrono::seconds(60), [this] { return !told_.empty(); })) {
            ADD_FAILURE() << "nothing is told";
            return {};
        }
        const auto turn = told_.front();
        told_.pop_front();
        return turn;
    }

    // Nothing is told that next() has not given.
    bool is_silent() {
        const std::lock_guard lock(mutex_);
        return told_.empty();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<store::Part, bool>> told_;
};

using Turn = std::pair<store::Part, bool>;

// Nobody is sent to a server that is not ready, so nobody would find out by asking.
TEST_F(SqliteFile, AFullDiskIsToldAndThatItIsWellAgainWithoutAnyoneWhoAsks) {
    Turns turns;
    auto opened =
        SqliteStore::open({.path = path(), .audit_key = a_chain_key(), .vfs = disk_.name(), .watch = turns.watch()},
                          clock_, [](std::string_view) {});
    const auto& store = std::get<0>(opened);
    disk_.fail(FaultyVfs::Call::write, 0, SQLITE_FULL, FaultyVfs::Lasting::until_healed);
    EXPECT_FALSE(commit(*store, {store::PutRoom{a_room(1)}}).has_value());
    EXPECT_EQ(turns.next(), Turn(store::Part::database, false));
    // It is tried in earnest, however often, and nothing is told until that succeeds.
    for (int tries = 0; tries < 2; ++tries) {
        disk_.fail(FaultyVfs::Call::write, 0, SQLITE_FULL, FaultyVfs::Lasting::until_healed);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!disk_.has_failed() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
        ASSERT_TRUE(disk_.has_failed());
    }
    EXPECT_TRUE(turns.is_silent());
    disk_.heal();
    EXPECT_EQ(turns.next(), Turn(store::Part::database, true));
    EXPECT_TRUE(commit(*store, {store::PutRoom{a_room(1)}}).has_value());
}

TEST_F(SqliteFile, ARingThatCannotBeWrittenIsToldAndThatWhatWaitedIsDestroyed) {
    Turns turns;
    const auto room = a_room(1).id;
    auto opened =
        SqliteStore::open({.path = path(), .audit_key = a_chain_key(), .vfs = disk_.name(), .watch = turns.watch()},
                          clock_, [](std::string_view) {});
    const auto& store = std::get<0>(opened);
    commit(*store, {store::PutRoom{a_room(1)}, store::InsertKey{a_key(place_key_of(room), room, a_day)}}).value();
    // In the way of the new one, whoever runs the test.
    std::filesystem::create_directory(path() + ".ring.new");
    commit(*store, {store::ExpireRoom{room, a_day}}).value();
    EXPECT_EQ(turns.next(), Turn(store::Part::key_ring, false));
    EXPECT_TRUE(commit(*store, {store::PutMeta{"talk goes on", {}}}).has_value());
    std::filesystem::remove(path() + ".ring.new");
    EXPECT_EQ(turns.next(), Turn(store::Part::key_ring, true));
    const auto ring = store::KeyRing::open(path() + ".ring");
    EXPECT_FALSE(std::get<store::KeyRing>(ring).has(store::KeyRing::last_day(a_day)));
}

// ---- The write-ahead log --------------------------------------------------------------------------------------------

TEST_F(SqliteFile, TheLogDoesNotGrowWithoutBoundWhileTheStoreIsOpen) {
    auto opened =
        SqliteStore::open({.path = path(), .audit_key = a_chain_key(), .wal_pages_max = 50, .vfs = disk_.name()},
                          clock_, [](std::string_view) {});
    const auto& store = std::get<0>(opened);
    disk_.skip_syncs();
    for (int i = 0; i < 400; ++i) commit(*store, {store::PutMeta{"name", Bytes(20'000)}}).value();
    EXPECT_LT(std::filesystem::file_size(path() + "-wal"), 1'000'000u);
}

TEST_F(SqliteFile, P12ADestroyedKeyIsNeitherInTheDatabaseNorInItsLog) {
    const auto room = a_room(1).id;
    auto store = open();
    commit(*store, {store::PutRoom{a_room(1)}, store::InsertKey{a_key(place_key_of(room), room, a_day)},
                    store::InsertMessage{a_message(room, 1)}})
        .value();
    // As it lies there, under the key ring.
    std::string canary;
    {
        store::Database db;
        ASSERT_EQ(store::open_to_look(db, path()), "");
        const auto stored = store::stored_keys(db);
        ASSERT_EQ(stored.size(), 1u);
        canary = as_text(stored[0].key.wrapped);
    }
    const auto is_on_the_disk = [&] {
        return (content() + content_of(path() + "-wal")).find(canary) != std::string::npos;
    };
    EXPECT_TRUE(is_on_the_disk());
    commit(*store, {store::ExpireRoom{room, a_day}}).value();
    // Emptying the log follows the answer on the same thread; what is asked next is answered after it.
    commit(*store, {store::PutMeta{"fence", {}}}).value();
    EXPECT_FALSE(is_on_the_disk());
}

}  // namespace
}  // namespace kindroom::test
