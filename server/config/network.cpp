#include "config/network.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <string>

namespace kindroom::config {

namespace {

bool are_zero(std::span<const std::byte> bytes) {
    return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{}; });
}

// The first so many bits; the others are zero.
std::array<std::byte, 16> masked(std::span<const std::byte> bytes, std::size_t bits) {
    std::array<std::byte, 16> out{};
    for (std::size_t i = 0; i < bytes.size() && bits > 0; ++i) {
        const std::size_t here = std::min<std::size_t>(bits, 8);
        out[i] = bytes[i] & (std::byte{0xff} << (8 - here));
        bits -= here;
    }
    return out;
}

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Host Host::v4(std::span<const std::byte, 4> bytes) {
    Host host;
    std::ranges::copy(bytes, host.bytes_.begin());
    return host;
}

Host Host::v6(std::span<const std::byte, 16> bytes) {
    if (are_zero(bytes.first<10>()) && bytes[10] == std::byte{0xff} && bytes[11] == std::byte{0xff})
        return v4(bytes.last<4>());
    Host host;
    std::ranges::copy(bytes, host.bytes_.begin());
    host.size_ = bytes.size();
    return host;
}

std::optional<Host> Host::parse(std::string_view text) {
    // What comes behind a zero byte would not be looked at.
    if (text.find('\0') != text.npos) return std::nullopt;
    const std::string numeric(text);
    std::array<std::byte, 16> bytes{};
    if (inet_pton(AF_INET, numeric.c_str(), bytes.data()) == 1) return v4(std::span(bytes).first<4>());
    if (inet_pton(AF_INET6, numeric.c_str(), bytes.data()) == 1) return v6(bytes);
    return std::nullopt;
}

bool Host::is_loopback() const {
    if (is_v4()) return bytes_[0] == std::byte{127};
    return are_zero(std::span(bytes_).first<15>()) && bytes_[15] == std::byte{1};
}

std::optional<Network> Network::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto first = Host::parse(text.substr(0, slash));
    if (!first) return std::nullopt;
    const std::size_t all = 8 * first->bytes().size();
    const auto bits = slash == text.npos ? all : number(text.substr(slash + 1));
    if (!bits || *bits == 0 || *bits > all) return std::nullopt;
    if (masked(first->bytes(), *bits) != masked(first->bytes(), all)) return std::nullopt;
    return Network(*first, *bits);
}

bool Network::contains(const Host& host) const {
    return host.is_v4() == first_.is_v4() && masked(host.bytes(), prefix_bits_) == masked(first_.bytes(), prefix_bits_);
}

}  // namespace kindroom::config
