#include "net/proxy_header.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>

#include "base/assert.hpp"
#include "base/bytes.hpp"

namespace kindroom::net {
namespace {

using Whom = Introduction::Whom;

constexpr std::string_view line_begins = "PROXY ";
constexpr std::size_t line_bytes_max = 107;
constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);
// Up to the addresses: the signature, version and command, family and protocol, the length of what follows.
constexpr std::size_t binary_head_bytes = 16;

bool may_become_one(std::string_view bytes) {
    return signature.starts_with(bytes.substr(0, signature.size())) ||
           line_begins.starts_with(bytes.substr(0, line_begins.size()));
}

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

// -- version 1 --

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), port);
    return trouble == std::errc{} && end == text.data() + text.size() && (text == "0" || !text.starts_with('0'));
}

std::optional<config::Host> host_in(std::string_view text, std::string_view family) {
    const bool looks_like_v6 = text.find(':') != text.npos;
    if (looks_like_v6 != (family == "TCP6")) return std::nullopt;
    return config::Host::parse(text);
}

// Five words behind one another, with one blank between each two.
std::optional<std::array<std::string_view, 5>> words_of(std::string_view line) {
    std::array<std::string_view, 5> words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto blank = line.find(' ');
        const bool is_last = i + 1 == words.size();
        if (is_last != (blank == line.npos)) return std::nullopt;
        words[i] = line.substr(0, blank);
        line.remove_prefix(is_last ? line.size() : blank + 1);
    }
    return words;
}

// Without its end: "PROXY TCP4 192.0.2.1 198.51.100.1 35646 7443".
std::optional<Introduction> introduction_in(std::string_view line) {
    if (!std::ranges::all_of(line, [](char c) { return c >= ' ' && c <= '~'; })) return std::nullopt;
    line.remove_prefix(line_begins.size());
    if (line == "UNKNOWN" || line.starts_with("UNKNOWN ")) return Introduction{};
    const auto words = words_of(line);
    if (!words) return std::nullopt;
    const auto& [family, from, to, from_port, to_port] = *words;
    if (family != "TCP4" && family != "TCP6") return std::nullopt;
    const auto host = host_in(from, family);
    if (!host || !host_in(to, family) || !is_port(from_port) || !is_port(to_port)) return std::nullopt;
    return Introduction{.whom = Whom::client, .host = *host};
}

// -- version 2 --

enum class Family : unsigned { unspecified = 0x00, tcp_over_v4 = 0x11, tcp_over_v6 = 0x21, unix_stream = 0x31 };

// Two addresses and their ports; nothing for a family that is none, or of which no connection can be.
std::optional<std::size_t> address_bytes(Family family) {
    switch (family) {
        case Family::unspecified:
            return 0;
        case Family::tcp_over_v4:
            return 2 * 4 + 2 * 2;
        case Family::tcp_over_v6:
            return 2 * 16 + 2 * 2;
        case Family::unix_stream:
            return 2 * 108;
    }
    return std::nullopt;
}

Introduction introduction_from(Family family, std::span<const std::byte> addresses) {
    if (family == Family::tcp_over_v4)
        return {.whom = Whom::client, .host = config::Host::v4(addresses.first<4>())};
    if (family == Family::tcp_over_v6)
        return {.whom = Whom::client, .host = config::Host::v6(addresses.first<16>())};
    return {};
}

}  // namespace

bool ProxyHeaderReader::is_binary() const { return std::string_view(kept_).starts_with(signature); }

std::size_t ProxyHeaderReader::wanted() const {
    // The shortest line is longer than that.
    if (taken_ < signature.size()) return signature.size() - taken_;
    if (!is_binary()) return kept_.ends_with('\r') ? 1 : 2;
    return std::max(whole_, binary_head_bytes) - taken_;
}

ProxyHeaderReader::State ProxyHeaderReader::feed(std::string_view bytes) {
    KINDROOM_ASSERT(bytes.size() <= wanted());
    taken_ += bytes.size();
    kept_ += bytes.substr(0, line_bytes_max - kept_.size());
    if (!may_become_one(kept_)) return State::refused;
    if (taken_ < signature.size()) return State::needs_more;
    return is_binary() ? read_binary() : read_line();
}

ProxyHeaderReader::State ProxyHeaderReader::read_line() {
    const std::string_view line(kept_);
    const auto end = line.find('\r');
    if (end == line.npos) return line.size() + 2 > line_bytes_max ? State::refused : State::needs_more;
    if (end + 1 == line.size()) return end + 2 > line_bytes_max ? State::refused : State::needs_more;
    if (line.substr(end) != "\r\n") return State::refused;
    return end_with(introduction_in(line.substr(0, end)));
}

ProxyHeaderReader::State ProxyHeaderReader::read_binary() {
    if (taken_ < binary_head_bytes) return State::needs_more;
    const std::size_t length = byte_at(kept_, 14) << 8 | byte_at(kept_, 15);
    whole_ = binary_head_bytes + length;
    if (whole_ > bytes_max_) return State::refused;

    const unsigned version_and_command = byte_at(kept_, 12);
    const bool is_local = version_and_command == 0x20;
    if (!is_local && version_and_command != 0x21) return State::refused;
    const auto family = static_cast<Family>(byte_at(kept_, 13));
    const auto needed = address_bytes(family);
    // What stands there in its own name is not looked at.
    if (!is_local && (!needed || *needed > length)) return State::refused;
    if (taken_ < whole_) return State::needs_more;
    if (is_local) return end_with(Introduction{.whom = Whom::itself, .host = {}});
    return end_with(introduction_from(family, as_bytes(std::string_view(kept_).substr(binary_head_bytes))));
}

ProxyHeaderReader::State ProxyHeaderReader::end_with(const std::optional<Introduction>& found) {
    if (!found) return State::refused;
    introduction_ = *found;
    return State::complete;
}

}  // namespace kindroom::net
