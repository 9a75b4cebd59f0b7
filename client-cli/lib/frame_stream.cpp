#include "lib/frame_stream.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/version.hpp>
#include <deque>
#include <type_traits>
#include <vector>

static_assert(BOOST_VERSION >= 108100, "an older Boost lacks what this file relies on");

namespace kindroom::client {

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;
using boost::system::error_code;

// TCP and Unix sockets alike, so that Beast is instantiated once for both.
using Socket = asio::generic::stream_protocol::socket;
using TlsStream = asio::ssl::stream<Socket>;

template <class Next>
class WebSocketStream final : public FrameStream, public std::enable_shared_from_this<WebSocketStream<Next>> {
    static constexpr bool tls = std::is_same_v<Next, TlsStream>;

  public:
    template <class... Args>
    WebSocketStream(asio::io_context& io, StreamOptions options, Args&&... args)
        : options_(std::move(options)), ws_(io, std::forward<Args>(args)...), resolver_(io), timer_(io) {}

    void open(Handlers handlers) override {
        handlers_ = std::move(handlers);
        arm(options_.open_within, "no answer in time");
        const Endpoint& endpoint = options_.endpoint;
        if (endpoint.transport == Transport::unix_socket) {
            if (endpoint.path.size() > 100) return finish({EndKind::misconfigured, 0, "the socket's path is too long"});
            connect({asio::local::stream_protocol::endpoint(endpoint.path)});
            return;
        }
        resolver_.async_resolve(endpoint.host, endpoint.port,
                                [self = this->shared_from_this()](error_code failed, const auto& found) {
                                    if (self->over_) return;
                                    if (failed) return self->finish({EndKind::unreachable, 0, "no such host"});
                                    std::vector<asio::generic::stream_protocol::endpoint> endpoints;
                                    for (const auto& entry : found) {
                                        const auto address = entry.endpoint().address();
                                        // "localhost" may be made to resolve to anything: plain text stays at home.
                                        if (tls || address.is_loopback()) endpoints.emplace_back(entry.endpoint());
                                    }
                                    self->connect(std::move(endpoints));
                                });
    }

    void send(std::string frame) override {
        if (!open_ || closing_ || over_) return;
        queue_.push_back(std::move(frame));
        write_next();
    }

    void close() override {
        if (over_) return;
        if (!open_) return cut({EndKind::closed_by_us, 0, "closed"});
        if (closing_) return;
        closing_ = true;
        arm(options_.close_within, "closed");
        if (!writing_) close_now();
    }

    void drop() override {
        if (!over_) cut({EndKind::lost, 0, "dropped"});
    }

    void abandon() override {
        handlers_ = {};
        if (!over_) cut({EndKind::closed_by_us, 0, "closed"});
    }

  private:
    Socket& socket() { return boost::beast::get_lowest_layer(ws_); }

    void arm(std::chrono::milliseconds within, const char* words) {
        timer_.expires_after(within);
        timer_.async_wait([self = this->shared_from_this(), words](error_code failed) {
            if (failed || self->over_ || (self->open_ && !self->closing_)) return;
            self->cut({self->closing_ ? EndKind::closed_by_us : EndKind::timed_out, 0, words});
        });
    }

    void connect(std::vector<asio::generic::stream_protocol::endpoint> endpoints) {
        targets_ = std::move(endpoints);
        asio::async_connect(socket(), targets_, [self = this->shared_from_this()](error_code failed, const auto&) {
            if (self->over_) return;
            if (failed) return self->finish({EndKind::unreachable, 0, "nobody answers there"});
            error_code ignored;
            if (self->options_.endpoint.transport != Transport::unix_socket) {
                self->socket().set_option(asio::ip::tcp::no_delay(true), ignored);
            }
            if constexpr (tls) {
                self->secure();
            } else {
                self->shake_hands();
            }
        });
    }

    void secure() requires tls {
        const std::string& host = options_.endpoint.host;
        error_code not_an_address;
        asio::ip::make_address(host, not_an_address);
        if (not_an_address) SSL_set_tlsext_host_name(ws_.next_layer().native_handle(), host.c_str());
        ws_.next_layer().set_verify_callback(
            [this, named = asio::ssl::host_name_verification(host)](bool fine, asio::ssl::verify_context& context) {
                if (X509* leaf = X509_STORE_CTX_get0_cert(context.native_handle())) shown_ = fingerprint(leaf);
                // With a pin the certificate itself is compared once the handshake has proven that the server owns it.
                return options_.trust->pin.empty() ? named(fine, context) : true;
            });
        ws_.next_layer().async_handshake(
            asio::ssl::stream_base::client, [self = this->shared_from_this()](error_code failed) {
                if (self->over_) return;
                const std::string& pin = self->options_.trust->pin;
                const bool wrong_pin = !pin.empty() && pin != self->shown_;
                const long verdict = SSL_get_verify_result(self->ws_.next_layer().native_handle());
                if (!self->shown_.empty() && (wrong_pin || (failed && verdict != X509_V_OK))) {
                    const std::string why =
                        wrong_pin ? "it is not the pinned one" : X509_verify_cert_error_string(verdict);
                    return self->finish({EndKind::untrusted, 0,
                                         "the server's certificate is not trusted (" + why + "); its SHA-256 is " +
                                             show_fingerprint(self->shown_)});
                }
                if (failed) return self->finish({EndKind::refused, 0, "the server does not speak TLS as we do"});
                self->shake_hands();
            });
    }

