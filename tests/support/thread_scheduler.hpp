// A scheduler with a real thread and real time, for tests of what has threads of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "base/scheduler.hpp"

namespace kindroom::test {

// Any thread may call it. The destructor stops the thread after the task that is running; what waits is dropped.
class ThreadScheduler final : public Scheduler {
  public:
    ThreadScheduler();
    ~ThreadScheduler() override;

    void post(Task task) override;
    void after(Duration delay, Task task) override;
    bool is_here() const override;

    // Returns when everything posted before has run (timers not counted). Not from the scheduler's own thread.
    void settle();
    // Stops and joins the thread; tasks that wait are dropped on the caller's thread. Idempotent.
    void shut_down();

  private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();

    // Guards the queues and `stopping_`.
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> ready_;
    std::multimap<Moment, Task> timers_;
    bool stopping_ = false;
    // Last, so that all it uses exists before it starts.
    std::thread thread_;
};

}  // namespace kindroom::test
