#include "store/sqlite/writer.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "store/sqlite/changes.hpp"
#include "store/sqlite/ring_binding.hpp"

namespace kindroom::store {
namespace {

// When emptying the log is tried again while readers still need it, and the ring while the disk refuses: at first, and
// at the latest.
constexpr std::chrono::milliseconds again_after_first{100};
constexpr std::chrono::milliseconds again_after_max{6'400};
// If readers kept the log from starting over for so many checkpoints' worth of pages, wait for them.
constexpr std::uint32_t patience_with_readers = 16;

bool is_failed_sync(int code) { return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC; }

// Nothing is on the disk yet, and trying again later may help.
bool may_pass(int code) {
    if (is_failed_sync(code)) return false;
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
        case SQLITE_CANTOPEN:
            return true;
        default:
            return false;
    }
}

// Whether a write into the log was refused because nothing may be written there at all, as after a disk was remounted
// read-only. The part of a transaction that makes it valid is written last, so the log does not have it.
bool log_is_read_only(sqlite3* database) {
    sqlite3_file* log = nullptr;
    sqlite3_file_control(database, nullptr, SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
    int why = 0;
    return log && log->pMethods && log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &why) == SQLITE_OK &&
           why == EROFS;
}

std::string coded(const char* sentence, int code) {
    return std::string(sentence) + " (SQLite says " + std::to_string(code) + ", " + sqlite3_errstr(code) + ").";
}

}  // namespace

Writer::Writer(std::unique_ptr<Database> database, const crypto::ChainKey& audit_key, WriterBounds bounds, Fate& fate,
               Watch watch)
    : fate_(fate),
      audit_key_(audit_key),
      bounds_(bounds),
      watch_(std::move(watch)),
      database_(std::move(database)),
      checkpoint_at_pages_(bounds.wal_pages_max),
      again_after_(again_after_first) {
    sqlite3_wal_hook(database_->handle(), &Writer::on_log_grown, this);
    thread_ = std::thread([this] { run(); });
}

void Writer::commit(Transaction transaction, Scheduler& home, Then<Committed> then) {
    Job job{std::move(transaction), &home, std::move(then)};
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < bounds_.queue_max) {
            queue_.push_back(std::move(job));
            tell_waiting();
            changed_.notify_one();
            return;
        }
    }
    if (!fate_.is_over()) refuse({&job, 1}, Refusal::too_many_waiting);
}

void Writer::refuse(std::span<Job> jobs, Refusal why) {
    if (watch_.on_refused) watch_.on_refused(jobs.size(), why);
    for (Job& job : jobs) answer(job, fate_.unavailable());
}

// Under the lock, so that the last one told is the true one.
void Writer::tell_waiting() const {
    if (watch_.on_waiting) watch_.on_waiting(queue_.size());
}

void Writer::turn(Part part, bool works) {
    bool& now = works_[static_cast<std::size_t>(part)];
    if (now == works) return;
    now = works;
    if (watch_.on_turned) watch_.on_turned(part, works);
}

