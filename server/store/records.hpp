// What the store keeps, as plain values. No text of a person is here in the clear: bodies, names and notes are
// `Sealed`.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/audit.hpp"
#include "domain/people.hpp"
#include "domain/review.hpp"
#include "domain/settings.hpp"
#include "store/case_records.hpp"
#include "store/erasure_records.hpp"
#include "store/sealed.hpp"

namespace kindroom::store {

struct RoomRecord {
    RoomId id;
    domain::RoomSettings settings;
    // Open, paused by hand, or closed; the other states follow from the time.
    domain::RoomState state = domain::RoomState::open;
    TimePoint created_at{};
    // Left by a moderator for the next one.
    Sealed handover_note{};
    // What the moderator who paused it says to all.
    Sealed pause_sentence{};
    // Of a circle: who has signed up, who sits and whose turn it is, as the domain packs it. Account ids, and no words.
    Bytes circle{};
    friend bool operator==(const RoomRecord&, const RoomRecord&) = default;
};

struct MembershipRecord {
    RoomId room;
    AccountId account;
    // False after leaving; the row stays, so that a name can still be shown beside older words.
    bool joined = true;
    // The head of the room when the person came in; they see what follows it.
    Position joined_after{};
    // When they left, if they have; zero otherwise.
    TimePoint left_at{};
    Sealed name;
    // Until then they only listen; zero if they never did.
    TimePoint listens_until{};
    // How many of their messages were shown here; it ends at 255.
    std::uint32_t passed = 0;
    // Of no meaning once listens_until is over. Never `decision`: those are kept elsewhere.
    domain::ListenCause listen_cause = domain::ListenCause::first_visit;
    friend bool operator==(const MembershipRecord&, const MembershipRecord&) = default;
};

struct MessageRecord {
    RoomId room;
    Position position{};
    MessageId id;
    AccountId author;
    domain::Voice voice = domain::Voice::person;
    ClientKey client_key;
    // A keyed digest of what was asked, to tell a repetition from a mismatch; hidden under the keys of the content. Nil
    // where that was forgotten: once retracted, and in rows of an older version, which did not hide it.
    SecretHash request_digest;
    // Read as nothing once the other one has been retracted: that is out of replies too (PRODUCT, "Messages").
    std::optional<MessageId> reply_to;
    AccountId reply_to_author;
    domain::Voice reply_to_voice = domain::Voice::person;
    Position reply_to_position{};
    TimePoint reply_to_posted_at{};
    TimePoint posted_at{};
    bool edited = false;
    // Name and words, as domain/content.hpp packs them. Empty once retracted.
    Sealed content;
    bool retracted = false;
    friend bool operator==(const MessageRecord&, const MessageRecord&) = default;
};

enum class StepKind : std::uint8_t { posted = 1, edited = 2, retracted = 3 };

// One position in the story of a room. For `posted` and `edited` the message is given as it stands *now*; if it has
// been retracted since, `message.retracted` is true and it has no content.
struct StepRow {
    Position position{};
    StepKind kind = StepKind::posted;
    // When it happened. Zero for steps other than `posted` that an older version wrote.
    TimePoint at{};
    MessageRecord message;
    friend bool operator==(const StepRow&, const StepRow&) = default;
};

// What lets a post be repeated: kept with the message, looked up by author and client_key.
struct AcceptedPost {
    AccountId author;
    ClientKey client_key;
    SecretHash request_digest;
    MessageId message;
    TimePoint posted_at{};
    // Of its content, and so of the digest.
    DataKeyId place_key;
    DataKeyId person_key;
    friend bool operator==(const AcceptedPost&, const AcceptedPost&) = default;
};

// A post that is durable and that others do not see yet, or that went back to its author and was not taken by them yet.
struct HeldRecord {
    RoomId room;
    MessageId id;
    AccountId author;
    ClientKey client_key;
    SecretHash request_digest;
    TimePoint accepted_at{};
    // When it is to be shown.
    TimePoint due_at{};
    std::optional<MessageId> reply_to;
    Sealed content;
    domain::Voice voice = domain::Voice::person;
    domain::HeldFor cause = domain::HeldFor::breath;
    // The filter that holds it.
    std::string filter_id{};
    // Of one that went back.
    domain::ReturnCause return_cause = domain::ReturnCause::could_not_be_shown;
    Sealed note{};
    friend bool operator==(const HeldRecord&, const HeldRecord&) = default;
};

// One private matter of an account: a boundary, a contact, an offer. What it is and whom it concerns is sealed under
// the key of the person whose it is, so that the database tells nobody who has a boundary with whom.
struct MatterRecord {
    AccountId account;
    MatterId id;
    Sealed content;
    friend bool operator==(const MatterRecord&, const MatterRecord&) = default;
};

// How far a room's words have reached an account, on whichever device.
struct ReceivedRecord {
    AccountId account;
    RoomId room;
    Position position{};
    friend bool operator==(const ReceivedRecord&, const ReceivedRecord&) = default;
};

// Where a decision is kept: with whom, so that it is found by its id and by its appeal code, and what waits for a
// second moderator is found after a restart. What was decided is a matter of that account, sealed like its others.
struct DecisionRecord {
    DecisionId id;
    AccountId account;
    // Nothing: the whole house.
    std::optional<RoomId> room;
    // Of the code that the one concerned was given.
    SecretHash appeal_code;
    // `never`: it waits for nobody.
    TimePoint confirm_by = never;
    friend bool operator==(const DecisionRecord&, const DecisionRecord&) = default;
};

// A network from which no account can be made for a while. One decision may concern several.
struct NetworkBanRecord {
    NetworkId network;
    DecisionId decision;
    TimePoint ends_at{};
    friend bool operator==(const NetworkBanRecord&, const NetworkBanRecord&) = default;
};

struct AccountRecord {
    AccountId id;
    std::string login_id;
    // As the hasher prints it, parameters and salt included.
    std::string passphrase_hash;
    SecretHash recovery_code;
    domain::Standing standing;
    std::uint32_t rules_consented = 0;
    TimePoint created_at{};
    DataKeyId person_key;
    // Of versions that kept a ban here: its statement of reasons packed and sealed; empty box: none.
    Sealed ban{};
    TimePoint ban_ends_at{};
    friend bool operator==(const AccountRecord&, const AccountRecord&) = default;
};

struct SessionRecord {
    SessionId id;
    AccountId account;
    SecretHash token;
    Sealed device_label;
    TimePoint created_at{};
    TimePoint last_used_at{};
    friend bool operator==(const SessionRecord&, const SessionRecord&) = default;
};

struct InviteRecord {
    SecretHash code;
    domain::Standing standing;
    std::uint32_t uses_left = 0;
    TimePoint ends_at{};
    friend bool operator==(const InviteRecord&, const InviteRecord&) = default;
};

// An invite to one room; its code is known to who was given it.
struct RoomInviteRecord {
    RoomId room;
    SecretHash code;
    std::uint32_t uses_left = 0;
    TimePoint ends_at{};
    friend bool operator==(const RoomInviteRecord&, const RoomInviteRecord&) = default;
};

struct RulesRecord {
    domain::HouseRules rules;
    // Digest of the rules file that this version came from; nil if it came by command. Tells a changed file from the
    // same one read again.
    SecretHash file_digest;
    TimePoint published_at{};
    friend bool operator==(const RulesRecord&, const RulesRecord&) = default;
};

// ---- Changes: the pieces of a transaction ---------------------------------------------------------------------------

struct InsertKey {
    WrappedKey key;
};
struct PutRoom {
    RoomRecord room;
};
struct PutMembership {
    MembershipRecord membership;
};
// Until when somebody only listens, and why; nothing happens if they were never in the room.
struct PutListening {
    RoomId room;
    AccountId account;
    TimePoint until{};
    domain::ListenCause cause = domain::ListenCause::first_visit;
};
// uses_left = 0 deletes the invite.
struct PutRoomInvite {
    RoomInviteRecord invite;
};
// Somebody who is in the room is so no longer. Their name stays as it is.
struct EndMembership {
    RoomId room;
    AccountId account;
    TimePoint left_at{};
};
// Inserts the message and its `posted` step at message.position.
struct InsertMessage {
    MessageRecord message;
};
// Replaces the content of a message and records the step.
struct EditMessage {
    RoomId room;
    MessageId message;
    Position step{};
    TimePoint at{};
    Sealed content;
};
// Overwrites the content with nothing, marks the message as retracted, and records the step.
struct RetractMessage {
    RoomId room;
    MessageId message;
    Position step{};
    TimePoint at{};
};
// Never moves back: the highest number that was ever put is kept.
struct PutPassed {
    RoomId room;
    AccountId account;
    std::uint32_t passed = 0;
};
struct PutHeld {
    HeldRecord held;
};
struct DeleteHeld {
    RoomId room;
    MessageId message;
};
struct PutMatter {
    MatterRecord matter;
};
struct DeleteMatter {
    AccountId account;
    MatterId id;
};
// Never moves back: the highest position that was ever put is kept.
struct PutReceived {
    ReceivedRecord received;
};
struct PutDecision {
    DecisionRecord decision;
};
struct DeleteDecision {
    DecisionId decision;
};
struct PutNetworkBan {
    NetworkBanRecord ban;
};
// All of one decision.
struct DeleteNetworkBans {
    DecisionId decision;
};
struct PutAccount {
    AccountRecord account;
};
struct PutSession {
    SessionRecord session;
};
struct DeleteSession {
    SessionId session;
};
// uses_left = 0 deletes the invite.
struct PutInvite {
    InviteRecord invite;
};
struct PutRules {
    RulesRecord rules;
};
// Destroys the keys of the room that are due at `now`, and deletes the messages, steps and held posts sealed under
// them. A recorded act: nothing else ever deletes words.
struct ExpireRoom {
    RoomId room;
    TimePoint now{};
};
// A small named value of the server's own.
struct PutMeta {
    std::string name;
    Bytes value;
};

// A line in the audit log, in the transaction of the act that it tells of, so that there is neither without the other. The
// store gives it its number and chains it (store/audit.hpp), in the order of the commits.
struct AppendAudit {
    domain::AuditEntry entry;
};

using Change =
    std::variant<InsertKey, PutRoom, PutMembership, InsertMessage, EditMessage, RetractMessage, PutHeld, DeleteHeld,
                 PutAccount, PutSession, DeleteSession, PutInvite, PutRules, ExpireRoom, PutMeta, PutMatter,
                 DeleteMatter, PutReceived, PutReport, AppendAudit, PutListening, PutRoomInvite, MarkReportSeen,
                 PutCase, DeleteCase, DestroyKey, PutDecision, DeleteDecision, PutNetworkBan, DeleteNetworkBans,
                 EndMembership, PutPassed, EraseAccount, EndErasure>;

// Applied whole or not at all.
struct Transaction {
    std::vector<Change> changes;
};

// ---- Answers to reads -----------------------------------------------------------------------------------------------

// `keys` holds every key that the rows beside it need and that still exists; a text whose key is gone is gone.
struct LoadedRoom {
    RoomRecord room;
    std::vector<MembershipRecord> memberships;
    // Position of the newest step; 0 for none.
    Position head{};
    // The newest steps, oldest first, without holes.
    std::vector<StepRow> window;
    // Held ones too.
    std::vector<AcceptedPost> accepted;
    std::vector<HeldRecord> held;
    std::vector<RoomInviteRecord> invites;
    std::vector<WrappedKey> keys;
};

struct LoadedAccount {
    AccountRecord account;
    std::vector<SessionRecord> sessions;
    std::vector<MatterRecord> matters;
    std::vector<ReceivedRecord> received;
    std::vector<WrappedKey> keys;
};

// What goes on by itself and concerns nobody's account alone.
struct OpenDecisions {
    // Those that wait for a second moderator.
    std::vector<DecisionRecord> unconfirmed;
    std::vector<NetworkBanRecord> network_bans;
    friend bool operator==(const OpenDecisions&, const OpenDecisions&) = default;
};

struct StepRows {
    std::vector<StepRow> steps;
    std::vector<WrappedKey> keys;
};

struct MessageRows {
    std::vector<MessageRecord> messages;
    std::vector<WrappedKey> keys;
};

// Words of one author. `further`: up to here the room has been looked through; nothing: to its end.
struct OwnWords {
    std::vector<MessageRecord> messages;
    std::vector<WrappedKey> keys;
    std::optional<Position> further;
};

}  // namespace kindroom::store
