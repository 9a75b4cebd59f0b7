// Seam: one thread's queue of work and its timers.
#pragma once

#include "base/task.hpp"
#include "base/time.hpp"

namespace kindroom {

// Runs tasks one after the other on one thread (a shard's, or the simulation's).
//
// Promises: tasks posted from one thread run in the order in which they were posted; a task never runs inside post();
// a task posted by a task of the same scheduler runs after those posted before it. After shutdown tasks are dropped
// unrun, on the owner's thread or the one that destroys the scheduler.
class Scheduler {
  public:
    virtual ~Scheduler() = default;

    // Any thread.
    virtual void post(Task task) = 0;

    // Runs the task once, not before `delay` has passed. Any thread. There is no cancelling: whoever waits checks, when
    // the task runs, whether it still has a point (a generation number, a weak pointer). So a timer holds no handle.
    virtual void after(Duration delay, Task task) = 0;

    // Whether the caller is on this scheduler's thread; for assertions.
    virtual bool is_here() const = 0;
};

}  // namespace kindroom
