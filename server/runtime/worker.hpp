// A thread for long sums.
#pragma once

#include <string>

#include "base/scheduler.hpp"
#include "runtime/shard.hpp"

namespace kindroom::runtime {

// Where argon2 is computed, so that no shard waits 70 ms for it. Runs from its construction. Whoever posts bounds how
// much may wait; the end does not wait for it: the task that runs is finished, the others are dropped.
class Worker final : public Scheduler {
  public:
    explicit Worker(std::string name) : loop_(std::move(name)) { loop_.start(); }

    void post(Task task) override { loop_.post(std::move(task)); }
    void after(Duration delay, Task task) override { loop_.after(delay, std::move(task)); }
    bool is_here() const override { return loop_.is_here(); }

    // Any thread but its own; returns when the thread has ended.
    void stop();

  private:
    Shard loop_;
};

}  // namespace kindroom::runtime
