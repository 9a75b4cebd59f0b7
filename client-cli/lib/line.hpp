// A line to the server, as its user sees it: requests go out, events come in. Link is one connection; SteadyLine comes
// back by itself. Owner of both: the thread that runs their io_context; every call and every call-back is made there.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "kindroom/v1/frames.pb.h"
#include "lib/ending.hpp"

namespace kindroom::client {

struct LineOptions {
    // As in parse_endpoint().
    std::string endpoint;
    // As in TrustOptions.
    std::string ca_file;
    std::string pin;
    // Speak kindroom.v1.json instead of kindroom.v1.
    bool json = false;
    // For everything up to the end of the WebSocket handshake.
    std::chrono::milliseconds open_within{10'000};
    std::chrono::milliseconds idle_max{90'000};
};

class LineObserver {
  public:
    virtual ~LineObserver() = default;
    // The WebSocket is open; nothing was said yet. A SteadyLine calls it once for each connection.
    virtual void opened() {}
    // Each event of each batch, replies included, in the order of arrival.
    virtual void event(const v1::Event&) {}
    // A frame before it is decoded; false keeps it from being decoded.
    virtual bool frame(std::string_view) { return true; }
    // A SteadyLine only. This request was under way when the connection was lost and must not be repeated unasked;
    // whether it was carried out is not known.
    virtual void unanswered(std::uint32_t) {}
    // A SteadyLine only. After coming back the server says that the account is not in this room any more.
    virtual void room_gone(const std::string&) {}
    // A SteadyLine only. The server cannot tell any more what was missed in this room; it goes on from now.
    virtual void room_gap(const std::string&) {}
    // A SteadyLine only. The connection is away, and this long until the next try.
    virtual void coming_back(std::chrono::milliseconds, const Ending&) {}
    // Caught up with everything that was missed.
    virtual void back() {}
    // For good. Nothing follows.
    virtual void ended(const Ending&) {}
};

class Line {
  public:
    virtual ~Line() = default;
    // Begins to connect. A Link may be opened again after `ended`; a SteadyLine that ended has said why it is over.
    virtual void open() = 0;
    // Sends one request; its id is the caller's, not 0 and below own_ids_from. A Link drops it while it is not open; a
    // SteadyLine keeps it until there is a connection.
    virtual void send(const v1::Request& request) = 0;
    // Closes properly; `ended` follows.
    virtual void close() = 0;
    // Cuts the connection without a word, as a dying network would.
    virtual void drop() = 0;
};

// Request ids from here on belong to the library.
inline constexpr std::uint32_t own_ids_from = 0x8000'0000;

}  // namespace kindroom::client