void Writer::finish() {
    {
        const std::lock_guard lock(mutex_);
        finishing_ = true;
        changed_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    while (auto batch = next_batch()) {
        if (fate_.is_over()) continue;
        if (!batch->empty())
            commit(*batch);
        else if (!works(Part::database) && may_try())
            probe();
        if (!fate_.is_over()) bury_destroyed();
        if (!fate_.is_over()) tend_log();
        plan_next_try();
    }
    if (fate_.is_over()) {
        // What a failed sync left behind is for the next start to read; closing must not copy it.
        sqlite3_db_config(database_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    } else {
        if (buries_) bury(*database_);
        checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    }
    database_->close();
}

std::optional<std::vector<Writer::Job>> Writer::next_batch() {
    std::unique_lock lock(mutex_);
    const auto is_due = [this] { return finishing_ || !queue_.empty(); };
    if (has_more_to_do()) {
        changed_.wait_until(lock, again_at_, is_due);
    } else {
        changed_.wait(lock, is_due);
    }
    if (queue_.empty() && finishing_) return std::nullopt;
    const auto end =
        queue_.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(queue_.size(), bounds_.batch_max));
    std::vector<Job> batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    if (!batch.empty()) tell_waiting();
    return batch;
}

void Writer::commit(std::span<Job> jobs) {
    switch (attempt(jobs)) {
        case Ending::committed:
            for (Job& job : jobs) answer(job, Committed{});
            return;
        case Ending::refused:
            turn(Part::database, false);
            return refuse(jobs, (failure_ & 0xff) == SQLITE_FULL ? Refusal::disk_full : Refusal::disk);
        case Ending::contradicted:
            if (jobs.size() == 1)
                return fate_.end(coded("A change contradicts what is stored: a mistake of Kindroom", failure_));
            // One is guilty. Those before it are not, and were asked first.
            for (std::size_t i = 0; i < jobs.size() && !fate_.is_over(); ++i) commit(jobs.subspan(i, 1));
            return;
        case Ending::unknown:
            return fate_.end(coded(
                "The disk failed while a change was being made durable; what it holds has to be read anew", failure_));
    }
}

Writer::Ending Writer::attempt(std::span<Job> jobs) {
    const auto begun = std::chrono::steady_clock::now();
    database_->run("BEGIN IMMEDIATE");
    bool destroys_keys = false;
    CommittedGroup group{.transactions = jobs.size()};
    for (const Job& job : jobs) {
        const Destroyed destroyed = apply(*database_, job.transaction, audit_key_);
        destroys_keys |= destroyed.may_be_in_log;
        group.keys_destroyed += destroyed.keys;
        group.records += job.transaction.changes.size();
    }
    if (const int code = database_->take_failure(); code != SQLITE_OK) {
        if ((code & 0xff) == SQLITE_CONSTRAINT) return roll_back(code, Ending::contradicted);
        return roll_back(code, may_pass(code) ? Ending::refused : Ending::unknown);
    }
    database_->run("COMMIT");
    if (const int code = database_->take_failure(); code != SQLITE_OK) {
        // A full disk or one that became read-only took less than the whole, and a busy one nothing; after any other
        // error here it is unknown.
        const bool is_nowhere = (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_BUSY ||
                                (code == SQLITE_IOERR_WRITE && log_is_read_only(database_->handle()));
        return roll_back(code, is_nowhere ? Ending::refused : Ending::unknown);
    }
    wipe_log_ = wipe_log_ || destroys_keys;
    buries_ = buries_ || destroys_keys;
    group.took = std::chrono::steady_clock::now() - begun;
    // Before the answers: whoever has one finds it counted.
    if (watch_.on_committed) watch_.on_committed(group);
    turn(Part::database, true);
    return Ending::committed;
}

void Writer::probe() {
    database_->run("BEGIN IMMEDIATE");
    // Nothing is changed by it in the end, and it is written and synced all the same. A row that is given the value it
    // has would not be.
    database_->run("INSERT INTO meta (name, value) VALUES ('probe', x'00')");
    if (!database_->has_failed()) database_->run("DELETE FROM meta WHERE name = 'probe'");
    if (!database_->has_failed()) database_->run("COMMIT");
    const int code = database_->take_failure();
    if (code == SQLITE_OK) return turn(Part::database, true);
    if (roll_back(code, may_pass(code) ? Ending::refused : Ending::unknown) == Ending::unknown)
        fate_.end(coded("The disk failed while it was being tried", failure_));
}

Writer::Ending Writer::roll_back(int code, Ending ending) {
    failure_ = code;
    if (database_->in_transaction()) database_->run("ROLLBACK");
    if (const int again = database_->take_failure(); again != SQLITE_OK) {
        failure_ = again;
        return Ending::unknown;
    }
    return ending;
}

void Writer::answer(Job& job, Result<Committed> result) {
    job.home->post([then = std::move(job.then), result = std::move(result)]() mutable { then(std::move(result)); });
}

// ---- The write-ahead log --------------------------------------------------------------------------------------------

int Writer::on_log_grown(void* self, sqlite3*, const char*, int pages) {
    static_cast<Writer*>(self)->log_pages_ = static_cast<std::uint32_t>(pages);
    return SQLITE_OK;
}

void Writer::plan_next_try() {
    if (!has_more_to_do()) {
        again_after_ = again_after_first;
        again_at_ = {};
    } else if (may_try()) {
        again_at_ = std::chrono::steady_clock::now() + again_after_;
        again_after_ = std::min(2 * again_after_, again_after_max);
    }
}

bool Writer::may_try() const { return std::chrono::steady_clock::now() >= again_at_; }

void Writer::bury_destroyed() {
    if (!buries_ || !may_try()) return;
    buries_ = !bury(*database_);
    // Where the database is what refuses, that is told by its own turn.
    if (!database_->has_failed()) turn(Part::key_ring, !buries_);
    const int code = database_->take_failure();
    if (is_failed_sync(code)) fate_.end(coded("The disk failed while keys were being destroyed", code));
}

// On this thread and between groups: a checkpoint elsewhere competes with the writer and lets the log grow.
void Writer::tend_log() {
    // The log has started over since the last checkpoint.
    if (log_pages_ + bounds_.wal_pages_max < checkpoint_at_pages_) checkpoint_at_pages_ = bounds_.wal_pages_max;
    if (wipe_log_ && may_try()) {
        wipe_log_ = !checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    } else if (log_pages_ >= checkpoint_at_pages_) {
        const bool too_long = log_pages_ >= patience_with_readers * bounds_.wal_pages_max;
        checkpoint(too_long ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE);
        checkpoint_at_pages_ = log_pages_ + bounds_.wal_pages_max;
    }
}

// True if all of the log is in the database now. Other failures than that of a sync lose nothing: the log stays.
bool Writer::checkpoint(int mode) {
    const int code = sqlite3_wal_checkpoint_v2(database_->handle(), nullptr, mode, nullptr, nullptr);
    if (is_failed_sync(code)) fate_.end(coded("The disk failed while the database was being synced", code));
    return code == SQLITE_OK;
}

}  // namespace kindroom::store
