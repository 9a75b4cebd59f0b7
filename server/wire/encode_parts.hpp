// Values of the domain -> protobuf messages, for events and replies alike. Protobuf's own headers stay in the .cpp
// files.
#pragma once

#include "crypto/cursor.hpp"
#include "domain/event.hpp"
#include "domain/reply.hpp"

namespace kindroom::v1 {
class AppealStatus;
class Away;
class Block;
class CaseCard;
class CaseOpened;
class CircleView;
class Contact;
class Decision;
class FilterNote;
class FiltersActed;
class HeldMessage;
class HeldSettled;
class HeldWaiting;
class HelpEntry;
class HelpOffered;
class Hold;
class Message;
class ModeratorNeeded;
class Mute;
class MyData;
class Offer;
class Person;
class UnconfirmedDecision;
class Reply;
class ReportStatus;
class Event;
class RoomCard;
class RoomEvent;
}  // namespace kindroom::v1

namespace kindroom::wire {

// Of whatever says until when somebody only listens, and why.
template <class To>
void put_listening(const std::optional<domain::Listening>& from, To& to) {
    if (!from) return;
    to.set_may_speak_at_ms(to_ms(from->until));
    to.set_listen_cause(static_cast<decltype(to.listen_cause())>(from->cause));
}

// encode_event.cpp
void put(const domain::Person& from, v1::Person& to);
void put(const domain::Message& from, v1::Message& to);
void put(const domain::RoomCard& from, v1::RoomCard& to);
void put(const domain::RoomStep& from, v1::RoomEvent& to, const crypto::CursorSealer& cursors);
void put(const domain::Event& from, v1::Event& to, const crypto::CursorSealer& cursors);

// encode_boundaries.cpp
void put(const domain::Mute& from, v1::Mute& to);
void put(const domain::Block& from, v1::Block& to);
void put(const domain::Away& from, v1::Away& to);
void put(const domain::Contact& from, v1::Contact& to);
void put(const domain::Offer& from, v1::Offer& to);

// encode_decisions.cpp
void put(const domain::Decision& from, v1::Decision& to);
void put(const domain::UnconfirmedDecision& from, v1::UnconfirmedDecision& to);
// encode_cases.cpp
void put(const domain::ReportStatus& from, v1::ReportStatus& to);
void put(const domain::CaseCard& from, v1::CaseCard& to);
void put(const domain::CaseOpened& from, v1::CaseOpened& to);
void put(const domain::AppealStatus& from, v1::AppealStatus& to);

// encode_circles.cpp
void put(const domain::CircleView& from, v1::CircleView& to);

// encode_filters.cpp
void put(const domain::Hold& from, TimePoint until, v1::Hold& to);
void put(const domain::HeldCard& from, v1::HeldMessage& to);
void put(const domain::FilterNote& from, v1::FilterNote& to);
void put(const domain::HelpEntry& from, v1::HelpEntry& to);
void put(const domain::HeldWaiting& from, v1::HeldWaiting& to);
void put(const domain::HeldSettled& from, v1::HeldSettled& to);
void put(const domain::ModeratorNeeded& from, v1::ModeratorNeeded& to);
void put(const domain::HelpOffered& from, v1::HelpOffered& to);
void put(const domain::FiltersActed& from, v1::FiltersActed& to);

// encode_data.cpp
void put(const domain::MyData& from, v1::MyData& to, const crypto::CursorSealer& cursors);

// encode_reply.cpp
void put(const domain::Reply& from, v1::Reply& to, const crypto::CursorSealer& cursors);
// Overwrites what put() copied out of a Secret.
void wipe_secrets(v1::Reply& reply);

}  // namespace kindroom::wire
