// What MemoryStore keeps, and how it changes and is read: the tables of the store in plain containers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace kindroom::store {

// The durable part of a MemoryStore: it outlives the store as a disk outlives a process, so that a restarted server of
// a simulation opens what its predecessor left. No locks of its own: whoever holds it guards it (MemoryStore does).
// Ordered containers throughout, so that equal histories give equal answers.
class MemoryDisk {
  public:
    // `audit_key`: for the chain of the audit log.
    explicit MemoryDisk(const crypto::ChainKey& audit_key = crypto::ChainKey::without_secret())
        : audit_key_(audit_key) {}

    // All changes in their order. A transaction that contradicts what is stored ends the process.
    void apply(const Transaction& transaction);

    std::optional<LoadedRoom> load_room(const Store::RoomQuery& query) const;
    std::vector<RoomRecord> list_rooms() const;
    std::vector<RoomId> rooms_of(AccountId account) const;
    StepRows read_steps(const Store::StepsQuery& query) const;
    MessageRows read_messages(const Store::MessagesQuery& query) const;
    MessageRows find_message(RoomId room, MessageId message) const;
    OwnWords read_own_words(const Store::OwnWordsQuery& query) const;
    std::vector<MembershipRecord> memberships_of(AccountId account) const;
    std::vector<Erasure> list_erasures() const;
    std::optional<LoadedAccount> load_account(AccountId account) const;
    std::optional<AccountId> find_account(const std::string& login_id) const;
    std::optional<AccountId> find_session(SecretHash token) const;
    std::optional<InviteRecord> find_invite(SecretHash code) const;
    LoadedCases load_cases() const;
    std::optional<ReportRecord> find_report(SecretHash receipt) const;
    std::vector<AuditRow> read_audit(const Store::AuditQuery& query) const;
    AuditHead read_audit_head() const;
    OpenDecisions open_decisions() const;
    std::optional<DecisionRecord> find_decision(DecisionId decision) const;
    std::optional<DecisionRecord> find_appeal_code(SecretHash code) const;
    std::optional<RulesRecord> load_rules() const;
    std::optional<Bytes> read_meta(const std::string& name) const;
    // Data keys that there are.
    std::size_t keys() const { return keys_.size(); }

  private:
    struct Step {
        StepKind kind;
        TimePoint at;
        Position message;
    };
    struct Room {
        // Nothing until the room itself is put.
        std::optional<RoomRecord> record;
        // Never falls, even when the newest steps expire: no position is ever given twice.
        Position head{};
        std::map<AccountId, MembershipRecord> memberships;
        std::map<Position, MessageRecord> messages;
        std::map<MessageId, Position> by_id;
        std::map<Position, Step> steps;
        std::map<MessageId, HeldRecord> held;
        std::map<SecretHash, RoomInviteRecord> invites;

        void add_step(Position position, Step step);
        // The message that an edit or retraction means; null if it is gone.
        MessageRecord* words_of(MessageId id);
        // Without the link to a message that was retracted.
        MessageRecord as_read(MessageRecord message) const;
        StepRow row_of(Position position, const Step& step) const;
    };

    void apply(const InsertKey& change);
    void apply(const PutRoom& change);
    void apply(const PutMembership& change);
    void apply(const EndMembership& change);
    void apply(const PutPassed& change);
    void apply(const InsertMessage& change);
    void apply(const EditMessage& change);
    void apply(const RetractMessage& change);
    void apply(const PutHeld& change);
    void apply(const DeleteHeld& change);
    void apply(const PutAccount& change);
    void apply(const PutSession& change);
    void apply(const DeleteSession& change);
    void apply(const PutInvite& change);
    void apply(const PutRules& change);
    void apply(const ExpireRoom& change);
    void apply(const PutMeta& change);
    void apply(const PutMatter& change);
    void apply(const DeleteMatter& change);
    void apply(const PutReceived& change);
    void apply(const PutReport& change);
    void apply(const AppendAudit& change);
    void apply(const PutListening& change);
    void apply(const PutRoomInvite& change);
    void apply(const PutDecision& change);
    void apply(const DeleteDecision& change);
    void apply(const PutNetworkBan& change);
    void apply(const DeleteNetworkBans& change);
    void apply(const MarkReportSeen& change);
    void apply(const PutCase& change);
    void apply(const DeleteCase& change);
    void apply(const DestroyKey& change);
    void apply(const EraseAccount& change);
    void apply(const EndErasure& change);

    const Room* room(RoomId id) const;
    std::vector<WrappedKey> keys_of(const std::set<DataKeyId>& wanted) const;

    std::map<RoomId, Room> rooms_;
    std::map<DataKeyId, WrappedKey> keys_;
    std::map<AccountId, AccountRecord> accounts_;
    std::map<std::string, AccountId> by_login_;
    std::map<SessionId, SessionRecord> sessions_;
    std::map<SecretHash, SessionId> by_token_;
    std::map<AccountId, std::map<MatterId, MatterRecord>> matters_;
    std::map<AccountId, std::map<RoomId, ReceivedRecord>> received_;
    std::map<SecretHash, ReportRecord> reports_;
    std::map<DecisionId, DecisionRecord> decisions_;
    std::map<std::pair<DecisionId, NetworkId>, NetworkBanRecord> network_bans_;
    std::map<CaseId, CaseRecord> cases_;
    std::set<std::pair<RoomId, AccountId>> erasures_;
    std::map<SecretHash, InviteRecord> invites_;
    std::map<std::uint32_t, RulesRecord> rules_;
    std::map<std::string, Bytes> meta_;
    crypto::ChainKey audit_key_;
    std::vector<AuditRow> audit_;
};

}  // namespace kindroom::store
