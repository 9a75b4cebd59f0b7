#include "store/memory_store.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

namespace kindroom::store {
namespace {

// When to ask again after a refusal: long enough not to hurry whoever is in trouble, short for a person who waits.
constexpr Duration retry_delay{1'000};

template <class T>
void answer(Scheduler& home, Then<T> then, Result<T> result) {
    home.post([then = std::move(then), result = std::move(result)]() mutable { then(std::move(result)); });
}

CommittedGroup carried_out(const Transaction& transaction, MemoryDisk& disk) {
    const auto begun = std::chrono::steady_clock::now();
    const auto keys_made = static_cast<std::uint64_t>(std::ranges::count_if(
        transaction.changes, [](const Change& change) { return std::holds_alternative<InsertKey>(change); }));
    const std::uint64_t keys_before = disk.keys();
    disk.apply(transaction);
    return {.transactions = 1,
            .records = transaction.changes.size(),
            .keys_destroyed = keys_before + keys_made - disk.keys(),
            .took = std::chrono::steady_clock::now() - begun};
}

}  // namespace

struct MemoryStore::Shared {
    // Guards everything here, since callers and the worker may be on different threads.
    std::mutex mutex;
    std::shared_ptr<MemoryDisk> disk;
    Policy policy;
    Watch watch;
    std::uint32_t commits_waiting = 0;
    // No work is done any more: the store was destroyed or its process "died".
    bool gone = false;
    bool crashed = false;

    void crash() { gone = crashed = true; }
    void change_waiting(std::int32_t by) {
        commits_waiting += static_cast<std::uint32_t>(by);
        if (watch.on_waiting) watch.on_waiting(commits_waiting);
    }
    void tell_refused(Refusal why) const {
        if (watch.on_refused) watch.on_refused(1, why);
    }
};

MemoryStore::MemoryStore(Scheduler& worker, const Clock& clock, std::shared_ptr<MemoryDisk> disk,
                         std::uint32_t queue_max, Watch watch)
    : worker_(worker), clock_(clock), queue_max_(queue_max), shared_(std::make_shared<Shared>()) {
    shared_->disk = std::move(disk);
    shared_->watch = std::move(watch);
}

MemoryStore::~MemoryStore() {
    const std::lock_guard lock(shared_->mutex);
    shared_->gone = true;
}

void MemoryStore::set_policy(Policy policy) {
    const std::lock_guard lock(shared_->mutex);
    std::swap(shared_->policy, policy);
}

void MemoryStore::fail_next(std::uint32_t calls) {
    set_policy([calls](Work) mutable {
        if (calls == 0) return Outcome::ok;
        --calls;
        return Outcome::refuse;
    });
}

bool MemoryStore::has_crashed() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->crashed;
}

std::shared_ptr<MemoryDisk> MemoryStore::disk() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->disk;
}

Error MemoryStore::unavailable() const { return refuse_until(Errc::unavailable, clock_.now() + retry_delay); }

template <class T, class Body>
void MemoryStore::work(Work kind, Scheduler& home, Then<T> then, Body body) {
    worker_.post([shared = shared_, kind, &home, refusal = unavailable(), then = std::move(then),
                  body = std::move(body)]() mutable {
        const std::lock_guard lock(shared->mutex);
        if (shared->gone) return;
        if (kind == Work::commit) shared->change_waiting(-1);
        switch (shared->policy ? shared->policy(kind) : Outcome::ok) {
            case Outcome::ok:
                return answer<T>(home, std::move(then), body(*shared->disk));
            case Outcome::refuse:
                if (kind == Work::commit) shared->tell_refused(Refusal::disk);
                return answer<T>(home, std::move(then), refusal);
            case Outcome::crash_after:
                body(*shared->disk);
                return shared->crash();
            case Outcome::crash_before:
                return shared->crash();
        }
    });
}

void MemoryStore::commit(Transaction transaction, Scheduler& home, Then<Committed> then) {
    {
        const std::lock_guard lock(shared_->mutex);
        if (shared_->commits_waiting >= queue_max_) {
            shared_->tell_refused(Refusal::too_many_waiting);
            return answer<Committed>(home, std::move(then), unavailable());
        }
        shared_->change_waiting(1);
    }
    work<Committed>(Work::commit, home, std::move(then),
                    [transaction = std::move(transaction), shared = shared_](MemoryDisk& disk) {
                        const CommittedGroup group = carried_out(transaction, disk);
                        if (shared->watch.on_committed) shared->watch.on_committed(group);
                        return Committed{};
                    });
}

void MemoryStore::load_room(RoomQuery query, Scheduler& home, Then<std::optional<LoadedRoom>> then) {
    work(Work::read, home, std::move(then), [query](const MemoryDisk& disk) { return disk.load_room(query); });
}

