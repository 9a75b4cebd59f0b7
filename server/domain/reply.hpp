// What is answered, as plain values; proto/kindroom/v1/replies.proto has the member's view of each.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/secret.hpp"
#include "domain/command.hpp"
#include "domain/event.hpp"

namespace kindroom::domain {

// A refusal as it is answered: an Error, the statement of reasons if a decision is behind it, and for a room that takes
// no posts the words about help.
struct Refused {
    Error error;
    std::optional<Decision> decision{};
    // Where somebody has something to say and cannot: the operator's first words about places to turn to.
    std::string help{};
    // Of listen_only.
    std::optional<ListenCause> listen_cause{};
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
    // In force now: only what PRODUCT X6 names is open to them.
    std::optional<Decision> ban{};
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
    // Whole; the reader's view of it is made when it is written.
    TrueRoster roster;
    Position at{};
    // Nothing: you may speak.
    std::optional<Listening> listening{};
};
struct RoomResumed {
    RoomCard card;
    Person you;
    TrueRoster roster;
    std::vector<RoomStep> steps;
    Position at{};
    bool caught_up = false;
    std::optional<Listening> listening{};
    // Of one that could not hold all: what is asked for anew if it was filled under boundaries that have changed since.
    std::optional<ResumeRoom> asked{};
};
struct Roster {
    RoomId room;
    TrueRoster roster;
};
struct MessageAccepted {
    MessageId message;
    TimePoint posted_at{};
    // With a breath: when others will see it.
    std::optional<TimePoint> appears_at{};
    // A moderator looks at it first: why, and when it comes back if none does.
    std::optional<Hold> held{};
    std::optional<TimePoint> held_until{};
};
struct HistoryPage {
    RoomId room;
    // What was asked: a page that was filled under boundaries that have changed since is asked for anew.
    GetHistory asked;
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

struct MessageRevealed {
    RoomId room;
    Message message;
};
struct HeadsUp {
    bool blocked_person_here = false;
};
struct Muted {
    MatterId mute;
};
struct PeopleBlocked {
    std::vector<Block> blocks;
    std::string report_receipt;
};
struct UnblockPlanned {
    TimePoint takes_effect_at{};
};
struct Boundaries {
    std::vector<Mute> mutes;
    std::vector<Block> blocks;
    std::vector<std::pair<std::string, LabelChoice>> labels;
    std::vector<Away> away;
};
struct SteppedAway {
    Away away;
};
struct Returned {
    bool something_new = false;
};
struct OfferMade {
    Offer offer;
};
struct ContactMade {
    Contact contact;
};
struct Contacts {
    std::vector<Contact> contacts;
    std::vector<Offer> received;
    std::vector<Offer> made;
    bool open = true;
};
struct MyDecisions {
    std::vector<Decision> decisions;
};
// As the one who decided is told: without the code that is the other one's.
struct DecisionTaken {
    Decision decision;
};
// One that waits for a second moderator. `own`: for another than the one who asks.
struct UnconfirmedDecision {
    Decision decision;
    Person person;
    bool own = false;
};
struct Unconfirmed {
    std::vector<UnconfirmedDecision> decisions;
};

struct Knocked {
    TimePoint fades_at{};
};
struct Knocks {
    RoomId room;
    std::vector<Knocker> people;
};
struct HeldMessages {
    RoomId room;
    std::vector<HeldCard> held;
};
struct HeldForReview {
    RoomId room;
    std::vector<HeldCard> held;
};
// A message, and the filters that would have acted on it.
struct TriedMessage {
    std::optional<MessageId> message;
    std::vector<FilterNote> filters;
};
struct FiltersTried {
    std::vector<TriedMessage> messages;
};
struct ModeratorCalled {
    // Whether one is on duty, here or elsewhere in the house.
    bool on_duty = false;
};

struct CircleShown {
    // Whole; the reader's view of it is made when it is written.
    TrueCircle circle;
    CircleEye eye = CircleEye::member;
    CircleView view{};
};

using Reply =
    std::variant<Refused, Done, Welcome, HouseRules, DataPolicy, HelpDirectory, AccountCreated, AccountRecovered,
                 SignedIn, Me, Sessions, Rooms, RoomCard, RoomJoined, RoomResumed, Roster, MessageAccepted, HistoryPage,
                 OnDuty, InviteCreated, MessageRevealed, HeadsUp, Muted, PeopleBlocked, UnblockPlanned, Boundaries,
                 SteppedAway, Returned, OfferMade, ContactMade, Contacts, MyDecisions, DecisionTaken, Unconfirmed,
                 ReportReceived, Reports, Cases, CaseOpened, AppealStatus, Knocked, Knocks, HeldMessages, HeldForReview,
                 FiltersTried, ModeratorCalled, CircleShown, MyData>;

}  // namespace kindroom::domain
