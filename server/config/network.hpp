// Networks as they are written: `10.0.0.0/8`, `2001:db8::/32`, or one host of them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace kindroom::config {

// An address without a port. One of IPv4 in IPv6's clothes is one of IPv4.
class Host {
  public:
    static Host v4(std::span<const std::byte, 4> bytes);
    static Host v6(std::span<const std::byte, 16> bytes);
    // Numeric, without brackets; nothing for names.
    static std::optional<Host> parse(std::string_view text);

    // Four or sixteen.
    std::span<const std::byte> bytes() const { return std::span(bytes_).first(size_); }
    bool is_v4() const { return size_ == 4; }
    bool is_loopback() const;
    friend bool operator==(const Host&, const Host&) = default;

  private:
    std::array<std::byte, 16> bytes_{};
    std::size_t size_ = 4;
};

class Network {
  public:
    // Nothing for what is none, or has bits set behind its prefix: whoever wrote that meant something else. Neither for
    // a prefix of zero: that is everybody.
    static std::optional<Network> parse(std::string_view text);

    bool contains(const Host& host) const;

  private:
    Network(const Host& first, std::size_t prefix_bits) : first_(first), prefix_bits_(prefix_bits) {}
    Host first_;
    std::size_t prefix_bits_;
};

}  // namespace kindroom::config