void MemoryStore::list_rooms(Scheduler& home, Then<std::vector<RoomRecord>> then) {
    work(Work::read, home, std::move(then), [](const MemoryDisk& disk) { return disk.list_rooms(); });
}

void MemoryStore::rooms_of(AccountId account, Scheduler& home, Then<std::vector<RoomId>> then) {
    work(Work::read, home, std::move(then), [account](const MemoryDisk& disk) { return disk.rooms_of(account); });
}

void MemoryStore::read_steps(StepsQuery query, Scheduler& home, Then<StepRows> then) {
    work(Work::read, home, std::move(then), [query](const MemoryDisk& disk) { return disk.read_steps(query); });
}

void MemoryStore::read_messages(MessagesQuery query, Scheduler& home, Then<MessageRows> then) {
    work(Work::read, home, std::move(then), [query](const MemoryDisk& disk) { return disk.read_messages(query); });
}

void MemoryStore::find_message(RoomId room, MessageId message, Scheduler& home, Then<MessageRows> then) {
    work(Work::read, home, std::move(then),
         [room, message](const MemoryDisk& disk) { return disk.find_message(room, message); });
}

void MemoryStore::read_own_words(OwnWordsQuery query, Scheduler& home, Then<OwnWords> then) {
    work(Work::read, home, std::move(then), [query](const MemoryDisk& disk) { return disk.read_own_words(query); });
}

void MemoryStore::memberships_of(AccountId account, Scheduler& home, Then<std::vector<MembershipRecord>> then) {
    work(Work::read, home, std::move(then), [account](const MemoryDisk& disk) { return disk.memberships_of(account); });
}

void MemoryStore::list_erasures(Scheduler& home, Then<std::vector<Erasure>> then) {
    work(Work::read, home, std::move(then), [](const MemoryDisk& disk) { return disk.list_erasures(); });
}

void MemoryStore::load_account(AccountId account, Scheduler& home, Then<std::optional<LoadedAccount>> then) {
    work(Work::read, home, std::move(then), [account](const MemoryDisk& disk) { return disk.load_account(account); });
}

void MemoryStore::find_account(std::string login_id, Scheduler& home, Then<std::optional<AccountId>> then) {
    work(Work::read, home, std::move(then),
         [login_id = std::move(login_id)](const MemoryDisk& disk) { return disk.find_account(login_id); });
}

void MemoryStore::find_session(SecretHash token, Scheduler& home, Then<std::optional<AccountId>> then) {
    work(Work::read, home, std::move(then), [token](const MemoryDisk& disk) { return disk.find_session(token); });
}

void MemoryStore::find_invite(SecretHash code, Scheduler& home, Then<std::optional<InviteRecord>> then) {
    work(Work::read, home, std::move(then), [code](const MemoryDisk& disk) { return disk.find_invite(code); });
}

void MemoryStore::load_cases(Scheduler& home, Then<LoadedCases> then) {
    work(Work::read, home, std::move(then), [](const MemoryDisk& disk) { return disk.load_cases(); });
}

void MemoryStore::find_report(SecretHash receipt, Scheduler& home, Then<std::optional<ReportRecord>> then) {
    work(Work::read, home, std::move(then), [receipt](const MemoryDisk& disk) { return disk.find_report(receipt); });
}

void MemoryStore::read_audit(AuditQuery query, Scheduler& home, Then<std::vector<AuditRow>> then) {
    work(Work::read, home, std::move(then), [query](const MemoryDisk& disk) { return disk.read_audit(query); });
}

void MemoryStore::read_audit_head(Scheduler& home, Then<AuditHead> then) {
    work(Work::read, home, std::move(then), [](const MemoryDisk& disk) { return disk.read_audit_head(); });
}

void MemoryStore::open_decisions(Scheduler& home, Then<OpenDecisions> then) {
    work(Work::read, home, std::move(then), [](const MemoryDisk& disk) { return disk.open_decisions(); });
}

void MemoryStore::find_decision(DecisionId decision, Scheduler& home, Then<std::optional<DecisionRecord>> then) {
    work(Work::read, home, std::move(then),
         [decision](const MemoryDisk& disk) { return disk.find_decision(decision); });
}

void MemoryStore::find_appeal_code(SecretHash code, Scheduler& home, Then<std::optional<DecisionRecord>> then) {
    work(Work::read, home, std::move(then), [code](const MemoryDisk& disk) { return disk.find_appeal_code(code); });
}

void MemoryStore::load_rules(Scheduler& home, Then<std::optional<RulesRecord>> then) {
    work(Work::read, home, std::move(then), [](const MemoryDisk& disk) { return disk.load_rules(); });
}

void MemoryStore::read_meta(std::string name, Scheduler& home, Then<std::optional<Bytes>> then) {
    work(Work::read, home, std::move(then),
         [name = std::move(name)](const MemoryDisk& disk) { return disk.read_meta(name); });
}

}  // namespace kindroom::store
