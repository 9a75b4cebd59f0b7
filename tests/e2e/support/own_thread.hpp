// An io_context with a thread of its own, for what goes on beside a test. Whatever lives on it is touched by that
// thread only, once it runs.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <future>
#include <thread>

namespace kindroom::test {

class OwnThread {
  public:
    OwnThread() = default;
    ~OwnThread() { stop(); }
    OwnThread(const OwnThread&) = delete;
    OwnThread& operator=(const OwnThread&) = delete;

    boost::asio::io_context& io() { return io_; }
    bool is_running() const { return thread_.joinable(); }
    void start() {
        thread_ = std::thread([this] { io_.run(); });
    }
    // Waits until it is done, so that what the caller does next happens after it.
    void carry_out(std::function<void()> task) {
        std::promise<void> done;
        boost::asio::post(io_, [&] {
            task();
            done.set_value();
        });
        done.get_future().wait();
    }
    // Waits until nothing is left to do.
    void stop() {
        if (!is_running()) return;
        work_.reset();
        thread_.join();
    }

  private:
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = make_work_guard(io_);
    std::thread thread_;
};

}  // namespace kindroom::test
