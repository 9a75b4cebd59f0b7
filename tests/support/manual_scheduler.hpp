// A scheduler whose tasks run when the test says so, in virtual time: the same test gives the same order every time.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {

// Owner: the thread that made it runs the tasks; any thread may post. Several of them may share one VirtualClock and
// play the shards of a server: step them with run_one() in any order you like, and when all are idle, move the clock to
// the earliest next_timer().
class ManualScheduler final : public Scheduler {
  public:
    // When is_here() is true: on the whole thread that made the scheduler (a test that calls actors directly), or only
    // while one of its tasks runs (a simulation in which a call across shards is a bug to be found).
    enum class Here { on_this_thread, within_tasks };

    explicit ManualScheduler(VirtualClock& clock, Here here = Here::on_this_thread);
    ~ManualScheduler() override;

    void post(Task task) override;
    void after(Duration delay, Task task) override;
    bool is_here() const override;

    // Runs the oldest task that is ready; false if there is none.
    bool run_one();
    // Runs tasks, and those that they post, until none is ready. Time stands still. Returns how many ran; a million is
    // taken for an endless loop and ends the test.
    std::size_t run_until_idle();
    // Lets time pass: each timer that falls due runs at its own moment, with all that it posts.
    void advance(Duration time);
    // When the next timer is due; nothing if none waits.
    std::optional<TimePoint> next_timer() const;
    std::size_t ready_tasks() const;
    // Drops everything that waits, and whatever is posted from now on.
    void shut_down();

  private:
    // Makes ready what is due by now; call with the lock held.
    void collect_timers();

    VirtualClock& clock_;
    const Here here_;
    const std::thread::id thread_ = std::this_thread::get_id();
    bool running_ = false;

    // Guards what follows, since a store's own threads may post here.
    mutable std::mutex mutex_;
    std::deque<Task> ready_;
    std::multimap<TimePoint, Task> timers_;
    bool shut_down_ = false;
};

}  // namespace kindroom::test
