// Seam inside net/: one connection as a stream, plain or TLS, so that Beast is compiled in two files and seen in no
// other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/limits.hpp"
#include "net/awaitable.hpp"
#include "net/upgrade.hpp"

namespace boost::asio::ssl {
class context;
}

namespace kindroom::net {

// Told while a read or a close is under way; must not call the stream back from inside.
class WsObserver {
  public:
    // A ping, a pong or a close frame has come.
    virtual void on_control_frame() = 0;
    // The last frame has been written; what is left is waiting for the peer to go. It may take for ever: bound it.
    virtual void on_farewell() = 0;

  protected:
    ~WsObserver() = default;
};

// Owner: the shard of its socket. In the order of a connection's life: read_below_tls() for what a proxy says,
// secure(), then *_raw() while it is HTTP, then either finish() or accept() and after it the frames. One read and one
// write (or ping, or close) may be under way at a time. Nothing here has a time limit: drop() ends whatever is under
// way with an error.
class WsStream {
  public:
    struct Raw {
        std::size_t bytes = 0;
        ErrorCode error{};
    };
    // A fragment of a message, or less where the buffer or the network cut it.
    struct Piece {
        std::size_t bytes = 0;
        bool ends_message = false;
        bool is_text = false;
        ErrorCode error{};
    };

    // What has become of a message that was not to wait.
    enum class Written : std::uint8_t {
        whole,
        part,     // the rest, or all of it, waits for the network: write_rest() before anything else
        nothing,  // a frame of Beast's is on its way, or it is no WebSocket any more: write() it
    };

    virtual ~WsStream() = default;

    // Outlives the stream.
    virtual void observe(WsObserver& observer) = 0;

    virtual Awaitable<Raw> read_below_tls(std::span<char> into) = 0;
    // The TLS handshake; nothing to do without TLS.
    virtual Awaitable<ErrorCode> secure() = 0;
    virtual Awaitable<Raw> read_raw(std::span<char> into) = 0;
    virtual Awaitable<ErrorCode> write_raw(std::string_view bytes) = 0;
    // Says that nothing more will come, and waits until the peer has gone; closing at once could take back what is
    // still on its way.
    virtual Awaitable<void> finish() = 0;

    // Answers a request that judge_head() found good. `https_only` as for written_answer(); it outlives the stream.
    virtual Awaitable<ErrorCode> accept(const Upgrade& upgrade, std::string_view https_only) = 0;
    // Answers pings and the peer's close by itself. Fails the WebSocket by the book: 1002, 1007, 1009 beyond
    // frame_bytes_max.
    virtual Awaitable<Piece> read(std::span<std::byte> into) = 0;
    // One message. While no other write is under way.
    virtual Written write_now(std::string_view message) = 0;
    virtual Awaitable<ErrorCode> write_rest() = 0;
    // One message, which stays where it is meanwhile.
    virtual Awaitable<ErrorCode> write(std::string_view message) = 0;
    virtual Awaitable<ErrorCode> ping() = 0;
    // The closing handshake. A read under way ends with an error.
    virtual Awaitable<ErrorCode> close(std::uint16_t code, std::string_view reason) = 0;

    // Any time, also again.
    virtual void drop() = 0;
};

std::unique_ptr<WsStream> make_plain_stream(Socket socket, const Limits& limits);
// The context is needed only during the call.
std::unique_ptr<WsStream> make_tls_stream(Socket socket, boost::asio::ssl::context& context, const Limits& limits);

}  // namespace kindroom::net
