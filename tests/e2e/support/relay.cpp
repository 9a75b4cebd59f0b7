#include "e2e/support/relay.hpp"

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "e2e/support/own_thread.hpp"

namespace kindroom::test {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// One connection through the relay. Kept alive by its own reads and writes.
class Pair : public std::enable_shared_from_this<Pair> {
  public:
    // What the whole relay does now.
    struct Weather {
        bool frozen = false;
        bool mute = false;
    };

    Pair(tcp::socket client, const Weather& weather)
        : client_(std::move(client)), house_(client_.get_executor()), weather_(weather) {}

    void start(std::uint16_t port) {
        house_.async_connect({asio::ip::address_v4::loopback(), port}, [self = shared_from_this()](auto error) {
            if (error) return self->cut();
            boost::system::error_code ignored;
            // Small, so that a client that does not read is felt in the house soon; but more than the loopback sends at
            // once, or else the kernel waits for more room each time.
            self->house_.set_option(asio::socket_base::receive_buffer_size(256 * 1024), ignored);
            self->house_.set_option(tcp::no_delay(true), ignored);
            self->client_.set_option(tcp::no_delay(true), ignored);
            self->to_house();
            self->to_client();
        });
    }
    void cut() {
        boost::system::error_code ignored;
        client_.close(ignored);
        house_.close(ignored);
    }
    bool is_cut() const { return !client_.is_open(); }
    void cut_after(std::uint64_t bytes) { left_ = bytes; }
    void go_on() {
        if (std::exchange(waits_, false)) to_client();
    }

  private:
    void to_house() {
        client_.async_read_some(asio::buffer(up_), [self = shared_from_this()](auto error, std::size_t bytes) {
            if (error) return self->cut();
            if (self->weather_.mute) return self->to_house();
            // Also when the house has gone: what it said before is still to be passed on, and a socket that is closed
            // with bytes unread takes back what it has not sent yet.
            asio::async_write(self->house_, asio::buffer(self->up_, bytes),
                              [self](auto, std::size_t) { self->to_house(); });
        });
    }
    void to_client() {
        if (weather_.frozen) {
            waits_ = true;
            return;
        }
        house_.async_read_some(asio::buffer(down_), [self = shared_from_this()](auto error, std::size_t bytes) {
            if (error) return self->end_to_client();
            const bool is_last = self->left_ && bytes >= *self->left_;
            if (is_last) bytes = *self->left_;
            if (self->left_) *self->left_ -= bytes;
            asio::async_write(
                self->client_, asio::buffer(self->down_, bytes),
                [self, is_last](auto failed, std::size_t) { failed || is_last ? self->cut() : self->to_client(); });
        });
    }

    // The house has said its last. The rest is the client's: it goes when it has read all.
    void end_to_client() {
        boost::system::error_code ignored;
        client_.shutdown(tcp::socket::shutdown_send, ignored);
    }

    tcp::socket client_;
    tcp::socket house_;
    const Weather& weather_;
    std::optional<std::uint64_t> left_;
    bool waits_ = false;
    std::array<char, 4096> up_{};
    std::array<char, 4096> down_{};
};

}  // namespace

class Relay::Engine {
  public:
    explicit Engine(const std::string& port) : leads_to_(static_cast<std::uint16_t>(std::stoi(port))) {
        accept();
        thread_.start();
    }
    ~Engine() {
        on_thread([this] {
            acceptor_.close();
            cut_all();
        });
        thread_.stop();
    }

    void on_thread(std::function<void()> task) { thread_.carry_out(std::move(task)); }
    void cut_all() {
        for (const auto& weak : pairs_)
            if (const auto pair = weak.lock()) pair->cut();
        pairs_.clear();
    }
    void each(const std::function<void(Pair&)>& act) {
        for (const auto& weak : pairs_)
            if (const auto pair = weak.lock()) act(*pair);
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    // Touched by `thread_` only.
    std::uint16_t leads_to_;
    std::optional<std::uint64_t> cut_next_after_;
    Pair::Weather weather_;

  private:
    void accept() {
        acceptor_.async_accept([this](auto error, tcp::socket client) {
            if (error) return;
            const auto pair = std::make_shared<Pair>(std::move(client), weather_);
            std::erase_if(pairs_, [](const auto& weak) { return weak.expired(); });
            pairs_.push_back(pair);
            if (const auto bytes = std::exchange(cut_next_after_, std::nullopt)) pair->cut_after(*bytes);
            pair->start(leads_to_);
            accept();
        });
    }

    OwnThread thread_;
    tcp::acceptor acceptor_{thread_.io(), {asio::ip::address_v4::loopback(), 0}};
    std::vector<std::weak_ptr<Pair>> pairs_;
};

Relay::Relay(const std::string& port) : engine_(std::make_unique<Engine>(port)) {}
Relay::~Relay() = default;

std::string Relay::url() const { return "wss://127.0.0.1:" + std::to_string(engine_->port()); }

void Relay::lead_to(const std::string& port) {
    engine_->on_thread([&] { engine_->leads_to_ = static_cast<std::uint16_t>(std::stoi(port)); });
}

void Relay::cut() {
    engine_->on_thread([&] { engine_->cut_all(); });
}

void Relay::cut_after(std::uint64_t bytes) {
    engine_->on_thread([&] { engine_->each([&](Pair& pair) { pair.cut_after(bytes); }); });
}

void Relay::cut_next_after(std::uint64_t bytes) {
    engine_->on_thread([&] { engine_->cut_next_after_ = bytes; });
}

void Relay::mute() {
    engine_->on_thread([&] { engine_->weather_.mute = true; });
}

void Relay::freeze(bool frozen) {
    engine_->on_thread([&] {
        engine_->weather_.frozen = frozen;
        if (!frozen) engine_->each([](Pair& pair) { pair.go_on(); });
    });
}

}  // namespace kindroom::test
