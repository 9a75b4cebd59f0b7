#include "support/thread_scheduler.hpp"

#include <future>

#include "base/assert.hpp"

namespace kindroom::test {

ThreadScheduler::ThreadScheduler() : thread_([this] { run(); }) {}

ThreadScheduler::~ThreadScheduler() { shut_down(); }

void ThreadScheduler::post(Task task) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    ready_.push_back(std::move(task));
    changed_.notify_one();
}

void ThreadScheduler::after(Duration delay, Task task) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    timers_.emplace(std::chrono::steady_clock::now() + delay, std::move(task));
    changed_.notify_one();
}

bool ThreadScheduler::is_here() const { return std::this_thread::get_id() == thread_.get_id(); }

void ThreadScheduler::settle() {
    KINDROOM_ASSERT(!is_here());
    std::promise<void> done;
    post([&done] { done.set_value(); });
    done.get_future().wait();
}

void ThreadScheduler::shut_down() {
    std::deque<Task> ready;
    std::multimap<Moment, Task> timers;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        ready.swap(ready_);
        timers.swap(timers_);
        changed_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void ThreadScheduler::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const auto now = std::chrono::steady_clock::now();
        while (!timers_.empty() && timers_.begin()->first <= now) {
            ready_.push_back(std::move(timers_.begin()->second));
            timers_.erase(timers_.begin());
        }
        if (!ready_.empty()) {
            Task task = std::move(ready_.front());
            ready_.pop_front();
            lock.unlock();
            task();
            task = nullptr;
            lock.lock();
        } else if (timers_.empty()) {
            changed_.wait(lock);
        } else {
            changed_.wait_until(lock, timers_.begin()->first);
        }
    }
}

}  // namespace kindroom::test
