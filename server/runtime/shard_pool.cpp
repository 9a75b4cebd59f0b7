#include "runtime/shard_pool.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

namespace kindroom::runtime {

ShardPool::ShardPool(std::size_t count) {
    if (count == 0) count = std::max<std::size_t>(1, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < count; ++i) shards_.push_back(std::make_unique<Shard>("shard " + std::to_string(i)));
}

void ShardPool::start() {
    for (const auto& shard : shards_) shard->start();
}

void ShardPool::stop(Duration patience) {
    using std::chrono::steady_clock;
    const auto deadline = steady_clock::now() + patience;
    for (const auto& shard : shards_) shard->finish();
    for (const auto& shard : shards_) {
        const auto left = std::chrono::duration_cast<Duration>(deadline - steady_clock::now());
        if (!shard->has_ended_within(std::max(left, Duration::zero()))) shard->halt();
    }
    for (const auto& shard : shards_) shard->join();
}

}  // namespace kindroom::runtime
