#include "config/address.hpp"

#include <arpa/inet.h>
#include <array>
#include <charconv>

namespace kindroom::config {

namespace {

bool is_loopback_v6(const in6_addr& address) {
    in6_addr loopback = IN6ADDR_LOOPBACK_INIT;
    return std::equal(std::begin(address.s6_addr), std::end(address.s6_addr), std::begin(loopback.s6_addr));
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view port = text.substr(colon + 1);
    Address out;
    const auto [end, trouble] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (port.empty() || trouble != std::errc{} || end != port.data() + port.size()) return std::nullopt;

    std::string_view host = text.substr(0, colon);
    const bool in_brackets = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
    if (in_brackets) host = host.substr(1, host.size() - 2);
    out.host = host;
    if (in_brackets) {
        in6_addr address{};
        if (inet_pton(AF_INET6, out.host.c_str(), &address) != 1) return std::nullopt;
        out.is_loopback = is_loopback_v6(address);
    } else {
        in_addr address{};
        if (inet_pton(AF_INET, out.host.c_str(), &address) != 1) return std::nullopt;
        out.is_loopback = (ntohl(address.s_addr) >> 24) == 127;
    }
    return out;
}

}  // namespace kindroom::config
