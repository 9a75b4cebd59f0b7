// One thread and all that lives on it.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <future>
#include <optional>
#include <string>
#include <thread>

#include "base/assert.hpp"
#include "base/scheduler.hpp"
#include "runtime/timers.hpp"

namespace kindroom::runtime {

// A thread with one io_context: being on it is the only lock that its actors and connections need. What its tasks leave
// behind on the stack is overwritten every second (PROMISES P12).
//
// An exception that leaves a task: std::bad_alloc is counted and the shard goes on (one command or connection is lost,
// not the house); any other is a mistake of ours and ends the process, as KINDROOM_ASSERT does.
//
// Life: construct; start(); finish() lets what is queued run and ends once nothing is left to do, halt() ends after the
// task that runs; join(). The destructor halts and joins. Tasks that were never run are destroyed with the shard.
class Shard final : public Scheduler {
  public:
    // The name is the thread's, as `top -H` shows it: at most 15 characters.
    explicit Shard(std::string name);
    ~Shard() override;
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    void start();
    void post(Task task) override;
    void after(Duration delay, Task task) override;
    bool is_here() const override;
    // For what is better done once for many causes, such as writing to a socket: on the shard, in this order, when nothing
    // else is ready to run, or soon after if that moment does not come. From the shard.
    void when_calm(Task task);
    void assert_here() const { KINDROOM_ASSERT(is_here()); }

    // Any thread, once started. Timers that wait are dropped, and with them every later after().
    void finish();
    // Any thread. What is queued is dropped.
    void halt();
    // Whether the thread ended by itself within `patience`. Not from the shard.
    bool has_ended_within(Duration patience);
    // After finish() or halt(). Not from the shard.
    void join();

    // For sockets, which live where their shard lives.
    boost::asio::io_context& context() { return context_; }
    // Tasks cut short for want of memory, for the metrics. Any thread.
    std::uint64_t tasks_failed() const { return tasks_failed_.load(std::memory_order_relaxed); }

  private:
    using Executor = boost::asio::io_context::executor_type;
    using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

    void run();
    bool turn();
    void wipe_soon();
    void run_some_deferred();
    void run_guarded(Task& task);
    void add_timer(Timers::Instant due, Task task);
    void arm();
    void on_timer();

    const std::string name_;
    boost::asio::io_context context_{1};
    std::optional<boost::asio::executor_work_guard<Executor>> keep_running_;
    Timer timer_{context_};
    Timers timers_;
    // What waits for a calm moment, and until when at most; while there is something, the loop does not run out of work.
    std::deque<Task> deferred_;
    Timers::Instant deferred_until_{};
    bool deferred_has_turn_ = false;
    // So many of the first of them are being run.
    std::size_t deferred_due_ = 0;
    std::optional<boost::asio::executor_work_guard<Executor>> has_deferred_;
    // What timer_ is set to; the far future while it is not set.
    Timers::Instant armed_for_ = Timers::Instant::max();
    bool finishing_ = false;
    bool is_to_wipe_ = false;
    std::atomic<std::uint64_t> tasks_failed_{0};
    std::promise<void> ended_;
    std::future<void> has_ended_{ended_.get_future()};
    std::thread thread_;
};

}  // namespace kindroom::runtime
