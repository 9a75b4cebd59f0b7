// The way from shard to shard: one-way posts, nothing else.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/identity.hpp"
#include "base/assert.hpp"
#include "base/scheduler.hpp"
#include "domain/reply.hpp"

namespace kindroom::actors {

class Home;

// The shards of this process. Filled before they start and never changed, so any thread may use it.
class Shards {
  public:
    void add(Scheduler& scheduler, Home& home) { shards_.push_back({&scheduler, &home}); }
    std::uint32_t count() const { return static_cast<std::uint32_t>(shards_.size()); }
    Scheduler& scheduler(std::uint32_t shard) const { return *shards_[shard].scheduler; }

    // Where a room or an account lives.
    std::uint32_t home_of(RoomId room) const { return static_cast<std::uint32_t>(room.hash() % shards_.size()); }
    std::uint32_t home_of(AccountId account) const {
        return static_cast<std::uint32_t>(account.hash() % shards_.size());
    }
    // Where what there is only one of lives: reception and house desk.
    static constexpr std::uint32_t front = 0;

    // Runs the task on a shard, with that shard's home. Tasks from one thread to one shard keep their order.
    template <class F>
    void send(std::uint32_t shard, F task) const {
        shards_[shard].scheduler->post([home = shards_[shard].home, task = std::move(task)]() mutable { task(*home); });
    }

    void reply(const ReturnTo& to, domain::Reply reply) const;
    void refuse(const ReturnTo& to, Error error) const { reply(to, domain::Refused{.error = error}); }

  private:
    struct Shard {
        Scheduler* scheduler;
        Home* home;
    };
    std::vector<Shard> shards_;
};

}  // namespace kindroom::actors
