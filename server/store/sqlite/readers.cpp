#include "store/sqlite/readers.hpp"

namespace kindroom::store {

Readers::Readers(std::vector<std::unique_ptr<Database>> databases, std::uint32_t queue_max, Fate& fate)
    : fate_(fate), queue_max_(queue_max), databases_(std::move(databases)) {
    for (auto& database : databases_) threads_.emplace_back([this, &database] { run(*database); });
}

void Readers::finish() {
    {
        const std::lock_guard lock(mutex_);
        finishing_ = true;
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Readers::enqueue(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < queue_max_) {
            queue_.push_back(std::move(job));
            changed_.notify_one();
            return;
        }
    }
    job(nullptr);
}

void Readers::run(Database& database) {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return finishing_ || !queue_.empty(); });
        if (queue_.empty()) break;
        Job job = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        if (!fate_.is_over()) job(&database);
        // What the job owns goes before the lock is held again.
        job = nullptr;
        lock.lock();
    }
    lock.unlock();
    database.close();
}

bool Readers::end(Database& database) {
    const int code = database.take_failure();
    if (database.in_transaction()) database.run("COMMIT");
    const int at_the_end = database.take_failure();
    return code == SQLITE_OK && at_the_end == SQLITE_OK;
}

}  // namespace kindroom::store
