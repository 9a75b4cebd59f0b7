// What a proxy says before the bytes of its client: the PROXY protocol, versions 1 and 2, as haproxy describes it
// (https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "config/network.hpp"

namespace kindroom::net {

// For whom a proxy has connected.
struct Introduction {
    enum class Whom {
        client,   // from `host`
        unknown,  // somebody of whom it does not know, or does not say, where they are
        itself,   // nobody: it looks whether we are there
    };
    Whom whom = Whom::unknown;
    config::Host host{};
    friend bool operator==(const Introduction&, const Introduction&) = default;
};

// Puts an introduction together from the bytes as they come, and never needs one of those that follow it. It keeps no
// more than the addresses, whatever else the proxy tells.
class ProxyHeaderReader {
  public:
    explicit ProxyHeaderReader(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    enum class State {
        needs_more,
        complete,
        refused,  // it is none, or longer than it may be
    };
    // How many bytes may be taken next; more could be the client's. Not zero while it needs more.
    std::size_t wanted() const;
    // The next bytes, as many as are wanted or fewer. Not again once it has returned anything but needs_more.
    State feed(std::string_view bytes);
    // Once complete.
    const Introduction& introduction() const { return introduction_; }

  private:
    bool is_binary() const;
    State read_line();
    State read_binary();
    State end_with(const std::optional<Introduction>& found);

    const std::size_t bytes_max_;
    std::string kept_;  // as much of it as can matter
    std::size_t taken_ = 0;
    std::size_t whole_ = 0;  // of the binary kind, once it has said so
    Introduction introduction_;
};

}  // namespace kindroom::net
