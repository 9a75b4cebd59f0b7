// One example of everything that crosses the wire, with every field set. The golden frames are made from these, and the
// unit tests of wire/ begin with them.
//
// A frame that has been released keeps its sample as it is: what the protocol gains later is set in a sample of its own
// beside it, called like the first with something behind ("post_message_with_care").
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
// 2026-11-24 06:13:20 UTC and half a second.
inline constexpr TimePoint some_time = from_ms(1'795'500'800'500);

// Made from a fixed key.
const crypto::CursorSealer& cursors();
// The cursor of a place in `room`, as a field of a protobuf message.
std::string cursor(std::uint64_t position);

struct CommandSample {
    // As the command is called in frames.proto, or that with something behind.
    std::string name;
    v1::Request request;
};
// In the order of domain::Command, at least one for each.
std::vector<CommandSample> commands();

// An account id that must never be found in any frame.
inline constexpr std::uint8_t private_byte = 0xEE;

domain::Person person();
domain::Message posted_message();
// The same with labels, a mention, and all that is never encoded.
domain::Message labelled_message();
// Words that are never encoded: they stand for what a message said before, and for its words as mutes compare them.
inline constexpr char private_words[] = "never to be seen";
// Something that happened in `room`, as its 41st step.
domain::RoomStep step(decltype(domain::RoomStep::what) what);
domain::TrueRoster roster();
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
