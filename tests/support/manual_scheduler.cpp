#include "support/manual_scheduler.hpp"

#include <algorithm>

namespace kindroom::test {

ManualScheduler::ManualScheduler(VirtualClock& clock, Here here) : clock_(clock), here_(here) {}

ManualScheduler::~ManualScheduler() { shut_down(); }

void ManualScheduler::post(Task task) {
    // A task refused after shutdown dies outside the lock: what it owns may post while it goes.
    const std::lock_guard lock(mutex_);
    if (!shut_down_) ready_.push_back(std::move(task));
}

void ManualScheduler::after(Duration delay, Task task) {
    const std::lock_guard lock(mutex_);
    if (!shut_down_) timers_.emplace(clock_.now() + std::max(delay, Duration{0}), std::move(task));
}

bool ManualScheduler::is_here() const {
    return std::this_thread::get_id() == thread_ && (running_ || here_ == Here::on_this_thread);
}

void ManualScheduler::collect_timers() {
    while (!timers_.empty() && timers_.begin()->first <= clock_.now()) {
        ready_.push_back(std::move(timers_.begin()->second));
        timers_.erase(timers_.begin());
    }
}

bool ManualScheduler::run_one() {
    KINDROOM_ASSERT(std::this_thread::get_id() == thread_);
    KINDROOM_ASSERT(!running_);
    Task task;
    {
        const std::lock_guard lock(mutex_);
        collect_timers();
        if (ready_.empty()) return false;
        task = std::move(ready_.front());
        ready_.pop_front();
    }
    running_ = true;
    task();
    // Destroyed while still "here": what a task owns belongs to this scheduler too.
    task = nullptr;
    running_ = false;
    return true;
}

std::size_t ManualScheduler::run_until_idle() {
    std::size_t ran = 0;
    while (run_one()) {
        ++ran;
        KINDROOM_ASSERT(ran < 1'000'000);
    }
    return ran;
}

void ManualScheduler::advance(Duration time) {
    const TimePoint end = clock_.now() + time;
    run_until_idle();
    for (auto due = next_timer(); due && *due <= end; due = next_timer()) {
        clock_.move_to(std::max(*due, clock_.now()));
        run_until_idle();
    }
    clock_.move_to(std::max(end, clock_.now()));
}

std::optional<TimePoint> ManualScheduler::next_timer() const {
    const std::lock_guard lock(mutex_);
    if (timers_.empty()) return std::nullopt;
    return timers_.begin()->first;
}

std::size_t ManualScheduler::ready_tasks() const {
    const std::lock_guard lock(mutex_);
    return ready_.size();
}

void ManualScheduler::shut_down() {
    std::deque<Task> ready;
    std::multimap<TimePoint, Task> timers;
    {
        const std::lock_guard lock(mutex_);
        shut_down_ = true;
        ready.swap(ready_);
        timers.swap(timers_);
    }
}

}  // namespace kindroom::test
