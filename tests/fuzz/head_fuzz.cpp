// The head of an HTTP request, and what we think of it. However the bytes are dealt out to the reader, it sees the same
// request; and what may become a WebSocket is one plain request, read in one way only.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "net/http.hpp"

namespace kindroom::net {
namespace {

using State = HeadReader::State;
constexpr std::size_t head_bytes_max = 16 * 1024;

struct Reading {
    State state = State::needs_more;
    std::size_t taken = 0;
    Head head;
};

Reading read(std::string_view bytes, std::size_t at_once) {
    HeadReader reader(head_bytes_max);
    Reading reading;
    while (reading.state == State::needs_more && reading.taken < bytes.size()) {
        const auto piece = bytes.substr(reading.taken, at_once);
        reading.taken += piece.size();
        reading.state = reader.feed(piece);
    }
    if (reading.state == State::complete) reading.head = reader.head();
    return reading;
}

bool same(const Head& a, const Head& b) {
    return a.method == b.method && a.target == b.target && a.version == b.version &&
           std::ranges::equal(a.fields, b.fields, [](const auto& one, const auto& other) {
               return one.name == other.name && one.value == other.value;
           });
}

// In pieces it may be complete, or refused, before what follows has come; whole, all of it is there at once. What
// is wrong with a head without an end is seen at once in the first piece, and otherwise only with the end, for which it
// waits, but not beyond the limit.
void check_alike(const Reading& whole, const Reading& pieces, std::size_t size) {
    if (pieces.taken == size) {
        const bool waits =
            pieces.state == State::needs_more && whole.state != State::complete && size <= head_bytes_max;
        KINDROOM_ASSERT(waits || pieces.state == whole.state);
        KINDROOM_ASSERT(pieces.state != State::complete || same(pieces.head, whole.head));
    } else {
        KINDROOM_ASSERT(pieces.state != State::needs_more);
        KINDROOM_ASSERT(whole.state == State::malformed || whole.state == State::too_large);
    }
}

std::size_t count(const Head& head, std::string_view name) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return static_cast<std::size_t>(std::ranges::count_if(
        head.fields, [&](const Head::Field& field) { return std::ranges::equal(field.name, name, {}, lower, lower); }));
}

void judge(const Head& head) {
    const std::vector<std::string> origins{"https://house.example"};
    for (const bool is_local : {false, true}) {
        const auto verdict = judge_head(head, {.origins = origins, .is_local = is_local});
        if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
            const auto status = refusal->status;
            KINDROOM_ASSERT(status == 400 || status == 403 || status == 404 || status == 405 || status == 426);
            continue;
        }
        KINDROOM_ASSERT(head.version == 11 && count(head, "host") == 1);
        KINDROOM_ASSERT(count(head, "transfer-encoding") == 0 && count(head, "content-length") == 0);
        for (const auto& field : head.fields)
            KINDROOM_ASSERT(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
        if (const auto* page = std::get_if<PageRequest>(&verdict)) {
            KINDROOM_ASSERT(page->page != Page::metrics || is_local);
            continue;
        }
        KINDROOM_ASSERT(head.method == "GET" && head.target == "/v1");
        KINDROOM_ASSERT(count(head, "origin") <= 1 && count(head, "sec-websocket-key") == 1);
        KINDROOM_ASSERT(std::get<Upgrade>(verdict).key.size() == 24);
    }
}

}  // namespace
}  // namespace kindroom::net

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace net = kindroom::net;
    if (size == 0) return 0;
    const std::size_t at_once = data[0] % 64 + 1u;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (bytes.empty()) return 0;
    const auto whole = net::read(bytes, bytes.size());
    net::check_alike(whole, net::read(bytes, at_once), bytes.size());
    if (whole.state == net::State::complete) net::judge(whole.head);
    return 0;
}
