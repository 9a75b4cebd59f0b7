// The frame of a client, in both formats. Whatever the bytes are, the decoder answers with a request that has an id or
// with one of its four refusals, prints nothing and keeps nothing.
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/assert.hpp"
#include "crypto/cursor.hpp"
#include "wire/decode.hpp"

namespace kindroom {
namespace {

const crypto::CursorSealer& cursors() {
    static const crypto::CursorSealer sealer = [] {
        wire::silence_protobuf();
        crypto::Key256 key;
        key.fill(0x5A);
        return crypto::CursorSealer(crypto::MasterKey(key));
    }();
    return sealer;
}

void decode(std::span<const std::byte> bytes, wire::Format format) {
    const auto decoded = wire::decode_request(bytes, format, cursors(), Limits{});
    if (const auto* read = std::get_if<wire::Request>(&decoded)) {
        KINDROOM_ASSERT(read->id != 0);
        return;
    }
    const auto code = std::get<wire::Unreadable>(decoded).error.code;
    KINDROOM_ASSERT(code == Errc::malformed || code == Errc::unknown_command || code == Errc::invalid_argument ||
                    code == Errc::cursor_invalid);
}

}  // namespace
}  // namespace kindroom

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    kindroom::decode(bytes, kindroom::wire::Format::binary);
    // The parser of JSON is ten times slower, and gives up at once on what does not begin like it.
    if (size > 0 && (data[0] == '{' || data[0] == ' ')) kindroom::decode(bytes, kindroom::wire::Format::json);
    return 0;
}
