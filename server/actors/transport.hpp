// Seam: the way to one connected device, as the actors see it. net/ implements it with a WebSocket.
#pragma once

#include <cstdint>

#include "base/ids.hpp"
#include "wire/frame.hpp"

namespace kindroom::actors {

// 4000-4499: come back. 4500-4999: do not. As documented in proto/kindroom/v1/frames.proto.
enum class CloseCode : std::uint16_t {
    server_restarts = 4000,
    too_slow = 4001,
    idle = 4002,
    signed_in_too_late = 4003,
    too_many_connections = 4004,
    malformed = 4500,
    session_ended = 4501,
    limit_broken = 4502,
};

// Who is at the other end, as far as the network tells.
struct Peer {
    wire::Format format = wire::Format::binary;
    NetworkId network;
    bool is_loopback = false;
    // Came in by the operator's own socket, which only the operator can open: acts as an admin without signing in.
    bool is_operator = false;
};

// Called by Client on the shard's thread, and calls Client back only from tasks of its own, never from inside.
class Transport {
  public:
    virtual ~Transport() = default;

    // There is something in the client's outbox: fetch it with Client::take() soon. Called once until take() is called.
    virtual void wake() = 0;
    // Write what the outbox holds now, then close with this code; read no more. Later calls are ignored.
    virtual void close(CloseCode code) = 0;
    // Whether to go on reading frames. While false, nothing is read and the peer feels backpressure; pings are still
    // sent.
    virtual void set_reading(bool reading) = 0;
};

}  // namespace kindroom::actors
