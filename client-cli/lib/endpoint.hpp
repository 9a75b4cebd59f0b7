// Where a server is: wss://host:port, ws://host:port on this machine, or unix:/path.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "lib/ending.hpp"

namespace kindroom::client {

enum class Transport { tls, plain, unix_socket };

struct Endpoint {
    Transport transport = Transport::tls;
    std::string host;  // a name, an IPv4 address, or an IPv6 address without brackets; empty for a Unix socket
    std::string port;
    std::string path;  // of the Unix socket

    bool operator==(const Endpoint&) const = default;
};

// Reads an endpoint. A missing port is 7443 for wss and has to be given for ws. ws is refused for anything but
// "localhost" and loopback addresses: what people say here never crosses a network in the clear.
std::variant<Endpoint, Ending> parse_endpoint(std::string_view url);

// The value of a Host header for this endpoint.
std::string host_header(const Endpoint& endpoint);

}  // namespace kindroom::client
