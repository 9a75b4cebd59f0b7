// What happened, as plain values; proto/kindroom/v1/events.proto has the member's view of each.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "domain/boundary.hpp"
#include "domain/case.hpp"
#include "domain/decision.hpp"
#include "domain/circle_view.hpp"
#include "domain/people.hpp"
#include "domain/review.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

// Somebody who is mentioned in a message. The account is for visibility and never encoded.
struct Mention {
    AccountId account;
    PersonToken token;
    friend bool operator==(const Mention&, const Mention&) = default;
};

// What a message said from one step on, until the next.
struct Version {
    Position position{};
    TimePoint at{};
    std::string text;
    // As in Message.
    std::string folded{};
    friend bool operator==(const Version&, const Version&) = default;
};

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
    TimePoint reply_to_posted_at{};
    TimePoint posted_at{};
    bool edited = false;
    std::vector<std::string> labels{};
    std::vector<Mention> mentions{};
    // What it said before each of its edits, oldest first: for those who were not to see an edit. Never encoded.
    std::vector<Version> earlier{};
    // When and at which position it came to say what it says; of no meaning unless `edited`. Never encoded.
    Position edited_at_position{};
    TimePoint edited_at{};
    // The words without regard to how they are spelled, for mutes of words. Never encoded.
    std::string folded{};
    // The reader is not shown the words before asking for them.
    bool withheld = false;
    friend bool operator==(const Message&, const Message&) = default;
};

struct MessagePosted {
    Message message;
    friend bool operator==(const MessagePosted&, const MessagePosted&) = default;
};
struct MessageEdited {
    MessageId message;
    std::string text;
    // As in Message; never encoded.
    std::string folded{};
    std::vector<std::string> labels{};
    bool withheld = false;
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
    // When it happened, and when the message was posted that it concerns. Never encoded.
    TimePoint at{};
    TimePoint about_at{};
    std::variant<MessagePosted, MessageEdited, MessageRetracted> what;
    friend bool operator==(const RoomStep&, const RoomStep&) = default;
};

struct RosterChanged {
    RoomId room;
    std::vector<Person> people;
};
// Who is in a room, accounts included, before anybody's view of it has been made.
struct RosterEntry {
    AccountId account;
    Person person;
    friend bool operator==(const RosterEntry&, const RosterEntry&) = default;
};
struct TrueRoster {
    // When it was taken: on the room's last tick.
    TimePoint at{};
    std::vector<RosterEntry> people;
    friend bool operator==(const TrueRoster&, const TrueRoster&) = default;
};
inline std::vector<Person> people_of(const TrueRoster& roster) {
    std::vector<Person> people;
    for (const RosterEntry& entry : roster.people) people.push_back(entry.person);
    return people;
}
// What a room publishes on its tick.
struct RosterTicked {
    RoomId room;
    TrueRoster roster;
    // Moderators on duty see the true roster at once, members on ticks.
    bool for_duty_only = false;
};
// Somebody let an author know that their words were heard. Those who did are for visibility and never encoded.
struct WordsHeard {
    RoomId room;
    std::vector<AccountId> by;
};
struct MessageReturned {
    RoomId room;
    MessageId message;
    std::string text;
    Return why{};
};
// A post waits for a moderator. For those on duty in its room.
struct HeldWaiting {
    RoomId room;
    HeldCard held;
};
// It waits no more: shown, given back or withdrawn.
struct HeldSettled {
    RoomId room;
    MessageId message;
    // For visibility. Never encoded.
    AccountId author{};
};
// Somebody may need a moderator. For those on duty; never says who it is.
struct ModeratorNeeded {
    // Nothing: outside of the rooms that moderators can see.
    std::optional<RoomId> room;
    // What they said that sounds so, for a moderator who sees them; else it reads like a call.
    std::optional<MessageId> message{};
    AccountId author{};
};
// Places to turn to, for one person in private.
struct HelpOffered {
    RoomId room;
    // What they said that was heard as a cry for help; nothing: somebody pointed them to it.
    std::optional<MessageId> message{};
    FilterNote filter{};
    HelpDirectory help{};
    bool moderator_called = false;
    // Who pointed, for visibility. Never encoded.
    std::vector<AccountId> by{};
};
// What filters did with a message, for its author. A hold is told in the answer to the post.
struct FiltersActed {
    RoomId room;
    // Nothing: the words were not taken.
    std::optional<MessageId> message;
    std::vector<FilterNote> filters;
    std::vector<std::string> labels;
};
struct ContactOffered {
    Offer offer;
    // For visibility; never encoded.
    AccountId by{};
};
struct RoomChanged {
    RoomCard card;
};
// What a circle publishes; each viewer's own view is made of it.
struct CircleTold {
    TrueCircle circle;
};
struct CircleChanged {
    CircleView circle;
};
// `own_boundary`: it sat there when it blocked somebody, whoever that is.
enum class NoSeat : std::uint8_t { not_drawn = 1, own_boundary = 2 };
// The account has no seat in a sitting, and is out of the room.
struct NotSeated {
    RoomId room;
    NoSeat cause = NoSeat::not_drawn;
};
struct RulesChanged {
    std::uint32_t version = 0;
};
struct RoleChanged {
    Standing standing;
};

// Both only for those on duty in the room.
struct KnockHeard {
    RoomId room;
    Knocker who;
};
struct WaveNoticed {
    RoomId room;
    TimePoint until{};
    // Those who came, for visibility: never encoded. It is no wave to whom it would be none without those whom they do
    // not see.
    std::vector<AccountId> who{};
};
struct DoorOpened {
    RoomId room;
    TimePoint until{};
};
// For those whom it concerns. Nothing: they may speak.
struct ListeningChanged {
    RoomId room;
    std::optional<Listening> listening{};
};

enum class SessionEndReason : std::uint8_t { revoked = 1, banned = 2, expired = 3, erased = 4 };

struct SessionEnded {
    SessionEndReason reason = SessionEndReason::revoked;
    std::optional<Decision> decision;
};
struct ComeBack {
    Duration after{0};
};
// What becomes of a decision, told to the one whom it concerns.
struct DecisionMade {
    Decision decision;
};
struct DecisionConfirmed {
    Decision decision;
};
struct DecisionLapsed {
    Decision decision;
};
struct DecisionReversed {
    Decision decision;
};

using Event = std::variant<RoomStep, RosterChanged, RoomChanged, RulesChanged, RoleChanged, SessionEnded, ComeBack,
                           WordsHeard, MessageReturned, ContactOffered, DecisionMade, DecisionConfirmed, DecisionLapsed,
                           DecisionReversed, CaseWaiting, ReportAnswered, AppealAnswered, KnockHeard, DoorOpened,
                           WaveNoticed, ListeningChanged, HeldWaiting, HeldSettled, ModeratorNeeded, HelpOffered,
                           FiltersActed, CircleChanged, NotSeated>;

}  // namespace kindroom::domain
