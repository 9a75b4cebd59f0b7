#include "net/web_hook.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace kindroom::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using TcpSocket = asio::basic_stream_socket<Tcp, Executor>;
using Resolver = asio::ip::basic_resolver<Tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

// All that the loop needs: it lives until the loop has ended, and is touched on its shard only.
struct WebHook::Line : std::enable_shared_from_this<WebHook::Line> {
    Line(runtime::Shard& home, config::WebAddress to, const Limits& most, ops::Metrics& counters)
        : shard(home), address(std::move(to)), limits(most), metrics(counters), timer(home.context()) {}

    void add();
    void stop();
    Awaitable<void> run();
    Awaitable<bool> try_once();
    Awaitable<void> rest(std::uint32_t tries);
    template <class Stream>
    Awaitable<bool> send(Stream& stream, ErrorCode& error);
    void give_up();

    runtime::Shard& shard;
    const config::WebAddress address;
    const Limits limits;
    ops::Metrics& metrics;
    asio::ssl::context tls{asio::ssl::context::tls_client};
    Timer timer;
    // Of the try that is under way.
    TcpSocket* socket = nullptr;
    Resolver* resolver = nullptr;
    std::uint64_t current_try = 0;
    std::uint32_t waiting = 0;
    bool is_running = false;
    bool is_stopped = false;
};

void WebHook::Line::add() {
    if (is_stopped) return;
    if (waiting >= limits.web_hook_queue_max) return metrics.add(ops::Counter::pages_dropped);
    waiting += 1;
    if (std::exchange(is_running, true)) return;
    asio::co_spawn(shard.context().get_executor(), run(), [self = shared_from_this()](std::exception_ptr trouble) {
        self->is_running = false;
        if (trouble) self->metrics.add(ops::Counter::pages_dropped, std::exchange(self->waiting, 0));
    });
}

void WebHook::Line::stop() {
    is_stopped = true;
    waiting = 0;
    give_up();
    timer.cancel();
}

// Whatever the try waits for ends with an error.
void WebHook::Line::give_up() {
    ErrorCode ignored;
    if (resolver) resolver->cancel();
    if (socket) socket->close(ignored);
}

Awaitable<void> WebHook::Line::run() {
    while (waiting > 0) {
        bool sent = false;
        for (std::uint32_t tries = 0; tries < limits.web_hook_tries_max && !sent && !is_stopped; ++tries) {
            if (tries > 0) co_await rest(tries);
            if (is_stopped) co_return;
            sent = co_await try_once();
        }
        if (is_stopped) co_return;
        metrics.add(sent ? ops::Counter::pages_sent : ops::Counter::pages_dropped);
        waiting -= 1;
    }
}

Awaitable<void> WebHook::Line::rest(std::uint32_t tries) {
    Duration wait = limits.web_hook_retry_first;
    for (std::uint32_t i = 1; i < tries && wait < limits.web_hook_retry_max; ++i) wait *= 2;
    timer.expires_after(std::min(wait, limits.web_hook_retry_max));
    ErrorCode ignored;
    co_await timer.async_wait(asio::redirect_error(use_awaitable, ignored));
}

Awaitable<bool> WebHook::Line::try_once() {
    ErrorCode error;
    boost::beast::ssl_stream<TcpSocket> stream(TcpSocket(shard.context()), tls);
    Resolver names(shard.context());
    socket = &stream.next_layer();
    resolver = &names;
    timer.expires_after(limits.web_hook_try_max);
    timer.async_wait([self = shared_from_this(), which = current_try](ErrorCode cancelled) {
        if (!cancelled && self->current_try == which) self->give_up();
    });
    bool sent = false;
    const std::string port = std::to_string(address.port);
    const auto found = co_await names.async_resolve(address.host, port, asio::redirect_error(use_awaitable, error));
    if (!error) co_await asio::async_connect(*socket, found, asio::redirect_error(use_awaitable, error));
    if (!error && address.tls) {
        stream.set_verify_mode(asio::ssl::verify_peer, error);
        stream.set_verify_callback(asio::ssl::host_name_verification(address.host), error);
        SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str());
        co_await stream.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(use_awaitable, error));
    }
    if (!error && address.tls) sent = co_await send(stream, error);
    if (!error && !address.tls) sent = co_await send(*socket, error);
    current_try += 1;
    timer.cancel();
    socket = nullptr;
    resolver = nullptr;
    co_return sent;
}

// Whether it was taken: any answer from 200 to 299.
template <class Stream>
Awaitable<bool> WebHook::Line::send(Stream& stream, ErrorCode& error) {
    http::request<http::string_body> request(http::verb::post, address.path, 11);
    request.set(http::field::host, address.host);
    request.set(http::field::user_agent, "kindroom");
    request.set(http::field::content_type, "application/json");
    request.set(http::field::connection, "close");
    request.body() = R"({"kind":"moderator_needed"})";
    request.prepare_payload();
    co_await http::async_write(stream, request, asio::redirect_error(use_awaitable, error));
    if (error) co_return false;
    constexpr std::size_t head_bytes_max = 8 * 1024;
    boost::beast::flat_buffer buffer(head_bytes_max);
    http::response_parser<http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(head_bytes_max));
    co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(use_awaitable, error));
    const unsigned status = error ? 0 : parser.get().result_int();
    co_return status >= 200 && status < 300;
}

WebHook::WebHook(runtime::Shard& shard, config::WebAddress address, const Limits& limits, ops::Metrics& metrics,
                 std::string authorities)
    : line_(std::make_shared<Line>(shard, std::move(address), limits, metrics)) {
    ErrorCode ignored;
    if (authorities.empty())
        line_->tls.set_default_verify_paths(ignored);
    else
        line_->tls.load_verify_file(authorities, ignored);
}

WebHook::~WebHook() = default;

void WebHook::page() {
    line_->shard.post([line = line_] { line->add(); });
}

void WebHook::stop() {
    line_->shard.post([line = line_] { line->stop(); });
}

}  // namespace kindroom::net
