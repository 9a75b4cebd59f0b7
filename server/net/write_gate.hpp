// Between Beast and the socket: lets a whole message be written at once and past Beast, which would take a coroutine,
// an operation and half a dozen allocations to call send() once. Beast goes on to write what it alone knows when to
// write: answers to pings, pings, closing frames. The two never come into one another's frames.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/task.hpp"
#include "net/awaitable.hpp"
#include "net/ws_stream.hpp"

namespace kindroom::net {

// The head of an unmasked frame that is a whole message (RFC 6455, 5.2).
class FrameHead {
  public:
    FrameHead(bool is_text, std::size_t bytes) {
        put(is_text ? 0x81 : 0x82);
        const int length = bytes < 126 ? 0 : bytes <= UINT16_MAX ? 2 : 8;
        put(length == 0 ? bytes : length == 2 ? 126 : 127);
        for (int i = length; i > 0; --i) put(bytes >> (8 * (i - 1)));
    }
    std::string_view bytes() const { return {bytes_.data(), size_}; }

  private:
    void put(std::size_t byte) { bytes_[size_++] = static_cast<char>(byte & 0xff); }

    std::array<char, 10> bytes_{};
    std::size_t size_ = 0;
};

// Meets Asio's AsyncReadStream and AsyncWriteStream. `Layer::write_now(head, body)` writes what it can of the two, one
// behind the other, without waiting, and tells how many bytes that was.
template <class Layer>
class WriteGate {
  public:
    using executor_type = Executor;
    using next_layer_type = Layer;

    template <class... Args>
    explicit WriteGate(Args&&... args) : layer_(std::forward<Args>(args)...) {}

    executor_type get_executor() { return layer_.get_executor(); }
    next_layer_type& next_layer() { return layer_; }
    const next_layer_type& next_layer() const { return layer_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return layer_.async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(WriteOp<Buffers>{*this, buffers}, token,
                                                                               get_executor());
    }

    WsStream::Written write_now(std::string_view head, std::string_view body) {
        if (is_writing_ || has_rest_) return WsStream::Written::nothing;
        const std::size_t written = layer_.write_now(head, body);
        if (written == head.size() + body.size()) return WsStream::Written::whole;
        // Also where it is all of it: TLS goes on with the bytes that it has been given.
        has_rest_ = true;
        const std::size_t of_head = std::min(written, head.size());
        rest_.assign(head.substr(of_head)).append(body.substr(written - of_head));
        return WsStream::Written::part;
    }
    Awaitable<ErrorCode> write_rest() {
        ErrorCode error;
        co_await boost::asio::async_write(layer_, boost::asio::buffer(rest_),
                                          boost::asio::redirect_error(use_awaitable, error));
        rest_ = std::string();
        open();
        co_return error;
    }
    // What is left to write is not: the layer is closed. Whatever waits here finds that out.
    void give_up() { open(); }

  private:
    // Of a frame of Beast's. Where it is written in pieces, the next one begins before anything else can run.
    template <class Buffers>
    struct WriteOp {
        WriteGate& gate;
        Buffers buffers;
        bool has_begun = false;

        template <class Self>
        void operator()(Self& self, ErrorCode error = {}, std::size_t bytes = 0) {
            if (has_begun) {
                gate.is_writing_ = false;
                return self.complete(error, bytes);
            }
            // Beast writes one frame at a time, so there is one that waits.
            if (gate.has_rest_) {
                gate.waiting_ = [self = std::move(self)]() mutable { self(); };
                return;
            }
            has_begun = gate.is_writing_ = true;
            auto& layer = gate.layer_;
            const auto from = buffers;
            layer.async_write_some(from, std::move(self));
        }
    };

    void open() {
        has_rest_ = false;
        if (waiting_) boost::asio::post(get_executor(), std::exchange(waiting_, nullptr));
    }

    Layer layer_;
    bool is_writing_ = false;
    // Of a message of which a part has been written: write_rest() is under way or about to be.
    bool has_rest_ = false;
    std::string rest_;
    Task waiting_;
};

}  // namespace kindroom::net
