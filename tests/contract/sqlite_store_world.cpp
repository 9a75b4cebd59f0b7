#include <gtest/gtest.h>

#include "contract/store_world.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/faulty_vfs.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

class SqliteStoreWorld final : public StoreWorld {
  public:
    explicit SqliteStoreWorld(StoreBounds bounds) : bounds_(std::move(bounds)) {
        // They are counted and can fail, but nobody cuts the power here: no need to wait for the real disk.
        disk_.skip_syncs();
        open();
    }

    store::Store& store() override { return *store_; }
    Scheduler& home() override { return home_; }
    void hold() override {
        disk_.hold();
        // The writer takes up whatever it finds waiting. With this one in its hands it takes up nothing more.
        store_->commit({{store::PutMeta{"in the writer's hands", {}}}}, home_, [](auto) {});
        disk_.wait_until_held();
    }
    void release() override { disk_.release(); }

    void reopen() override {
        store_.reset();
        disk_.heal();
        died_ = false;
        open();
    }

    // A full disk refuses a write; a device in trouble loses one, or a sync.
    std::vector<std::string> failures() const override { return {"disk full", "write lost", "sync lost"}; }
    void fail(const std::string& how, std::uint64_t n) override {
        if (how == "disk full") disk_.fail(FaultyVfs::Call::write, n, SQLITE_FULL);
        if (how == "write lost") disk_.fail(FaultyVfs::Call::write, n, SQLITE_IOERR_WRITE);
        if (how == "sync lost") disk_.fail(FaultyVfs::Call::sync, n, SQLITE_IOERR_FSYNC);
    }
    bool has_failed() const override { return disk_.has_failed(); }
    bool has_died() override {
        const std::lock_guard lock(mutex_);
        return died_;
    }
    bool is_fatal(store::Transaction transaction) override { return !try_commit(std::move(transaction)) && has_died(); }

  private:
    void open() {
        auto opened = store::SqliteStore::open({.path = folder_.file("store.db"),
                                                .audit_key = a_chain_key(),
                                                .queue_max = bounds_.queue_max,
                                                .wal_pages_max = 20,
                                                .vfs = disk_.name(),
                                                .watch = bounds_.watch},
                                               clock_, [this](std::string_view) {
                                                   const std::lock_guard lock(mutex_);
                                                   died_ = true;
                                                   happened_.notify_all();
                                               });
        ASSERT_TRUE(std::holds_alternative<std::unique_ptr<store::SqliteStore>>(opened));
        store_ = std::move(std::get<0>(opened));
    }
    void run_until(const std::function<bool()>& done) override {
        std::unique_lock lock(mutex_);
        happened_.wait(lock, [&] { return done() || died_; });
    }

    const StoreBounds bounds_;
    bool died_ = false;
    TemporaryFolder folder_;
    FaultyVfs disk_;
    VirtualClock clock_;
    ThreadScheduler home_;
    std::unique_ptr<store::SqliteStore> store_;
};

}  // namespace

std::unique_ptr<StoreWorld> a_sqlite_store_world(StoreBounds bounds) {
    return std::make_unique<SqliteStoreWorld>(std::move(bounds));
}

}  // namespace kindroom::test
