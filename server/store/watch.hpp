// What a store tells of its work as a whole, for whoever counts it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace kindroom::store {

// Transactions that were made durable together.
struct CommittedGroup {
    std::uint64_t transactions = 0;
    std::uint64_t records = 0;
    std::uint64_t keys_destroyed = 0;
    std::chrono::nanoseconds took{};
};

// Why transactions were not taken, and were answered with `unavailable`.
enum class Refusal : std::uint8_t {
    disk_full,
    disk,  // any other trouble with it that may pass
    too_many_waiting,
};

// What a store writes to.
enum class Part : std::uint8_t {
    database,
    key_ring,
    count_,  // not one of them: how many there are
};

// Called on threads of the store and of its callers, at times under its lock: each is quick and calls nothing of the
// store. Empty: nobody watches.
struct Watch {
    std::function<void(const CommittedGroup& group)> on_committed{};
    std::function<void(std::uint64_t transactions, Refusal why)> on_refused{};
    // So many wait now.
    std::function<void(std::uint64_t transactions)> on_waiting{};
    // The disk does not take changes of this part any more, or takes them again. At first all are taken to work. One
    // that does not is tried again by itself.
    std::function<void(Part part, bool works)> on_turned{};
};

}  // namespace kindroom::store