    void shake_hands() {
        websocket::stream_base::timeout timeout{};
        timeout.handshake_timeout = options_.open_within;
        timeout.idle_timeout = options_.idle_max;
        timeout.keep_alive_pings = true;
        ws_.set_option(timeout);
        ws_.set_option(
            websocket::stream_base::decorator([wanted = options_.subprotocol](websocket::request_type& request) {
                request.set(http::field::sec_websocket_protocol, wanted);
                request.set(http::field::user_agent, "kindroom");
            }));
        ws_.read_message_max(options_.read_message_max);
        ws_.auto_fragment(false);
        ws_.binary(options_.binary);
        ws_.async_handshake(answer_, host_header(options_.endpoint), "/v1",
                            [self = this->shared_from_this()](error_code failed) { self->on_handshake(failed); });
    }

    void on_handshake(error_code failed) {
        if (over_) return;
        if (failed == websocket::error::upgrade_declined) {
            return finish({EndKind::refused, 0, "the server answered " + std::to_string(answer_.result_int())});
        }
        if (failed) return finish({EndKind::refused, 0, "what answers there is not a Kindroom server"});
        if (answer_[http::field::sec_websocket_protocol] != options_.subprotocol) {
            return finish({EndKind::refused, 0, "the server does not speak " + options_.subprotocol});
        }
        open_ = true;
        timer_.cancel();
        if (handlers_.opened) handlers_.opened();
        if (!over_) read_next();
    }

    void read_next() {
        ws_.async_read(buffer_, [self = this->shared_from_this()](error_code failed, std::size_t) {
            if (self->over_) return;
            if (failed) return self->finish(self->ending_of(failed));
            const auto data = self->buffer_.cdata();
            if (self->handlers_.frame) {
                self->handlers_.frame({static_cast<const char*>(data.data()), data.size()});
            }
            self->buffer_.consume(self->buffer_.size());
            if (!self->over_) self->read_next();
        });
    }

    void write_next() {
        if (writing_ || queue_.empty()) return;
        writing_ = true;
        ws_.async_write(asio::buffer(queue_.front()),
                        [self = this->shared_from_this()](error_code failed, std::size_t) {
                            self->writing_ = false;
                            self->queue_.pop_front();
                            // A failed write is told by the read that is always pending; it alone knows a close code.
                            if (failed || self->over_) return;
                            if (self->queue_.empty() && self->closing_) return self->close_now();
                            self->write_next();
                        });
    }

    void close_now() {
        ws_.async_close(websocket::close_code::normal, [self = this->shared_from_this()](error_code) {
            if (!self->over_) self->finish({EndKind::closed_by_us, 0, "closed"});
        });
    }

    Ending ending_of(error_code failed) {
        if (closing_) return {EndKind::closed_by_us, 0, "closed"};
        // A close frame that came counts, whatever becomes of the goodbyes after it: Beast reports their failure
        // instead when the peer, or something between, has hung up meanwhile.
        if (failed == websocket::error::closed || ws_.reason()) {
            const auto code = static_cast<std::uint16_t>(ws_.reason().code);
            return {EndKind::closed_by_server, code, "the server closed the connection"};
        }
        if (failed == boost::beast::error::timeout) return {EndKind::timed_out, 0, "nothing heard for too long"};
        return {EndKind::lost, 0, "the connection was lost"};
    }

    void cut(Ending ending) {
        error_code ignored;
        socket().set_option(asio::socket_base::linger(true, 0), ignored);
        socket().close(ignored);
        finish(std::move(ending));
    }

    // Ends once. The handler is called from the loop, so that whoever is in a call of ours is not surprised by it.
    void finish(Ending ending) {
        if (over_) return;
        over_ = true;
        timer_.cancel();
        resolver_.cancel();
        error_code ignored;
        socket().close(ignored);
        asio::post(ws_.get_executor(), [self = this->shared_from_this(), ending = std::move(ending)] {
            const Handlers handlers = std::exchange(self->handlers_, {});
            if (handlers.closed) handlers.closed(ending);
        });
    }

    StreamOptions options_;
    Handlers handlers_;
    websocket::stream<Next, false> ws_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer timer_;
    std::vector<asio::generic::stream_protocol::endpoint> targets_;
    websocket::response_type answer_;
    boost::beast::flat_buffer buffer_;
    std::deque<std::string> queue_;
    std::string shown_;  // fingerprint of the certificate that the server showed
    bool open_ = false;
    bool writing_ = false;
    bool closing_ = false;
    bool over_ = false;
};

}  // namespace

std::shared_ptr<FrameStream> make_frame_stream(asio::io_context& io, StreamOptions options) {
    if (options.endpoint.transport == Transport::tls) {
        auto& context = options.trust->context;
        return std::make_shared<WebSocketStream<TlsStream>>(io, std::move(options), context);
    }
    return std::make_shared<WebSocketStream<Socket>>(io, std::move(options));
}

}  // namespace kindroom::client
