// What somebody asks, as plain values in PRODUCT's words; proto/kindroom/v1/commands.proto has the member's view of
// each. wire/ makes these from bytes: ids have their length, enumerators are known, cursors have been opened.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/secret.hpp"
#include "domain/boundary.hpp"
#include "domain/case.hpp"
#include "domain/decision.hpp"
#include "domain/own_data.hpp"
#include "domain/people.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

// -- before and around signing in --
struct Hello {
    std::uint32_t protocol_version = 0;
    std::string client;
};
struct Ping {};
struct GetRules {};
struct GetDataPolicy {};
struct GetHelp {
    std::string country;
    std::string language;
};
struct CreateAccount {
    Secret invite_code;
    Secret passphrase;
    std::string device_label;
};
struct SignIn {
    std::string login_id;
    Secret passphrase;
    std::string device_label;
};
struct ResumeSession {
    Secret device_token;
};
struct RecoverAccount {
    std::string login_id;
    Secret recovery_code;
    Secret new_passphrase;
    std::string device_label;
};
struct SignOut {};
struct ConsentToRules {
    std::uint32_t version = 0;
};
struct GetMe {};
struct ChangePassphrase {
    Secret current_passphrase;
    Secret new_passphrase;
    bool end_other_sessions = false;
};
struct ListSessions {};
struct RevokeSession {
    SessionId session;
};
struct RevokeAllSessions {
    bool include_this = false;
};

// -- rooms --
struct ListRooms {};
struct GetRoom {
    RoomId room;
};
struct JoinRoom {
    RoomId room;
    std::string name;
    // Empty: none.
    Secret invite_code{};
};
struct Knock {
    RoomId room;
};
struct LeaveRoom {
    RoomId room;
    bool take_words_along = false;
};
struct ResumeRoom {
    RoomId room;
    std::optional<Position> after;
    bool catch_up = false;
    // Of a catch-up that is asked for anew: where it ended. The device listens from there already. Never a client's.
    std::optional<Position> ended_at{};
};
struct GetRoster {
    RoomId room;
};
struct PostMessage {
    RoomId room;
    ClientKey client_key;
    std::string text;
    std::optional<MessageId> reply_to;
    Voice voice = Voice::person;
    std::vector<std::string> labels{};
    Duration breath{0};
    std::vector<PersonToken> mentions{};
    bool moderator_first = false;
};
struct EditMessage {
    RoomId room;
    MessageId message;
    std::string text;
};
struct RetractMessage {
    RoomId room;
    MessageId message;
};
struct GetHistory {
    RoomId room;
    // At most one of the two; neither means the newest page.
    std::optional<Position> before;
    std::optional<Position> after;
    std::uint32_t limit = 0;
    // Of a page that is asked for anew: how far the room was when it was first. What follows waits behind the answer.
    // Never a client's.
    std::optional<Position> ended_at{};
};

struct HearMessage {
    RoomId room;
    MessageId message;
};
struct RevealMessage {
    RoomId room;
    MessageId message;
};
struct GetHeadsUp {
    RoomId room;
};

// -- boundaries --
struct AddMute {
    std::variant<PersonRef, WholeRoom, Words, Label> what;
    // Only there; nothing: everywhere.
    std::optional<RoomId> room;
    // 0: until it is ended.
    Duration lasts{0};
};
struct Unmute {
    MatterId mute;
};
struct BlockPeople {
    std::vector<PersonRef> people;
    std::string report;
};
struct Unblock {
    MatterId block;
};
struct ListBoundaries {};
struct SetLabelChoice {
    std::string label;
    LabelChoice choice = LabelChoice::ask;
};
struct StepAway {
    std::optional<RoomId> from_room;
    Duration lasts{0};
    bool firm = false;
};
struct ReturnFromAway {
    std::optional<RoomId> from_room;
};

// -- contacts --
struct OfferContact {
    PersonRef person;
};
struct AnswerOffer {
    MatterId offer;
    bool accept = false;
};
struct ListContacts {};
// Of a direct room, but its account's affair: the member is not called `room` so that it is not sent there.
struct Disconnect {
    RoomId contact;
    bool take_words_along = false;
};
struct SetContactsOpen {
    bool open = true;
};

// -- moderators and admins --
struct LinkPeople {
    RoomId room;
    PersonToken token;
    PersonToken other_token;
};
struct CreateRoom {
    RoomSettings settings;
};
struct ChangeRoom {
    RoomId room;
    RoomSettings settings;
};
struct CloseRoom {
    RoomId room;
};
struct GoOnDuty {
    RoomId room;
};
struct GoOffDuty {
    RoomId room;
    std::string handover_note;
};

