// What a proxy says before the bytes of its client. However the bytes are dealt out, it is read alike, it keeps to its
// limit, and none that follows is taken.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "net/proxy_header.hpp"

namespace kindroom::net {
namespace {

using State = ProxyHeaderReader::State;
constexpr std::size_t bytes_max = 1'024;

struct Reading {
    State state = State::needs_more;
    std::size_t taken = 0;
    Introduction said;
};

Reading read(std::string_view bytes, std::size_t at_once) {
    ProxyHeaderReader reader(bytes_max);
    Reading reading;
    while (reading.state == State::needs_more && reading.taken < bytes.size()) {
        const auto wanted = reader.wanted();
        KINDROOM_ASSERT(wanted > 0 && reading.taken + wanted <= bytes_max);
        const auto piece = bytes.substr(reading.taken, std::min(wanted, at_once));
        reading.taken += piece.size();
        reading.state = reader.feed(piece);
    }
    if (reading.state == State::complete) reading.said = reader.introduction();
    return reading;
}

// Where it ends, by what the protocol says of both kinds.
std::size_t end_of(std::string_view bytes) {
    if (bytes.starts_with('P')) return bytes.find("\r\n") + 2;
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])); };
    return 16 + (byte(14) << 8 | byte(15));
}

}  // namespace
}  // namespace kindroom::net

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace net = kindroom::net;
    if (size == 0) return 0;
    const std::size_t at_once = data[0] % 64 + 1u;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = net::read(bytes, bytes.size() + 1);
    const auto pieces = net::read(bytes, at_once);
    KINDROOM_ASSERT(whole.state == pieces.state && whole.said == pieces.said);
    if (whole.state == net::State::refused) return 0;
    // What is refused may be so by an earlier byte where they come one by one.
    KINDROOM_ASSERT(whole.taken == pieces.taken);
    if (whole.state != net::State::complete) return 0;
    KINDROOM_ASSERT(whole.taken == net::end_of(bytes));
    const auto host = whole.said.host.bytes();
    KINDROOM_ASSERT(host.size() == (whole.said.host.is_v4() ? 4 : 16));
    return 0;
}
