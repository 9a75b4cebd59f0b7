#include "wire/encode.hpp"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/util/json_util.h>

#include "base/assert.hpp"
#include "kindroom/v1/frames.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {
namespace {

namespace pb = google::protobuf;
using pb::io::CodedOutputStream;

// The event with the tag and the length of Batch.event before it. Same bytes for same events: there is no map in the
// proto, so protobuf's order is that of the field numbers.
std::string as_field_of_batch(const v1::Event& event) {
    constexpr std::uint32_t tag = v1::Batch::kEventFieldNumber << 3 | 2;  // 2: length-delimited
    const auto length = static_cast<std::uint32_t>(event.ByteSizeLong());
    std::string bytes(CodedOutputStream::VarintSize32(tag) + CodedOutputStream::VarintSize32(length) + length, '\0');
    auto* out = reinterpret_cast<std::uint8_t*>(bytes.data());
    out = CodedOutputStream::WriteTagToArray(tag, out);
    out = CodedOutputStream::WriteVarint32ToArray(length, out);
    event.SerializeWithCachedSizesToArray(out);
    return bytes;
}

Frame frame_of(const v1::Event& event, Format format) {
    if (format == Format::binary) return std::make_shared<const std::string>(as_field_of_batch(event));
    std::string json;
    // Enumerators by name, bytes in base64, defaults left out: protobuf's own mapping.
    KINDROOM_ASSERT(pb::util::MessageToJsonString(event, &json).ok());
    return std::make_shared<const std::string>(std::move(json));
}

}  // namespace

Frame encode_event(const domain::Event& event, Format format, const crypto::CursorSealer& cursors) {
    alignas(8) char first_block[2048];
    pb::Arena arena(first_block, sizeof first_block);
    auto& message = *pb::Arena::CreateMessage<v1::Event>(&arena);
    put(event, message, cursors);
    return frame_of(message, format);
}

Frame encode_reply(std::uint32_t request_id, const domain::Reply& reply, Format format,
                   const crypto::CursorSealer& cursors) {
    alignas(8) char first_block[2048];
    pb::Arena arena(first_block, sizeof first_block);
    auto& message = *pb::Arena::CreateMessage<v1::Event>(&arena);
    message.mutable_reply()->set_request_id(request_id);
    put(reply, *message.mutable_reply(), cursors);
    auto frame = frame_of(message, format);
    wipe_secrets(*message.mutable_reply());
    return frame;
}

}  // namespace kindroom::wire
