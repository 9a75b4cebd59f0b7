// WsStream by way of Beast, for any layer below. Included by ws_plain.cpp and ws_tls.cpp and no other file.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <exception>
#include <utility>

#include "net/paced_socket.hpp"
#include "net/write_gate.hpp"
#include "net/ws_stream.hpp"

namespace kindroom::net {

// Beast finds these two by argument-dependent lookup when it ends a connection: the layer below is finished our way.
template <class Layer, class Handler>
void async_teardown(boost::beast::role_type, WriteGate<Layer>& gate, Handler&& handler) {
    boost::asio::co_spawn(
        gate.get_executor(), finish_layer(gate.next_layer()),
        [handler = std::forward<Handler>(handler)](std::exception_ptr) mutable { std::move(handler)(ErrorCode{}); });
}
inline void beast_close_socket(PacedSocket& socket) { socket.close(); }

template <class Layer>
class BeastStream : public WsStream {
  public:
    template <class... Args>
    explicit BeastStream(const Limits& limits, Args&&... args) : ws_(std::forward<Args>(args)...) {
        ws_.read_message_max(limits.frame_bytes_max);
        ws_.auto_fragment(false);
    }

    void observe(WsObserver& observer) override {
        lowest().observe(observer);
        ws_.control_callback([&observer](auto, auto) { observer.on_control_frame(); });
    }

    Awaitable<Raw> read_below_tls(std::span<char> into) override { return read_from(lowest(), into); }
    Awaitable<Raw> read_raw(std::span<char> into) override { return read_from(layer(), into); }

    Awaitable<ErrorCode> write_raw(std::string_view bytes) override {
        ErrorCode error;
        co_await boost::asio::async_write(layer(), boost::asio::const_buffer(bytes.data(), bytes.size()),
                                          boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }

    Awaitable<void> finish() override { return finish_layer(layer()); }

    Awaitable<ErrorCode> accept(const Upgrade& upgrade, std::string_view https_only) override {
        namespace http = boost::beast::http;
        // A request made anew from what was judged: nothing that the client wrote beyond it reaches Beast.
        http::request<http::empty_body> request(http::verb::get, "/v1", 11);
        request.set(http::field::host, "kindroom");
        request.set(http::field::upgrade, "websocket");
        request.set(http::field::connection, "Upgrade");
        request.set(http::field::sec_websocket_version, "13");
        request.set(http::field::sec_websocket_key, upgrade.key);
        const auto chosen = subprotocol(upgrade.format);
        ws_.set_option(boost::beast::websocket::stream_base::decorator(
            [chosen, https_only](boost::beast::websocket::response_type& response) {
                response.set(http::field::server, "kindroom");
                response.set(http::field::cache_control, "no-store");
                response.set(http::field::sec_websocket_protocol, chosen);
                if (!https_only.empty()) response.set(http::field::strict_transport_security, https_only);
            }));
        ws_.text(upgrade.format == wire::Format::json);
        ErrorCode error;
        co_await ws_.async_accept(request, boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }

    Awaitable<Piece> read(std::span<std::byte> into) override {
        Piece piece;
        const boost::asio::mutable_buffer buffer(into.data(), into.size());
        piece.bytes = co_await ws_.async_read_some(buffer, boost::asio::redirect_error(use_awaitable, piece.error));
        piece.ends_message = ws_.is_message_done();
        piece.is_text = ws_.got_text();
        co_return piece;
    }

    Written write_now(std::string_view message) override {
        if (!ws_.is_open()) return Written::nothing;
        return ws_.next_layer().write_now(FrameHead(ws_.text(), message.size()).bytes(), message);
    }
    Awaitable<ErrorCode> write_rest() override { return ws_.next_layer().write_rest(); }

    Awaitable<ErrorCode> write(std::string_view message) override {
        ErrorCode error;
        const boost::asio::const_buffer buffer(message.data(), message.size());
        co_await ws_.async_write(buffer, boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }

    Awaitable<ErrorCode> ping() override {
        ErrorCode error;
        const boost::beast::websocket::ping_data nothing;
        co_await ws_.async_ping(nothing, boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }

    Awaitable<ErrorCode> close(std::uint16_t code, std::string_view reason) override {
        ErrorCode error;
        const boost::beast::websocket::close_reason why(static_cast<boost::beast::websocket::close_code>(code),
                                                        boost::beast::string_view(reason.data(), reason.size()));
        co_await ws_.async_close(why, boost::asio::redirect_error(use_awaitable, error));
        co_return error;
    }

    void drop() override {
        lowest().close();
        ws_.next_layer().give_up();
    }

  protected:
    Layer& layer() { return ws_.next_layer().next_layer(); }
    PacedSocket& lowest() { return boost::beast::get_lowest_layer(ws_); }

  private:
    template <class From>
    static Awaitable<Raw> read_from(From& from, std::span<char> into) {
        Raw raw;
        const boost::asio::mutable_buffer buffer(into.data(), into.size());
        raw.bytes = co_await from.async_read_some(buffer, boost::asio::redirect_error(use_awaitable, raw.error));
        co_return raw;
    }

    // Without permessage-deflate even in the code.
    boost::beast::websocket::stream<WriteGate<Layer>, false> ws_;
};

}  // namespace kindroom::net
