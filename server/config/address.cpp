#include "config/address.hpp"

#include <algorithm>
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

std::optional<WebAddress> parse_web_address(std::string_view text) {
    WebAddress out;
    out.tls = text.starts_with("https://");
    if (!out.tls && !text.starts_with("http://")) return std::nullopt;
    text.remove_prefix(out.tls ? 8 : 7);
    const bool is_plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
    const std::size_t slash = std::min(text.find_first_of("/?#"), text.size());
    std::string_view where = text.substr(0, slash);
    const std::string_view path = text.substr(slash);
    if (!is_plain || where.find('@') != std::string_view::npos || path.find('#') != std::string_view::npos)
        return std::nullopt;
    out.path = path.starts_with('/') ? std::string{path} : "/" + std::string{path};
    out.port = out.tls ? 443 : 80;
    const std::size_t bracket = where.rfind(']');
    const std::size_t colon = where.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        const std::string_view port = where.substr(colon + 1);
        const auto [end, trouble] = std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (port.empty() || trouble != std::errc{} || end != port.data() + port.size() || out.port == 0)
            return std::nullopt;
        where = where.substr(0, colon);
    }
    if (where.starts_with('[') && where.ends_with(']')) where = where.substr(1, where.size() - 2);
    if (where.empty()) return std::nullopt;
    out.host = where;
    return out;
}

}  // namespace kindroom::config
