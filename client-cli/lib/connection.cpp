#include "lib/connection.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "lib/link.hpp"
#include "lib/request_id.hpp"
#include "lib/steady_line.hpp"

namespace kindroom::client {

// Owner of the line: the thread `thread_`, which runs `io_`. `mutex_` guards what both sides touch: everything below
// it.
class Connection::Engine final : public LineObserver {
  public:
    explicit Engine(ConnectionOptions options) : options_(std::move(options)) {
        if (!options_.steady) {
            auto link = std::make_unique<Link>(io_, options_.line, *this);
            link_ = link.get();
            line_ = std::move(link);
        } else {
            line_ = make_steady();
        }
        thread_ = std::thread([this] { io_.run(); });
    }

    ~Engine() override {
        boost::asio::post(io_, [this] { line_.reset(); });
        work_.reset();
        boost::asio::post(io_, [this] { io_.stop(); });
        thread_.join();
    }

    std::optional<Ending> connect(Within within) {
        std::unique_lock lock(mutex_);
        if (open_) return std::nullopt;
        ending_.reset();
        boost::asio::post(io_, [this] {
            if (options_.steady && steady_over_) {
                line_ = make_steady();
                steady_over_ = false;
            }
            line_->open();
        });
        changed_.wait_for(lock, within, [&] { return open_ || ending_; });
        if (open_) return std::nullopt;
        if (ending_) return ending_;
        boost::asio::post(io_, [this] { line_->drop(); });
        return Ending{EndKind::timed_out, 0, "no answer in time"};
    }

    std::uint32_t send(v1::Request request) {
        std::unique_lock lock(mutex_);
        const std::uint32_t id = number(request, last_id_, waiting_);
        waiting_.insert(id);
        unanswered_.erase(id);
        boost::asio::post(io_, [this, request = std::move(request)] { line_->send(request); });
        return id;
    }

    std::optional<v1::Reply> wait_reply(std::uint32_t id, Within within) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, within, [&] { return replies_.contains(id) || ending_ || unanswered_.contains(id); });
        const auto found = replies_.find(id);
        if (found == replies_.end()) return std::nullopt;
        auto reply = std::move(found->second);
        replies_.erase(found);
        waiting_.erase(id);
        return reply;
    }

    template <class T>
    std::optional<T> next(std::deque<T>& queue, Within within) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, within, [&] { return !queue.empty() || ending_; });
        if (queue.empty()) return std::nullopt;
        T first = std::move(queue.front());
        queue.pop_front();
        return first;
    }

    std::optional<v1::Event> next_event(Within within) { return next(events_, within); }
    std::optional<std::string> next_frame(Within within) { return next(frames_, within); }

    std::optional<Ending> wait_ended(Within within) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, within, [&] { return ending_.has_value(); });
        return ending_;
    }

    unsigned times_opened() {
        const std::lock_guard lock(mutex_);
        return times_opened_;
    }

    void close() {
        {
            const std::lock_guard lock(mutex_);
            if (times_opened_ == 0 || ending_) return;
        }
        boost::asio::post(io_, [this] { line_->close(); });
        wait_ended(Within(10'000));
    }

    void drop() {
        boost::asio::post(io_, [this] { line_->drop(); });
        std::unique_lock lock(mutex_);
        // Once this returns the socket is gone, so that what the caller does next happens after the cut.
        changed_.wait_for(lock, Within(2'000), [&] { return !open_; });
    }

    void send_frame(std::string frame) {
        boost::asio::post(io_, [this, frame = std::move(frame)]() mutable {
            if (link_) link_->send_frame(std::move(frame));
        });
    }

  private:
    std::unique_ptr<Line> make_steady() {
        SteadyOptions steady;
        steady.line = options_.line;
        steady.backoff = options_.backoff;
        steady.give_up_after = options_.give_up_after;
        steady.follow_rooms = options_.follow_rooms;
        return std::make_unique<SteadyLine>(io_, steady, *this);
    }

    template <class Change>
    void change(Change&& make) {
        {
            const std::lock_guard lock(mutex_);
            make();
        }
        changed_.notify_all();
    }

    void opened() override {
        change([&] {
            open_ = true;
            ++times_opened_;
        });
    }
    bool frame(std::string_view bytes) override {
        if (!options_.raw) return true;
        change([&] { frames_.emplace_back(bytes); });
        return false;
    }
    void event(const v1::Event& event) override {
        change([&] {
            if (event.has_reply() && waiting_.contains(event.reply().request_id())) {
                replies_[event.reply().request_id()] = event.reply();
            } else {
                events_.push_back(event);
            }
        });
    }
    void unanswered(std::uint32_t id) override {
        change([&] { unanswered_.insert(id); });
    }
    void coming_back(std::chrono::milliseconds, const Ending&) override {
        change([&] { open_ = false; });
    }
    void ended(const Ending& ending) override {
        steady_over_ = true;
        change([&] {
            open_ = false;
            ending_ = ending;
        });
    }

    const ConnectionOptions options_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = make_work_guard(io_);
    std::unique_ptr<Line> line_;
    Link* link_ = nullptr;      // the same, where it is a Link
    bool steady_over_ = false;  // touched by `thread_` only
    std::thread thread_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    unsigned times_opened_ = 0;
    std::uint32_t last_id_ = 0;
    std::optional<Ending> ending_;
    std::set<std::uint32_t> waiting_;     // ids that were sent and whose reply nobody has fetched
    std::set<std::uint32_t> unanswered_;  // given up by the line
    std::map<std::uint32_t, v1::Reply> replies_;
    std::deque<v1::Event> events_;
    std::deque<std::string> frames_;
};

Connection::Connection(ConnectionOptions options) : engine_(std::make_unique<Engine>(std::move(options))) {}
Connection::~Connection() = default;

std::optional<Ending> Connection::connect(Within within) { return engine_->connect(within); }
std::uint32_t Connection::send(v1::Request request) { return engine_->send(std::move(request)); }
std::optional<v1::Reply> Connection::wait_reply(std::uint32_t id, Within within) {
    return engine_->wait_reply(id, within);
}
std::optional<v1::Reply> Connection::request(v1::Request request, Within within) {
    const std::uint32_t id = engine_->send(std::move(request));
    return engine_->wait_reply(id, within);
}
std::optional<v1::Event> Connection::next_event(Within within) { return engine_->next_event(within); }

bool Connection::fence(Within within) {
    v1::Request ping;
    ping.mutable_ping();
    const auto reply = request(std::move(ping), within);
    return reply && reply->has_done();
}

std::optional<Ending> Connection::ending() const { return engine_->wait_ended(Within(0)); }
std::optional<Ending> Connection::wait_ended(Within within) { return engine_->wait_ended(within); }
unsigned Connection::times_opened() const { return engine_->times_opened(); }
void Connection::close() { engine_->close(); }
void Connection::drop() { engine_->drop(); }
void Connection::send_frame(std::string frame) { engine_->send_frame(std::move(frame)); }
std::optional<std::string> Connection::next_frame(Within within) { return engine_->next_frame(within); }

}  // namespace kindroom::client
