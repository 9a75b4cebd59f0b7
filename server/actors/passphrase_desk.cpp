#include "actors/passphrase_desk.hpp"

#include <new>

#include "ops/metrics.hpp"
#include "ops/stopwatch.hpp"

namespace kindroom::actors {

bool PassphraseDesk::take_place() {
    if (waiting_.fetch_add(1) < queue_max_) {
        metrics_.change(ops::Gauge::passphrases_waiting, 1);
        return true;
    }
    waiting_.fetch_sub(1);
    return false;
}

void PassphraseDesk::leave_place() {
    waiting_.fetch_sub(1);
    metrics_.change(ops::Gauge::passphrases_waiting, -1);
}

bool PassphraseDesk::verify(Secret passphrase, std::string hash, Scheduler& home, MoveOnlyFunction<void(bool)> then) {
    if (!take_place()) return false;
    worker_.post(
        [this, passphrase = std::move(passphrase), hash = std::move(hash), &home, then = std::move(then)]() mutable {
            const ops::Stopwatch watch;
            const bool fits = crypto::verify_passphrase(passphrase.reveal(), hash.empty() ? unmatchable_ : hash);
            metrics_.observe(ops::Timing::passphrase_check, watch.elapsed());
            leave_place();
            home.post([then = std::move(then), fits, exists = !hash.empty()]() mutable { then(fits && exists); });
        });
    return true;
}

bool PassphraseDesk::hash(Secret passphrase, Scheduler& home, MoveOnlyFunction<void(std::optional<std::string>)> then) {
    if (!take_place()) return false;
    worker_.post([this, passphrase = std::move(passphrase), &home, then = std::move(then)]() mutable {
        const ops::Stopwatch watch;
        std::optional<std::string> hashed;
        try {
            hashed = crypto::hash_passphrase(passphrase.reveal(), cost_);
        } catch (const std::bad_alloc&) {
            // The asker says "try again"; nothing else depends on this memory.
        }
        metrics_.observe(ops::Timing::passphrase_check, watch.elapsed());
        leave_place();
        home.post([then = std::move(then), hashed = std::move(hashed)]() mutable { then(std::move(hashed)); });
    });
    return true;
}

}  // namespace kindroom::actors
