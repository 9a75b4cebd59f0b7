// What is answered, as plain values; proto/kindroom/v1/replies.proto has the member's view of each.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/secret.hpp"
#include "domain/event.hpp"

namespace kindroom::domain {

// A refusal as it is answered: an Error, and for a banned account the statement of reasons.
struct Refused {
    Error error;
    std::optional<Decision> decision{};
};

struct Done {};
struct Welcome {
    std::uint32_t protocol_version = 0;
    std::string house_name;
    bool open_registration = false;
    std::uint32_t rules_version = 0;
    Limits limits;
};
struct DataPolicy {
    std::string text;
};
struct Me {
    std::string login_id;
    Standing standing;
    std::uint32_t rules_consented = 0;
    std::vector<RoomId> rooms;
};
struct SignedIn {
    // Empty in the answer to ResumeSession.
    Secret device_token;
    Me me;
};
struct AccountCreated {
    std::string login_id;
    Secret recovery_code;
    SignedIn signed_in;
};
struct AccountRecovered {
    Secret recovery_code;
    SignedIn signed_in;
};
struct SessionCard {
    SessionId session;
    std::string device_label;
    TimePoint created_at{};
    TimePoint last_used_at{};
    bool current = false;
};
struct Sessions {
    std::vector<SessionCard> sessions;
};
struct Rooms {
    std::vector<RoomCard> rooms;
};
struct RoomJoined {
    RoomCard card;
    Person you;
    std::vector<Person> roster;
    Position at{};
};
struct RoomResumed {
    RoomCard card;
    Person you;
    std::vector<Person> roster;
    std::vector<RoomStep> steps;
    Position at{};
    bool caught_up = false;
};
struct Roster {
    std::vector<Person> people;
};
struct MessageAccepted {
    MessageId message;
    TimePoint posted_at{};
};
struct HistoryPage {
    RoomId room;
    std::vector<Message> messages;
    // Nothing: there is nothing further that way.
    std::optional<Position> earlier;
    std::optional<Position> later;
};
struct OnDuty {
    std::string handover_note;
    Person role_voice;
};
struct InviteCreated {
    std::string code;
    TimePoint ends_at{};
};

using Reply = std::variant<Refused, Done, Welcome, HouseRules, DataPolicy, HelpDirectory, AccountCreated,
                           AccountRecovered, SignedIn, Me, Sessions, Rooms, RoomCard, RoomJoined, RoomResumed, Roster,
                           MessageAccepted, HistoryPage, OnDuty, InviteCreated>;

}  // namespace kindroom::domain