struct PauseRoom {
    RoomId room;
    std::string sentence;
};
struct ResumeTalk {
    RoomId room;
};
struct ListKnocks {
    RoomId room;
};
struct AnswerKnock {
    RoomId room;
    PersonToken token;
    bool let_in = false;
};
struct CreateRoomInvite {
    RoomId room;
    std::uint32_t uses = 0;
    Duration holds_for{0};
};
struct SetJoinPolicy {
    RoomId room;
    JoinPolicy join_policy = JoinPolicy::open;
};
struct LetSpeak {
    RoomId room;
    // Nothing: all who only listen.
    std::optional<PersonToken> token;
};

// -- operators and admins --
struct CreateInvite {
    Standing standing;
    std::uint32_t uses = 0;
    Duration holds_for{0};
};
struct PublishRules {
    std::vector<Rule> rules;
};
struct SetRole {
    std::string login_id;
    Standing standing;
};
struct BanAccount {
    std::string login_id;
    std::string rule_id;
    std::string facts;
    Duration lasts{0};
};
struct LiftBan {
    std::string login_id;
};

// -- decisions of moderators --
struct Decide {
    RoomId room;
    // Whom it is about: one of the two, a person of the room or whoever wrote the message.
    std::optional<PersonToken> token;
    std::optional<MessageId> message;
    DecisionAction action = DecisionAction::warn;
    std::string rule_id;
    std::string facts;
    // 0: over as soon as it is done, or, of a ban, until it is reversed.
    Duration lasts{0};
    // Of an act that can be about one room or all of them.
    bool everywhere = false;
    // It cannot wait for somebody who did not block them.
    bool urgent = false;
    DecisionSource source = DecisionSource::own;
};
struct ListMyDecisions {};
struct ConfirmDecision {
    DecisionId decision;
};
struct ListUnconfirmed {};

// -- holds for review, filters and help --
struct ListHeld {
    RoomId room;
};
struct ListHeldForReview {
    RoomId room;
};
struct ReleaseHeld {
    RoomId room;
    MessageId message;
};
struct ReturnHeld {
    RoomId room;
    MessageId message;
    std::string note;
};
// Over the newest messages of a room, or over a text.
struct TryFilters {
    std::optional<RoomId> in_room;
    std::string text;
};
struct CallModerator {
    std::optional<RoomId> in_room;
};
struct PointToHelp {
    RoomId room;
    PersonToken token;
};

// -- circles --
struct SignUp {
    RoomId room;
};
struct RaiseHand {
    RoomId room;
};
struct LowerHand {
    RoomId room;
};
struct PassTurn {
    RoomId room;
};
struct GetCircle {
    RoomId room;
};
struct DrawSeats {
    RoomId room;
};
struct NextTurn {
    RoomId room;
};
struct ExtendTurn {
    RoomId room;
};
struct StartReflections {
    RoomId room;
};
struct CloseCircle {
    RoomId room;
};

// -- one's own data --
struct ExportMyData {
    // Nothing: from the beginning.
    std::optional<ExportPlace> after;
};
struct EraseAccount {
    Secret passphrase;
};

// The order is that of the numbers in frames.proto.
using Command =
    std::variant<Hello, Ping, GetRules, GetDataPolicy, GetHelp, CreateAccount, SignIn, ResumeSession, RecoverAccount,
                 SignOut, ConsentToRules, GetMe, ChangePassphrase, ListSessions, RevokeSession, RevokeAllSessions,
                 ListRooms, GetRoom, JoinRoom, LeaveRoom, ResumeRoom, GetRoster, PostMessage, EditMessage,
                 RetractMessage, GetHistory, HearMessage, RevealMessage, GetHeadsUp, CreateRoom, ChangeRoom, CloseRoom,
                 GoOnDuty, GoOffDuty, LinkPeople, CreateInvite, PublishRules, SetRole, BanAccount, LiftBan, AddMute,
                 Unmute, BlockPeople, Unblock, ListBoundaries, SetLabelChoice, StepAway, ReturnFromAway, OfferContact,
                 AnswerOffer, ListContacts, Disconnect, SetContactsOpen, Decide, ListMyDecisions, ConfirmDecision,
                 ListUnconfirmed, Report, GetReports, ListCases, OpenCase, ClaimCase, ReleaseCase, ResolveCase,
                 DismissCase, TapOut, Appeal, GetAppeal, PauseRoom, ResumeTalk, Knock, ListKnocks, AnswerKnock,
                 CreateRoomInvite, SetJoinPolicy, LetSpeak, ListHeld, ListHeldForReview, ReleaseHeld, ReturnHeld,
                 TryFilters, CallModerator, PointToHelp, SignUp, RaiseHand, LowerHand, PassTurn, GetCircle, DrawSeats,
                 NextTurn, ExtendTurn, StartReflections, CloseCircle, ExportMyData, EraseAccount>;

}  // namespace kindroom::domain
