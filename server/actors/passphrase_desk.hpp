// Hashing of passphrases, off the shards: slow on purpose, one at a time, with a bounded queue.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "base/scheduler.hpp"
#include "base/secret.hpp"
#include "crypto/passphrase.hpp"

namespace kindroom::ops {
class Metrics;
}

namespace kindroom::actors {

// Work is done on `worker`; answers come as tasks on the asker's own scheduler. Any thread may ask. When `queue_max`
// jobs wait, a job is not taken: both functions return false, and the asker answers "try again".
class PassphraseDesk {
  public:
    // What is handed in by reference outlives it.
    PassphraseDesk(Scheduler& worker, std::uint32_t queue_max, crypto::PassphraseCost cost, ops::Metrics& metrics)
        : worker_(worker),
          queue_max_(queue_max),
          cost_(cost),
          metrics_(metrics),
          unmatchable_(crypto::unmatchable_hash(cost)) {}

    // `hash` empty: there is no such account; takes as long all the same and says no.
    bool verify(Secret passphrase, std::string hash, Scheduler& home, MoveOnlyFunction<void(bool)> then);
    // The hash, or nothing if there was no memory for it.
    bool hash(Secret passphrase, Scheduler& home, MoveOnlyFunction<void(std::optional<std::string>)> then);

  private:
    bool take_place();
    void leave_place();

    Scheduler& worker_;
    const std::uint32_t queue_max_;
    const crypto::PassphraseCost cost_;
    ops::Metrics& metrics_;
    const std::string unmatchable_;
    std::atomic<std::uint32_t> waiting_{0};
};

}  // namespace kindroom::actors
