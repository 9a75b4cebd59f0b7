#include <boost/beast/ssl/ssl_stream.hpp>

#include "net/ws_beast.hpp"

namespace kindroom::net {

// Beast's, because it gathers the frames of a message into few TLS records; Asio's own writes one record per buffer.
using TlsLayer = boost::beast::ssl_stream<PacedSocket>;

// Says goodbye in TLS without waiting for the peer's goodbye, which many never send, then as without TLS.
static Awaitable<void> finish_layer(TlsLayer& layer) {
    auto* const ssl = layer.native_handle();
    SSL_set_shutdown(ssl, SSL_get_shutdown(ssl) | SSL_RECEIVED_SHUTDOWN);
    ErrorCode error;
    co_await layer.async_shutdown(boost::asio::redirect_error(use_awaitable, error));
    co_await finish_layer(layer.next_layer());
}

template <class Handler>
void async_teardown(boost::beast::role_type, TlsLayer& layer, Handler&& handler) {
    boost::asio::co_spawn(
        layer.get_executor(), finish_layer(layer),
        [handler = std::forward<Handler>(handler)](std::exception_ptr) mutable { std::move(handler)(ErrorCode{}); });
}

namespace {

class TlsStream final : public BeastStream<TlsLayer> {
  public:
    using BeastStream::BeastStream;
    Awaitable<ErrorCode> secure() override {
        ErrorCode error;
        co_await layer().async_handshake(TlsLayer::server, boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }
};

}  // namespace

std::unique_ptr<WsStream> make_tls_stream(Socket socket, boost::asio::ssl::context& context, const Limits& limits) {
    const ReadAllowance allowance(limits.read_bytes_per_second, limits.read_burst_bytes);
    return std::make_unique<TlsStream>(limits, PacedSocket(std::move(socket), allowance), context);
}

}  // namespace kindroom::net
