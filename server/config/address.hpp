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

}  // namespace kindroom::config
