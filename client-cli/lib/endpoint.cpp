#include "lib/endpoint.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace kindroom::client {

namespace {

Ending wrong(std::string words) { return {EndKind::misconfigured, 0, std::move(words)}; }

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5) return false;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
    const int number = std::stoi(std::string(text));
    return number > 0 && number < 65536;
}

bool is_loopback(const std::string& host) {
    if (host == "localhost") return true;
    boost::system::error_code failed;
    const auto address = boost::asio::ip::make_address(host, failed);
    return !failed && address.is_loopback();
}

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= 255 && text.find_first_of("/@?#[]%\\ \t\r\n\"") == std::string_view::npos;
}

// Splits "host:port", "[v6]:port" or "host".
std::variant<Endpoint, Ending> parse_authority(Transport transport, std::string_view text) {
    Endpoint endpoint{.transport = transport, .host = {}, .port = {}, .path = {}};
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return wrong("the address in brackets has no end");
        endpoint.host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
    } else {
        const auto colon = text.find(':');
        endpoint.host = text.substr(0, colon);
        if (colon != std::string_view::npos) rest = text.substr(colon);
    }
    if (!is_host(endpoint.host)) return wrong("that is not the name of a server");
    if (rest.empty() && transport == Transport::tls) rest = ":7443";
    if (!rest.starts_with(':') || !is_port(rest.substr(1)))
        return wrong("the server's port is missing or not a number");
    endpoint.port = rest.substr(1);
    return endpoint;
}

}  // namespace

std::variant<Endpoint, Ending> parse_endpoint(std::string_view url) {
    const auto after = [&](std::string_view scheme) { return url.substr(scheme.size()); };
    const auto without_slash = [](std::string_view text) {
        return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
    };
    if (url.starts_with("unix:")) {
        Endpoint endpoint{
            .transport = Transport::unix_socket, .host = {}, .port = {}, .path = std::string(after("unix:"))};
        if (!endpoint.path.starts_with('/'))
            return wrong("unix: needs an absolute path, such as unix:/run/kindroom.sock");
        return endpoint;
    }
    if (url.starts_with("wss://")) return parse_authority(Transport::tls, without_slash(after("wss://")));
    if (url.starts_with("ws://")) {
        auto parsed = parse_authority(Transport::plain, without_slash(after("ws://")));
        const auto* endpoint = std::get_if<Endpoint>(&parsed);
        if (endpoint && !is_loopback(endpoint->host)) {
            return wrong("ws:// is for this machine only; use wss:// so that nobody on the way can read along");
        }
        return parsed;
    }
    return wrong("a server is written as wss://host:port, ws://localhost:port or unix:/path");
}

std::string host_header(const Endpoint& endpoint) {
    if (endpoint.transport == Transport::unix_socket) return "localhost";
    const bool v6 = endpoint.host.find(':') != std::string::npos;
    return (v6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" + endpoint.port;
}

}  // namespace kindroom::client
