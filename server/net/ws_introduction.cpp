// The beginning of a connection that a proxy has made for somebody.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "net/ws_connection.hpp"

namespace kindroom::net {

Awaitable<void> WsConnection::hear_introduction() {
    ProxyHeaderReader reader(around_.limits.proxy_header_bytes_max);
    std::array<char, 256> bytes;
    auto state = ProxyHeaderReader::State::needs_more;
    while (state == ProxyHeaderReader::State::needs_more) {
        const auto into = std::span(bytes).first(std::min(bytes.size(), reader.wanted()));
        const auto raw = co_await stream_->read_below_tls(into);
        if (raw.error) co_return drop();
        state = reader.feed({bytes.data(), raw.bytes});
    }
    const bool is_refused = state == ProxyHeaderReader::State::refused;
    if (stage_ == Stage::introducing)
        std::exchange(on_introduced_, nullptr)(*this, is_refused ? std::nullopt : std::optional(reader.introduction()));
    if (is_refused) drop();
}

void WsConnection::come_in(const Guest& guest) {
    around_.shard.assert_here();
    if (stage_ != Stage::introducing) return;
    guest_ = guest;
    secure();
}

}  // namespace kindroom::net
