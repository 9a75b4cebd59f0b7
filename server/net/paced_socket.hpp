// A socket that reads no faster than its allowance. The lowest layer of every connection: pings, fragments and TLS
// records are paced like any other byte, whatever lies above makes of them.
#pragma once

#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <string_view>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <utility>

#include "net/awaitable.hpp"
#include "net/read_allowance.hpp"
#include "net/ws_stream.hpp"

namespace kindroom::net {

// Meets Asio's AsyncReadStream and AsyncWriteStream.
class PacedSocket {
  public:
    using executor_type = Executor;

    PacedSocket(Socket socket, ReadAllowance allowance)
        : socket_(std::move(socket)), timer_(socket_.get_executor()), allowance_(allowance) {}

    executor_type get_executor() { return socket_.get_executor(); }

    void observe(WsObserver& observer) { observer_ = &observer; }
    WsObserver* observer() const { return observer_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(ReadOp<Buffers>{*this, buffers}, token,
                                                                               socket_);
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return socket_.async_write_some(buffers, std::forward<Token>(token));
    }

    // What can be written without waiting of the two, one behind the other: how many bytes. A write that failed shows
    // in the next one that may wait.
    std::size_t write_now(std::string_view head, std::string_view body) {
        // Not written to, whatever the type says.
        std::array<iovec, 2> parts{iovec{const_cast<char*>(head.data()), head.size()},
                                   iovec{const_cast<char*>(body.data()), body.size()}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t put = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        return put > 0 ? static_cast<std::size_t>(put) : 0;
    }

    // For a layer above that reads and writes by itself (TlsSocket): what can be done at once, told as recv and send
    // tell it. While it has to pause there is nothing to read.
    void make_non_blocking() {
        ErrorCode ignored;
        socket_.native_non_blocking(true, ignored);
    }
    ssize_t read_now(void* into, std::size_t bytes) {
        const auto now = ReadAllowance::Instant::clock::now();
        if (allowance_.pause(now).count() > 0) {
            errno = EAGAIN;
            return -1;
        }
        const ssize_t got = ::recv(socket_.native_handle(), into, bytes, 0);
        if (got > 0) allowance_.took(static_cast<std::size_t>(got), now);
        return got;
    }
    ssize_t write_now(const void* from, std::size_t bytes) {
        return ::send(socket_.native_handle(), from, bytes, MSG_NOSIGNAL);
    }
    // Until read_now() may find something: first through the pause, if there must be one. One at a
    // time: without renegotiation no write of TLS waits to read.
    template <class Token>
    auto async_wait_to_read(Token&& token) {
        const auto pause = allowance_.pause(ReadAllowance::Instant::clock::now());
        if (pause.count() <= 0) return socket_.async_wait(Socket::wait_read, std::forward<Token>(token));
        timer_.expires_after(pause);
        return timer_.async_wait(std::forward<Token>(token));
    }
    template <class Token>
    auto async_wait_to_write(Token&& token) {
        return socket_.async_wait(Socket::wait_write, std::forward<Token>(token));
    }

    void shutdown_send() {
        ErrorCode ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
    }
    void close() {
        ErrorCode ignored;
        socket_.close(ignored);
        timer_.cancel();
    }

  private:
    using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

    template <class Buffers>
    struct ReadOp {
        PacedSocket& paced;
        Buffers buffers;
        enum class Step { start, pause, read } step = Step::start;

        template <class Self>
        void operator()(Self& self, ErrorCode error = {}, std::size_t bytes = 0) {
            const auto now = ReadAllowance::Instant::clock::now();
            if (step == Step::read) {
                paced.allowance_.took(bytes, now);
                return self.complete(error, bytes);
            }
            if (error) return self.complete(error, 0);
            if (step == Step::start && paced.allowance_.pause(now).count() > 0) {
                step = Step::pause;
                paced.timer_.expires_after(paced.allowance_.pause(now));
                return paced.timer_.async_wait(std::move(self));
            }
            step = Step::read;
            // Moved from before the call: the buffers are this operation's own.
            auto& socket = paced.socket_;
            const auto into = buffers;
            socket.async_read_some(into, std::move(self));
        }
    };

    Socket socket_;
    Timer timer_;
    ReadAllowance allowance_;
    WsObserver* observer_ = nullptr;
};

// Half-closes and reads until the peer has gone. Closing with bytes unread would send a reset, which takes back the
// close frame or the answer that is still under way. Unlike Beast's own way it is paced, so a flood costs nothing.
inline Awaitable<void> finish_layer(PacedSocket& socket) {
    if (socket.observer()) socket.observer()->on_farewell();
    socket.shutdown_send();
    std::array<char, 1024> unread;
    ErrorCode error;
    while (!error) {
        co_await socket.async_read_some(boost::asio::buffer(unread), boost::asio::redirect_error(use_awaitable, error));
    }
    socket.close();
}

}  // namespace kindroom::net
