// What the operator says to the process.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <optional>

namespace kindroom::runtime {

enum class Request {
    stop,    // SIGTERM, SIGINT
    reload,  // SIGHUP
};

// The main thread's part: it starts the server, then waits here and acts on what comes, in plain sequence:
//
//     while (signals.wait() == Request::reload) reload();
//
// Construct it before any other thread runs. SIGPIPE is ignored from then on: a peer that has gone is an error of a
// write.
class Signals {
  public:
    Signals();

    // Blocks until the operator wants something. Once it has returned `stop`, the signals have their ordinary meaning
    // again, so that a second Ctrl-C ends a process that does not come to its end.
    Request wait();

    // Makes wait() return `stop`, for trouble inside that the process should end for. Any thread.
    void stop();

  private:
    void listen();

    boost::asio::io_context context_{1};
    std::optional<boost::asio::signal_set> set_;
    std::optional<Request> request_;
};

}  // namespace kindroom::runtime
