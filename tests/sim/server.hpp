// A whole server in one thread: the real actors, codec, bus and store logic on schedulers that the simulation steps.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "actors/home.hpp"
#include "actors/passphrase_desk.hpp"
#include "bus/local_bus.hpp"
#include "ops/metrics.hpp"
#include "store/memory_store.hpp"
#include "support/manual_scheduler.hpp"

namespace kindroom::sim {

// Whoever comes in may speak at once, however many come: for tests that are about something else.
inline void without_first_visits(Limits& limits) {
    limits.listen_only_default = Duration{0};
    limits.wave_joins_max = limits.pile_on_people_max = 10'000;
}

// What a house keeps while its server dies and comes back.
struct HouseGround {
    explicit HouseGround(std::uint64_t seed);
    // Those that this house can open.
    std::map<DataKeyId, crypto::DataKey> opened(const std::vector<store::WrappedKey>& keys) const;

    test::VirtualClock clock;
    Limits limits;
    crypto::MasterKey master;
    crypto::Vault vault;
    crypto::Names names;
    crypto::CursorSealer cursors;
    // Costly to make and never asked.
    ops::Metrics metrics;
    std::shared_ptr<store::MemoryDisk> disk = std::make_shared<store::MemoryDisk>();
    // What the house looks for in messages; null: nothing.
    filters::FilterSetPtr filters;
    std::vector<domain::HelpEntry> help;
};

class SimServer {
  public:
    SimServer(HouseGround& ground, std::uint32_t shards, std::uint64_t seed);
    // Dies at once: whatever was not durable is lost.
    ~SimServer();

    // What every process does at its start; `ready` may be told false when the store refuses.
    void open(MoveOnlyFunction<void(bool)> ready);
    // What a running one does when the operator has changed the files and asks it to read them again.
    void read_again();

    // What is drawn from now on is a function of the seed, the shard and this moment.
    void draw_anew(std::uint64_t seed);

    actors::Home& home(std::uint32_t shard) { return *homes_[shard]; }
    Scheduler& scheduler(std::uint32_t shard) { return shards_[shard]; }
    std::uint32_t shards() const { return static_cast<std::uint32_t>(homes_.size()); }
    store::MemoryStore& store() { return store_; }
    const test::ManualScheduler& store_worker() const { return store_worker_; }
    // All of them, workers included, for whoever steps them.
    const std::vector<test::ManualScheduler*>& schedulers() const { return all_; }

  private:
    actors::HouseTexts texts() const;

    const HouseGround& ground_;
    std::deque<test::ManualScheduler> shards_;
    test::ManualScheduler store_worker_;
    test::ManualScheduler passphrase_worker_;
    std::vector<test::ManualScheduler*> all_;
    store::MemoryStore store_;
    bus::LocalBus bus_;
    actors::PassphraseDesk passphrases_;
    actors::Shards registry_;
    actors::Services services_;
    std::vector<std::unique_ptr<actors::Home>> homes_;
};

// The house rules that a simulated house begins with.
actors::HouseTexts house_texts();

}  // namespace kindroom::sim
