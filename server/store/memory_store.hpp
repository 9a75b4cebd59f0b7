// The store of a simulation, of unit tests, and of a house that keeps nothing: the semantics of store.hpp in the memory
// of one process.
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "store/memory_disk.hpp"
#include "store/store.hpp"
#include "store/watch.hpp"

namespace kindroom::store {

// Each call becomes a task on `worker` and its answer a task on `home`, so a test decides what happens between them.
// What is stored lives in the MemoryDisk and outlives this object: destroying the store is how a simulated process
// dies (what its worker had not done yet never happens), and a new one on the same disk is how it comes back.
// Thread: any, as the seam promises; the schedulers must outlive the store.
class MemoryStore final : public Store {
  public:
    // What befalls one call when the worker comes to it.
    enum class Outcome {
        ok,
        // `unavailable`; nothing is applied.
        refuse,
        // The process dies before or after the change is durable. Either way no answer comes, and nothing that waits or
        // follows is done. A read that crashes answers nothing.
        crash_before,
        crash_after,
    };
    enum class Work { commit, read };
    using Policy = MoveOnlyFunction<Outcome(Work)>;

    MemoryStore(Scheduler& worker, const Clock& clock,
                std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>(),
                std::uint32_t queue_max = Limits{}.store_queue_max, Watch watch = {});
    ~MemoryStore() override;

    // Asked for each call on the worker, in order; it must not call back into the store. Replaces the one before; null
    // for always ok.
    void set_policy(Policy policy);
    // Refuses the next `calls` calls of any kind, then lets all pass.
    void fail_next(std::uint32_t calls);
    // Whether a policy has let the process die: the simulation now drops the whole server and starts another.
    bool has_crashed() const;
    std::shared_ptr<MemoryDisk> disk() const;

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
    // What tasks on the worker share with the store; they may outlive it.
    struct Shared;

    template <class T, class Body>
    void work(Work kind, Scheduler& home, Then<T> then, Body body);
    Error unavailable() const;

    Scheduler& worker_;
    const Clock& clock_;
    const std::uint32_t queue_max_;
    std::shared_ptr<Shared> shared_;
};

}  // namespace kindroom::store
