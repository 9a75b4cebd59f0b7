// The threads that read, each with a connection of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite/database.hpp"
#include "store/sqlite/fate.hpp"
#include "store/store.hpp"

namespace kindroom::store {

// Few, since readers that hammer SQLite starve its writer. Each question is answered within one read transaction, which
// begins after it was asked and so sees every commit that was answered before. Any error answers `unavailable`: reading
// changes nothing, so the next one starts afresh.
class Readers {
  public:
    Readers(std::vector<std::unique_ptr<Database>> databases, std::uint32_t queue_max, Fate& fate);
    ~Readers() { finish(); }

    // Any thread. `body` is called as body(Database&) -> T on a reader.
    template <class T, class Body>
    void read(Scheduler& home, Then<T> then, Body body) {
        auto answer = [this, &home, then = std::move(then)](Result<T> result) mutable {
            if (fate_.is_over()) return;
            home.post([then = std::move(then), result = std::move(result)]() mutable { then(std::move(result)); });
        };
        // A null database: too many wait.
        enqueue([this, answer = std::move(answer), body = std::move(body)](Database* database) mutable {
            if (!database) return answer(fate_.unavailable());
            database->run("BEGIN");
            T value = body(*database);
            answer(end(*database) ? Result<T>(std::move(value)) : Result<T>(fate_.unavailable()));
        });
    }

    // Answers what is queued and closes the connections. Idempotent.
    void finish();

  private:
    using Job = MoveOnlyFunction<void(Database*)>;

    void enqueue(Job job);
    void run(Database& database);
    // Ends the read transaction; whether all of it went well.
    static bool end(Database& database);

    Fate& fate_;
    const std::uint32_t queue_max_;
    // Each belongs to the thread of the same number.
    std::vector<std::unique_ptr<Database>> databases_;

    // Guards the queue and `finishing_`.
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> queue_;
    bool finishing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kindroom::store
