// Seam: where everything durable lives.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/scheduler.hpp"
#include "base/task.hpp"
#include "store/audit.hpp"
#include "store/records.hpp"

namespace kindroom::store {

template <class T>
using Then = MoveOnlyFunction<void(Result<T>)>;

struct Committed {};

// Asked by actors on any shard's thread; never blocks them. Each call's `then` runs exactly once, later, as a task on
// `home` (never inside the call), unless the store is being destroyed.
//
// - Acknowledged means durable: when commit() answers with success, the transaction survives a crash of the process and
//   a loss of power. It is applied whole or not at all; an answer of `unavailable` means not at all.
// - Transactions are applied in the order of the calls from one thread, and a read that is asked after a commit has
//   answered sees that commit.
// - `unavailable` (with retry_at) is the one refusal: the store is full, away, or more than `store_queue_max`
//   transactions wait. A store that can no longer know what is on the disk (a failed sync) ends the process instead.
// - Rows come back as they were put. A read for something that does not exist succeeds with nothing.
// - A transaction that contradicts the stored state (a second row where there may be one) is a mistake of ours.
class Store {
  public:
    virtual ~Store() = default;

    virtual void commit(Transaction transaction, Scheduler& home, Then<Committed> then) = 0;

    // A room with all its memberships and invites, its newest `window_steps` steps, the posts accepted since
    // `accepted_since`, held ones too, and all posts that are held now.
    struct RoomQuery {
        RoomId room;
        std::uint32_t window_steps = 0;
        TimePoint accepted_since{};
    };
    virtual void load_room(RoomQuery query, Scheduler& home, Then<std::optional<LoadedRoom>> then) = 0;

    // All rooms, closed ones too, in no particular order.
    virtual void list_rooms(Scheduler& home, Then<std::vector<RoomRecord>> then) = 0;

    // The rooms that an account has joined and not left.
    virtual void rooms_of(AccountId account, Scheduler& home, Then<std::vector<RoomId>> then) = 0;

    // Steps with position > after, oldest first, at most `limit`.
    struct StepsQuery {
        RoomId room;
        Position after{};
        std::uint32_t limit = 0;
    };
    virtual void read_steps(StepsQuery query, Scheduler& home, Then<StepRows> then) = 0;

    // Messages that are not retracted, nearest to `from` first: with position < from going back, or > from going on.
    enum class Direction { back, on };
    struct MessagesQuery {
        RoomId room;
        Position from{};
        Direction direction = Direction::back;
        std::uint32_t limit = 0;
    };
    virtual void read_messages(MessagesQuery query, Scheduler& home, Then<MessageRows> then) = 0;

    // One message of the room, retracted or not; at most one row.
    virtual void find_message(RoomId room, MessageId message, Scheduler& home, Then<MessageRows> then) = 0;

    // What this account has said in the room and not taken back, with position > after, oldest first. Looks at no more
    // than `rows_max` messages of all authors.
    struct OwnWordsQuery {
        RoomId room;
        AccountId author;
        Position after{};
        std::uint32_t rows_max = 0;
    };
    virtual void read_own_words(OwnWordsQuery query, Scheduler& home, Then<OwnWords> then) = 0;

    // Those of all rooms that the account was ever in, by the id of the room.
    virtual void memberships_of(AccountId account, Scheduler& home, Then<std::vector<MembershipRecord>> then) = 0;

    // Those that are not finished.
    virtual void list_erasures(Scheduler& home, Then<std::vector<Erasure>> then) = 0;

    // With all its sessions, its private matters, and how far each room has reached it.
    virtual void load_account(AccountId account, Scheduler& home, Then<std::optional<LoadedAccount>> then) = 0;
    virtual void find_account(std::string login_id, Scheduler& home, Then<std::optional<AccountId>> then) = 0;
    virtual void find_session(SecretHash token, Scheduler& home, Then<std::optional<AccountId>> then) = 0;
    virtual void find_invite(SecretHash code, Scheduler& home, Then<std::optional<InviteRecord>> then) = 0;

    // All cases and reports.
    virtual void load_cases(Scheduler& home, Then<LoadedCases> then) = 0;
    // Sealed as it is: its key does not come along.
    virtual void find_report(SecretHash receipt, Scheduler& home, Then<std::optional<ReportRecord>> then) = 0;

    // Rows of the audit log with number > after, in their order, at most `limit`.
    struct AuditQuery {
        std::uint64_t after = 0;
        std::uint32_t limit = 0;
    };
    virtual void read_audit(AuditQuery query, Scheduler& home, Then<std::vector<AuditRow>> then) = 0;
    virtual void read_audit_head(Scheduler& home, Then<AuditHead> then) = 0;

    virtual void open_decisions(Scheduler& home, Then<OpenDecisions> then) = 0;
    virtual void find_decision(DecisionId decision, Scheduler& home, Then<std::optional<DecisionRecord>> then) = 0;
    virtual void find_appeal_code(SecretHash code, Scheduler& home, Then<std::optional<DecisionRecord>> then) = 0;

    // The rules in force: the highest version.
    virtual void load_rules(Scheduler& home, Then<std::optional<RulesRecord>> then) = 0;
    virtual void read_meta(std::string name, Scheduler& home, Then<std::optional<Bytes>> then) = 0;
};

}  // namespace kindroom::store
