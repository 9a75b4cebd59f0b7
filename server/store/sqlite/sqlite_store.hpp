// The default store: one SQLite file.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "store/sqlite/fate.hpp"
#include "store/store.hpp"
#include "store/watch.hpp"

namespace kindroom::store {

struct SqliteOptions {
    // The database file; its folder must exist. SQLite keeps "-wal" and "-shm" beside it, and we a ".lock".
    std::string path;
    // For the chain of the audit log.
    crypto::ChainKey audit_key;
    // The key ring; empty: beside the database, with ".ring" behind its name.
    std::string ring{};
    // Threads that read.
    std::uint32_t readers = 2;
    // Transactions, and as many questions, that may wait before one is refused.
    std::uint32_t queue_max = Limits{}.store_queue_max;
    // Transactions in one group commit.
    std::uint32_t batch_max = 512;
    // Pages of 4 KiB by which the write-ahead log grows between checkpoints.
    std::uint32_t wal_pages_max = 1'000;
    // The name of a registered SQLite VFS; empty for the system's own. Tests hand in one that loses power.
    std::string vfs{};
    Watch watch{};
};

// Write-ahead log with synchronous=FULL, one writer thread with group commit, a few readers. See Writer for what
// happens when the disk fails. The destructor commits and answers what is queued, empties the log and closes the file;
// nobody may call any more by then. Thread: any, as the seam promises.
class SqliteStore final : public Store {
  public:
    // Makes the database and its key ring if there is none and migrates an older one. Refuses a ring that is not its
    // own or is missing, and refuses a file that is not ours, one of a newer Kindroom, and one that another server has
    // open, and leaves them as they are: then the answer is one sentence for the operator, with the path and the
    // reason. Blocks; for start-up only. `clock` must outlive the store.
    static std::variant<std::unique_ptr<SqliteStore>, std::string> open(SqliteOptions options, const Clock& clock,
                                                                        OnFatal on_fatal);

    ~SqliteStore() override;

    void commit(Transaction transaction, Scheduler& home, Then<Committed> then) override;
    void load_room(RoomQuery query, Scheduler& home, Then<std::optional<LoadedRoom>> then) override;
    void list_rooms(Scheduler& home, Then<std::vector<RoomRecord>> then) override;
    void rooms_of(AccountId account, Scheduler& home, Then<std::vector<RoomId>> then) override;
    void read_steps(StepsQuery query, Scheduler& home, Then<StepRows> then) override;
    void read_messages(MessagesQuery query, Scheduler& home, Then<MessageRows> then) override;
    void find_message(RoomId room, MessageId message, Scheduler& home, Then<MessageRows> then) override;
    void read_own_words(OwnWordsQuery query, Scheduler& home, Then<OwnWords> then) override;
    void memberships_of(AccountId account, Scheduler& home, Then<std::vector<MembershipRecord>> then) override;
    void list_erasures(Scheduler& home, Then<std::vector<Erasure>> then) override;
    void load_account(AccountId account, Scheduler& home, Then<std::optional<LoadedAccount>> then) override;
    void find_account(std::string login_id, Scheduler& home, Then<std::optional<AccountId>> then) override;
    void find_session(SecretHash token, Scheduler& home, Then<std::optional<AccountId>> then) override;
    void find_invite(SecretHash code, Scheduler& home, Then<std::optional<InviteRecord>> then) override;
    void load_cases(Scheduler& home, Then<LoadedCases> then) override;
    void find_report(SecretHash receipt, Scheduler& home, Then<std::optional<ReportRecord>> then) override;
    void read_audit(AuditQuery query, Scheduler& home, Then<std::vector<AuditRow>> then) override;
    void read_audit_head(Scheduler& home, Then<AuditHead> then) override;
    void open_decisions(Scheduler& home, Then<OpenDecisions> then) override;
    void find_decision(DecisionId decision, Scheduler& home, Then<std::optional<DecisionRecord>> then) override;
    void find_appeal_code(SecretHash code, Scheduler& home, Then<std::optional<DecisionRecord>> then) override;
    void load_rules(Scheduler& home, Then<std::optional<RulesRecord>> then) override;
    void read_meta(std::string name, Scheduler& home, Then<std::optional<Bytes>> then) override;

  private:
    struct Parts;
    explicit SqliteStore(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace kindroom::store
