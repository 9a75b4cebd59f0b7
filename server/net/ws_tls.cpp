#include <boost/asio/ssl/context.hpp>

#include "net/tls_socket.hpp"
#include "net/ws_beast.hpp"

namespace kindroom::net {

// Says goodbye in TLS, then as without TLS.
static Awaitable<void> finish_layer(TlsSocket& layer) {
    ErrorCode error;
    co_await layer.async_goodbye(boost::asio::redirect_error(use_awaitable, error));
    co_await finish_layer(layer.next_layer());
}

namespace {

class TlsStream final : public BeastStream<TlsSocket> {
  public:
    using BeastStream::BeastStream;
    Awaitable<ErrorCode> secure() override {
        ErrorCode error;
        co_await layer().async_handshake(boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }
};

}  // namespace

std::unique_ptr<WsStream> make_tls_stream(Socket socket, boost::asio::ssl::context& context, const Limits& limits) {
    const ReadAllowance allowance(limits.read_bytes_per_second, limits.read_burst_bytes);
    return std::make_unique<TlsStream>(limits, PacedSocket(std::move(socket), allowance), context.native_handle());
}

}  // namespace kindroom::net
