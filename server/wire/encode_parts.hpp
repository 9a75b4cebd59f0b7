// Values of the domain -> protobuf messages, for events and replies alike. Protobuf's own headers stay in the .cpp
// files.
#pragma once

#include "crypto/cursor.hpp"
#include "domain/event.hpp"
#include "domain/reply.hpp"

namespace kindroom::v1 {
class Decision;
class Message;
class Person;
class Reply;
class Event;
class RoomCard;
class RoomEvent;
}  // namespace kindroom::v1

namespace kindroom::wire {

// encode_event.cpp
void put(const domain::Person& from, v1::Person& to);
void put(const domain::Message& from, v1::Message& to);
void put(const domain::Decision& from, v1::Decision& to);
void put(const domain::RoomCard& from, v1::RoomCard& to);
void put(const domain::RoomStep& from, v1::RoomEvent& to, const crypto::CursorSealer& cursors);
void put(const domain::Event& from, v1::Event& to, const crypto::CursorSealer& cursors);

// encode_reply.cpp
void put(const domain::Reply& from, v1::Reply& to, const crypto::CursorSealer& cursors);
// Overwrites what put() copied out of a Secret.
void wipe_secrets(v1::Reply& reply);

}  // namespace kindroom::wire
