// Addresses to listen on, as they are written: `127.0.0.1:7443`, `[::1]:7443`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kindroom::config {

struct Address {
    std::string host;  // numeric, without brackets
    std::uint16_t port = 0;
    bool is_loopback = false;
};

// Nothing for names: a server that starts must not wait for somebody to tell it who it is.
std::optional<Address> parse_address(std::string_view text);

// Where a web hook is told: `https://pager.example:8443/kindroom?key=1`.
struct WebAddress {
    bool tls = false;
    std::string host;  // a name or a numeric address, without brackets
    std::uint16_t port = 0;
    std::string path;  // with its query; begins with a slash
};

// Nothing for what is no http or https address, or holds a user's name.
std::optional<WebAddress> parse_web_address(std::string_view text);

}  // namespace kindroom::config
