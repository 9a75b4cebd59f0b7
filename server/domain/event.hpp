// What happened, as plain values; proto/kindroom/v1/events.proto has the member's view of each.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "domain/people.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

// One thing said, as it is shown. `position` leaves the server only inside a sealed cursor.
struct Message {
    MessageId id;
    Position position{};
    // Whose words they are, for visibility. Never encoded.
    AccountId author_account;
    Person author;
    std::string text;
    std::optional<MessageId> reply_to{};
    // Who wrote the message that this one answers, for visibility of the link. Never encoded.
    AccountId reply_to_author{};
    Voice reply_to_voice = Voice::person;
    Position reply_to_position{};
    TimePoint posted_at{};
    bool edited = false;
    friend bool operator==(const Message&, const Message&) = default;
};

struct MessagePosted {
    Message message;
    friend bool operator==(const MessagePosted&, const MessagePosted&) = default;
};
struct MessageEdited {
    MessageId message;
    std::string text;
    friend bool operator==(const MessageEdited&, const MessageEdited&) = default;
};
struct MessageRetracted {
    MessageId message;
    friend bool operator==(const MessageRetracted&, const MessageRetracted&) = default;
};

// One step in the story of a room: has a position in the one order that the room has for all.
struct RoomStep {
    RoomId room;
    Position position{};
    // Whose act it is, and where the message that it concerns stands, for visibility (PRODUCT look 8: an edit is seen
    // by those who see the message). Never encoded.
    AccountId author;
    Voice voice = Voice::person;
    Position about{};
    std::variant<MessagePosted, MessageEdited, MessageRetracted> what;
    friend bool operator==(const RoomStep&, const RoomStep&) = default;
};

struct RosterChanged {
    RoomId room;
    std::vector<Person> people;
};
// Who is in a room, accounts included, before anybody's view of it has been made: what a room publishes on its tick.
struct RosterTicked {
    struct Entry {
        AccountId account;
        Person person;
    };
    RoomId room;
    std::vector<Entry> people;
    // Moderators on duty see the true roster at once, members on ticks.
    bool for_duty_only = false;
};
struct RoomChanged {
    RoomCard card;
};
struct RulesChanged {
    std::uint32_t version = 0;
};
struct RoleChanged {
    Standing standing;
};

enum class SessionEndReason : std::uint8_t { revoked = 1, banned = 2, expired = 3 };

struct SessionEnded {
    SessionEndReason reason = SessionEndReason::revoked;
    std::optional<Decision> decision;
};
struct ComeBack {
    Duration after{0};
};

using Event = std::variant<RoomStep, RosterChanged, RoomChanged, RulesChanged, RoleChanged, SessionEnded, ComeBack>;

}  // namespace kindroom::domain
