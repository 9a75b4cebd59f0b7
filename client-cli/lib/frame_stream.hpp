// One WebSocket connection as a stream of whole frames. The one place of the client that knows Beast is
// frame_stream.cpp. Owner: the thread that runs the io_context; call everything from there. Benchmarks use this class
// directly.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "lib/ending.hpp"
#include "lib/endpoint.hpp"
#include "lib/trust.hpp"

namespace kindroom::client {

struct StreamOptions {
    Endpoint endpoint;
    // Needed for TLS endpoints only.
    std::shared_ptr<Trust> trust;
    std::string subprotocol = "kindroom.v1";
    // Whether frames are sent as binary ones, or as text.
    bool binary = true;
    // For resolving, connecting, TLS and the WebSocket handshake together.
    std::chrono::milliseconds open_within{10'000};
    // A server that is silent for this long, pongs included, counts as lost; pings go out at half of it.
    std::chrono::milliseconds idle_max{90'000};
    // For the closing handshake; then the socket is dropped.
    std::chrono::milliseconds close_within{2'000};
    std::size_t read_message_max = 4 * 1024 * 1024;
};

class FrameStream {
  public:
    struct Handlers {
        std::function<void()> opened;
        // The bytes are valid during the call.
        std::function<void(std::string_view)> frame;
        // Once, last, and never from inside a call of this class. After it the stream is spent.
        std::function<void(const Ending&)> closed;
    };

    virtual ~FrameStream() = default;
    virtual void open(Handlers handlers) = 0;
    // Queues one frame; frames are written in order. Without effect before `opened` and after the end.
    virtual void send(std::string frame) = 0;
    // Writes what is queued, then closes properly.
    virtual void close() = 0;
    // Cuts the connection at once, as a dying network would: the other side sees a reset.
    virtual void drop() = 0;
    // As drop(), and no handler is called any more.
    virtual void abandon() = 0;
};

std::shared_ptr<FrameStream> make_frame_stream(boost::asio::io_context& io, StreamOptions options);

}  // namespace kindroom::client
