#include "runtime/shard.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <new>
#include <pthread.h>
#include <utility>

#include "runtime/dead_stack.hpp"

namespace kindroom::runtime {

namespace {

// Of what waits for a calm moment that does not come.
constexpr std::chrono::milliseconds deferred_for_max{20};
constexpr std::size_t deferred_at_once = 32;
constexpr Duration stack_wiped_every{1'000};

}  // namespace

Shard::Shard(std::string name) : name_(std::move(name)), keep_running_(boost::asio::make_work_guard(context_)) {}

Shard::~Shard() {
    halt();
    join();
}

void Shard::start() {
    KINDROOM_ASSERT(!thread_.joinable());
    thread_ = std::thread([this] { run(); });
    pthread_setname_np(thread_.native_handle(), name_.substr(0, 15).c_str());
}

void Shard::run() {
    boost::asio::post(context_, [this] { wipe_soon(); });
    // Coroutines and Asio's own handlers can fail for want of memory outside of any task; the loop goes on after them,
    // too.
    for (;;) {
        try {
            while (turn()) continue;
            break;
        } catch (const std::bad_alloc&) {
            tasks_failed_.fetch_add(1, std::memory_order_relaxed);
        }
    }
    ended_.set_value();
}

// Between two tasks, where nothing of either is left that is still in use.
void Shard::wipe_soon() {
    is_to_wipe_ = true;
    add_timer(Timers::Instant::clock::now() + stack_wiped_every, [this] { wipe_soon(); });
}

bool Shard::turn() {
    if (std::exchange(is_to_wipe_, false)) wipe_dead_stack();
    if (deferred_.empty() || deferred_has_turn_) return context_.run_one() > 0;
    const bool is_calm = context_.poll_one() == 0;
    if (context_.stopped()) return false;
    if (is_calm || Timers::Instant::clock::now() >= deferred_until_) {
        // Posted, so that it runs as everything on the shard does. Noted only then: for want of memory it may not be.
        boost::asio::post(context_, [this] { run_some_deferred(); });
        deferred_has_turn_ = true;
        if (deferred_due_ == 0) deferred_due_ = deferred_.size();
    }
    return true;
}

// Not all at once if they are many, but one part of those that were due after the other, with something else in between.
void Shard::run_some_deferred() {
    deferred_has_turn_ = false;
    for (std::size_t left = std::min(deferred_at_once, deferred_due_); left > 0; --left) {
        Task task = std::move(deferred_.front());
        deferred_.pop_front();
        --deferred_due_;
        run_guarded(task);
    }
    if (deferred_due_ == 0) deferred_until_ = Timers::Instant::clock::now() + deferred_for_max;
    if (deferred_.empty()) has_deferred_.reset();
}

void Shard::when_calm(Task task) {
    assert_here();
    deferred_.push_back(std::move(task));
    if (deferred_.size() > 1) return;
    deferred_until_ = Timers::Instant::clock::now() + deferred_for_max;
    has_deferred_.emplace(boost::asio::make_work_guard(context_));
}

void Shard::run_guarded(Task& task) {
    try {
        task();
    } catch (const std::bad_alloc&) {
        tasks_failed_.fetch_add(1, std::memory_order_relaxed);
    } catch (const std::exception&) {
        // Its text is not printed: it may hold what a person wrote. A debugger finds the task in the core.
        KINDROOM_ASSERT(!"an exception left a task");
    }
}

void Shard::post(Task task) {
    boost::asio::post(context_, [this, task = std::move(task)]() mutable { run_guarded(task); });
}

void Shard::after(Duration delay, Task task) {
    // The clock is read here and not on the shard: a busy shard must not make a delay longer than it is.
    const auto due = Timers::Instant::clock::now() + delay;
    if (is_here()) {
        add_timer(due, std::move(task));
    } else {
        boost::asio::post(context_, [this, due, task = std::move(task)]() mutable { add_timer(due, std::move(task)); });
    }
}

bool Shard::is_here() const {
    return const_cast<boost::asio::io_context&>(context_).get_executor().running_in_this_thread();
}

void Shard::add_timer(Timers::Instant due, Task task) {
    if (finishing_) return;
    timers_.add(due, std::move(task));
    arm();
}

void Shard::arm() {
    const auto next = timers_.next();
    // Setting a timer anew costs more than letting one that is too early fire in vain.
    if (!next || *next >= armed_for_) return;
    armed_for_ = *next;
    timer_.expires_at(*next);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) on_timer();
    });
}

void Shard::on_timer() {
    armed_for_ = Timers::Instant::max();
    // Read once: tasks that add tasks without delay must not keep the sockets waiting for ever.
    const auto now = Timers::Instant::clock::now();
    while (Task task = timers_.take_due(now)) run_guarded(task);
    if (!finishing_) arm();
}

void Shard::finish() {
    boost::asio::post(context_, [this] {
        finishing_ = true;
        timers_.clear();
        timer_.cancel();
        keep_running_.reset();
    });
}

void Shard::halt() { context_.stop(); }

bool Shard::has_ended_within(Duration patience) {
    return !thread_.joinable() || has_ended_.wait_for(patience) == std::future_status::ready;
}

void Shard::join() {
    if (thread_.joinable()) thread_.join();
}

}  // namespace kindroom::runtime
