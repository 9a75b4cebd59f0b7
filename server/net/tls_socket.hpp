// TLS over a socket, for connections of which nearly all are idle: OpenSSL reads from and writes to the socket by
// itself, and is asked again once the socket is ready. Asio's own stream holds buffers of its own for as long as it
// lives, four times as much as all of this; OpenSSL gives its buffers back while nothing is under way
// (SSL_MODE_RELEASE_BUFFERS).
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <openssl/ssl.h>
#include <string_view>
#include <utility>

#include "net/paced_socket.hpp"

namespace kindroom::net {

// Meets Asio's AsyncReadStream and AsyncWriteStream. One read and one write may be under way at a time.
class TlsSocket {
  public:
    using executor_type = Executor;
    using next_layer_type = PacedSocket;

    // The server's side. The context is needed only during the call.
    TlsSocket(PacedSocket socket, SSL_CTX* context);
    // OpenSSL knows where the socket is.
    TlsSocket(const TlsSocket&) = delete;
    TlsSocket& operator=(const TlsSocket&) = delete;

    executor_type get_executor() { return socket_.get_executor(); }
    next_layer_type& next_layer() { return socket_; }
    const next_layer_type& next_layer() const { return socket_; }

    // All of them end with an error code and a number of bytes, which is of no meaning to the first two.
    template <class Token>
    auto async_handshake(Token&& token) {
        return begin([](TlsSocket& tls) { return tls.handshake(); }, std::forward<Token>(token));
    }
    // Says that nothing more will come; does not wait for the peer's goodbye, which many never send.
    template <class Token>
    auto async_goodbye(Token&& token) {
        return begin([](TlsSocket& tls) { return tls.say_goodbye(); }, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return begin([buffers](TlsSocket& tls) { return tls.read_into(buffers); }, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return begin([buffers](TlsSocket& tls) { return tls.write_from(buffers); }, std::forward<Token>(token));
    }

    // What can be written without waiting of the two, one behind the other: how many bytes. A write that failed, or
    // waits, goes on where the next one that may wait begins with the same bytes.
    std::size_t write_now(std::string_view head, std::string_view body);

  private:
    enum class Wants { nothing, to_read, to_write };
    struct Tried {
        std::size_t bytes = 0;
        Wants wants = Wants::nothing;
        ErrorCode error{};
    };
    // What a record of TLS holds.
    static constexpr std::size_t record_bytes_max = 16 * 1024;

    template <class Attempt>
    struct Operation {
        TlsSocket& tls;
        Attempt attempt;
        Tried tried{};
        enum class Step { start, wait, over } step = Step::start;

        template <class Self>
        void operator()(Self& self, ErrorCode error = {}) {
            if (step == Step::over) return self.complete(tried.error, tried.bytes);
            if (error) return self.complete(error, 0);
            tried = attempt(tls);
            auto& socket = tls.socket_;
            if (tried.wants == Wants::nothing) {
                if (step == Step::wait) return self.complete(tried.error, tried.bytes);
                // Never within the call that began it.
                step = Step::over;
                return boost::asio::post(socket.get_executor(), std::move(self));
            }
            step = Step::wait;
            const Wants wants = tried.wants;
            if (wants == Wants::to_write) return socket.async_wait_to_write(std::move(self));
            socket.async_wait_to_read(std::move(self));
        }
    };
    template <class Attempt, class Token>
    auto begin(Attempt attempt, Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(
            Operation<Attempt>{*this, std::move(attempt)}, token, get_executor());
    }

    template <class Buffers>
    Tried read_into(const Buffers& buffers) {
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != boost::asio::buffer_sequence_end(buffers);
             ++at) {
            const boost::asio::mutable_buffer one(*at);
            if (one.size() > 0) return read(one.data(), one.size());
        }
        return {};
    }
    // As many as fit into one record, so that many small events are one record and one call of the system.
    template <class Buffers>
    Tried write_from(const Buffers& buffers) {
        std::array<std::byte, record_bytes_max> record;
        const std::size_t bytes = boost::asio::buffer_copy(boost::asio::buffer(record), buffers);
        return bytes > 0 ? write(record.data(), bytes) : Tried{};
    }

    Tried handshake();
    Tried say_goodbye();
    Tried read(void* into, std::size_t bytes);
    Tried write(const void* from, std::size_t bytes);
    Tried what_came_of(int result) const;

    struct Free {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    PacedSocket socket_;
    std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace kindroom::net
