// One example of everything that crosses the wire, with every field set. The golden frames are made from these, and the
// unit tests of wire/ begin with them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/cursor.hpp"
#include "domain/event.hpp"
#include "domain/reply.hpp"
#include "kindroom/v1/frames.pb.h"
#include "wire/frame.hpp"

namespace kindroom::samples {

// An id whose bytes are all alike.
template <class Id>
Id id_of(std::uint8_t byte) {
    std::array<std::uint8_t, Id::size> bytes;
    bytes.fill(byte);
    return Id(bytes);
}
// The same as a field of a protobuf message.
inline std::string bytes_of(std::uint8_t byte) { return std::string(16, static_cast<char>(byte)); }

inline const auto room = id_of<RoomId>(0x11);
inline const auto message = id_of<MessageId>(0x22);

// Made from a fixed key.
const crypto::CursorSealer& cursors();
// The cursor of a place in `room`, as a field of a protobuf message.
std::string cursor(std::uint64_t position);

struct CommandSample {
    // As the command is called in frames.proto.
    std::string name;
    v1::Request request;
};
// In the order of domain::Command.
std::vector<CommandSample> commands();

// An account id that must never be found in any frame.
inline constexpr std::uint8_t private_byte = 0xEE;

domain::Person person();
domain::Message posted_message();
domain::RoomCard card();
domain::Decision decision();

struct ReplySample {
    std::string name;
    domain::Reply reply;
};
std::vector<ReplySample> replies();

struct EventSample {
    std::string name;
    domain::Event event;
};
std::vector<EventSample> events();

// A golden file holds one line for each format: "binary <hex>" and "json <text>".
struct Golden {
    std::string name;
    std::string binary;
    std::string json;
};
std::vector<Golden> goldens();
std::string to_hex(const std::string& bytes);

}  // namespace kindroom::samples
