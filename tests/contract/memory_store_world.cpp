#include <gtest/gtest.h>

#include "contract/store_world.hpp"
#include "store/memory_store.hpp"
#include "support/manual_scheduler.hpp"

namespace kindroom::test {
namespace {

using store::MemoryStore;

class MemoryStoreWorld final : public StoreWorld {
  public:
    explicit MemoryStoreWorld(StoreBounds bounds) : bounds_(std::move(bounds)) {
        open(std::make_shared<store::MemoryDisk>(a_chain_key()));
    }

    store::Store& store() override { return *store_; }
    Scheduler& home() override { return home_; }
    void hold() override { held_ = true; }
    void release() override { held_ = false; }

    void reopen() override {
        // Orderly: what was asked is done. Dead: it never will be.
        if (!store_->has_crashed()) run_until([] { return false; });
        auto disk = store_->disk();
        store_.reset();
        open(std::move(disk));
    }

    std::vector<std::string> failures() const override { return {"refuse", "crash before", "crash after"}; }
    void fail(const std::string& how, std::uint64_t n) override {
        has_failed_ = false;
        const auto outcome = how == "refuse"         ? MemoryStore::Outcome::refuse
                             : how == "crash before" ? MemoryStore::Outcome::crash_before
                                                     : MemoryStore::Outcome::crash_after;
        store_->set_policy([this, outcome, n](MemoryStore::Work) mutable {
            if (has_failed_ || n-- > 0) return MemoryStore::Outcome::ok;
            has_failed_ = true;
            return outcome;
        });
    }
    bool has_failed() const override { return has_failed_; }
    bool has_died() override { return store_->has_crashed(); }
    bool is_fatal(store::Transaction transaction) override {
        EXPECT_DEATH(static_cast<void>(try_commit(std::move(transaction))), "broken assumption");
        return true;
    }

  private:
    void open(std::shared_ptr<store::MemoryDisk> disk) {
        store_ = std::make_unique<MemoryStore>(worker_, clock_, std::move(disk), bounds_.queue_max, bounds_.watch);
    }
    void run_until(const std::function<bool()>& done) override {
        while (!done()) {
            const bool worked = !held_ && worker_.run_one();
            if (!home_.run_one() && !worked) return;
        }
    }

    const StoreBounds bounds_;
    bool held_ = false;
    bool has_failed_ = false;
    VirtualClock clock_;
    ManualScheduler worker_{clock_};
    ManualScheduler home_{clock_, ManualScheduler::Here::within_tasks};
    std::unique_ptr<MemoryStore> store_;
};

}  // namespace

std::unique_ptr<StoreWorld> a_memory_store_world(StoreBounds bounds) {
    return std::make_unique<MemoryStoreWorld>(std::move(bounds));
}

}  // namespace kindroom::test
