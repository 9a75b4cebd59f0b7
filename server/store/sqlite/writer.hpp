// The one thread that writes: group commit and checkpoints.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "store/sqlite/database.hpp"
#include "store/sqlite/fate.hpp"
#include "store/store.hpp"
#include "store/watch.hpp"

namespace kindroom::store {

struct WriterBounds {
    // Transactions that may wait; one more is refused.
    std::uint32_t queue_max;
    // Transactions in one group commit.
    std::uint32_t batch_max;
    // The write-ahead log is copied into the database when it has grown by so many pages.
    std::uint32_t wal_pages_max;
};

// Owner of the connection: its own thread. Order: all that queued up while the last group was written becomes the next
// one; begin, apply each, commit (which syncs), answer each; then, between groups, the checkpoint. Failure: a full or
// busy disk refuses the group and the next one is tried afresh; a transaction that contradicts what is stored is found
// by trying each of its group alone, and ends the store like a commit of which nobody knows whether it is on the disk.
class Writer {
  public:
    Writer(std::unique_ptr<Database> database, const crypto::ChainKey& audit_key, WriterBounds bounds, Fate& fate,
           Watch watch);
    ~Writer() { finish(); }

    // Any thread.
    void commit(Transaction transaction, Scheduler& home, Then<Committed> then);
    // Commits what is queued, empties the write-ahead log into the database and closes it. Idempotent.
    void finish();

  private:
    struct Job {
        Transaction transaction;
        Scheduler* home;
        Then<Committed> then;
    };
    enum class Ending { committed, refused, contradicted, unknown };

    void run();
    // Empty when it is only time to try again what could not be done; nothing when the writer is to finish.
    std::optional<std::vector<Job>> next_batch();
    void commit(std::span<Job> jobs);
    Ending attempt(std::span<Job> jobs);
    Ending roll_back(int code, Ending ending);
    void refuse(std::span<Job> jobs, Refusal why);
    void tell_waiting() const;
    void turn(Part part, bool works);
    bool works(Part part) const { return works_[static_cast<std::size_t>(part)]; }
    // Whether a refused database takes changes again; else nobody would be sent here who could find out.
    void probe();
    static void answer(Job& job, Result<Committed> result);
    void bury_destroyed();
    bool has_more_to_do() const { return wipe_log_ || buries_ || !works(Part::database); }
    void plan_next_try();
    bool may_try() const;
    void tend_log();
    bool checkpoint(int mode);
    static int on_log_grown(void* self, sqlite3*, const char*, int pages);

    Fate& fate_;
    const crypto::ChainKey audit_key_;
    const WriterBounds bounds_;
    const Watch watch_;
    // The writer thread's own.
    std::unique_ptr<Database> database_;
    int failure_ = SQLITE_OK;
    std::uint32_t log_pages_ = 0;
    std::uint32_t checkpoint_at_pages_;
    // A destroyed key may still be in the log, from before a crash too; it has to be emptied.
    bool wipe_log_ = true;
    // What was destroyed in the database has still to be destroyed in the ring.
    bool buries_ = false;
    std::array<bool, static_cast<std::size_t>(Part::count_)> works_{true, true};
    // When what could not be done is tried again: later each time, so that whoever reads for long, as a backup does, is
    // not in the writer's way.
    std::chrono::milliseconds again_after_;
    std::chrono::steady_clock::time_point again_at_{};

    // Guards the queue and `finishing_`.
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> queue_;
    bool finishing_ = false;
    std::thread thread_;
};

}  // namespace kindroom::store
