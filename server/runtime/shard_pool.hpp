// The shards of a server.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "base/time.hpp"
#include "runtime/shard.hpp"

namespace kindroom::runtime {

// Made first and destroyed last in serve.cpp: whatever lives on a shard, sockets above all, must be gone before its
// io_context is.
class ShardPool {
  public:
    // 0: one per core.
    explicit ShardPool(std::size_t count);

    std::size_t size() const { return shards_.size(); }
    Shard& operator[](std::size_t index) { return *shards_[index]; }

    void start();
    // Drains, then joins: what is queued runs, and what it posts. A shard that still has something to wait for after
    // `patience` (a socket that nobody closed) is halted. Not from a shard. Afterwards the shards exist, but run
    // nothing.
    void stop(Duration patience);

  private:
    std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace kindroom::runtime
