// A line to the server for straight-line code, such as tests: each call waits until it is done or its time is over.
// Threads: it runs one of its own; all calls may be made from any one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "kindroom/v1/frames.pb.h"
#include "lib/backoff.hpp"
#include "lib/ending.hpp"
#include "lib/line.hpp"

namespace kindroom::client {

struct ConnectionOptions {
    LineOptions line;
    // Come back by itself, as a SteadyLine does. Otherwise the connection is a Link, which says nothing by itself.
    bool steady = false;
    // For a steady one, as in SteadyOptions.
    Backoff::Options backoff;
    std::chrono::milliseconds give_up_after{0};
    bool follow_rooms = false;
    // Keep frames as they came, for next_frame(), and decode none.
    bool raw = false;
};

class Connection {
  public:
    using Within = std::chrono::milliseconds;

    explicit Connection(ConnectionOptions options);
    // Cuts what is still open.
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Opens the WebSocket; Hello is the caller's to say. Nothing when it is open, or else why it is not.
    std::optional<Ending> connect(Within within);

    // Sends a request and returns its id; a request with id 0 is given one that is not in use.
    std::uint32_t send(v1::Request request);
    // The reply to a request that was sent. Nothing when the time was over or the connection ended first. A reply is
    // kept until it is asked for, and given out once.
    std::optional<v1::Reply> wait_reply(std::uint32_t id, Within within);
    std::optional<v1::Reply> request(v1::Request request, Within within);
    // The next event that is not a reply, in order of arrival; nothing when there is none in time, or will be none.
    std::optional<v1::Event> next_event(Within within);
    // Pings, and waits for the answer: afterwards everything that the server had for us before is here, so that
    // next_event(0ms) without an event proves silence.
    bool fence(Within within);

    // How the connection ended, once it has; cleared by connect(). A steady one that is coming back has not ended.
    std::optional<Ending> ending() const;
    std::optional<Ending> wait_ended(Within within);
    // How many times the WebSocket was opened. For tests of coming back.
    unsigned times_opened() const;

    // Closes properly and waits for the end.
    void close();
    // Cuts the connection without a word. A steady one comes back.
    void drop();

    // For raw connections. Sends bytes as they are; one of the mode `raw` also receives them so.
    void send_frame(std::string frame);
    std::optional<std::string> next_frame(Within within);

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace kindroom::client
