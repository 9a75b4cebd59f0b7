// One kind of store with all that a test needs around it: a home for answers, a way to let things happen, a disk that
// fails when told to, and a way to come back after the process has died.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/store.hpp"
#include "store/watch.hpp"
#include "support/store_records.hpp"

namespace kindroom::test {

class StoreWorld {
  public:
    virtual ~StoreWorld() = default;

    virtual store::Store& store() = 0;
    virtual Scheduler& home() = 0;
    // The process ends, in an orderly way if it still lives, and another opens what it left on a disk that is well.
    virtual void reopen() = 0;
    // Called while nothing is under way. Until release(), every commit that is asked for waits and none is worked on.
    virtual void hold() = 0;
    virtual void release() = 0;

    // The ways in which the n-th step of the work can fail (n = 0 is the next): once, and then all is well again unless
    // the process has died.
    virtual std::vector<std::string> failures() const = 0;
    virtual void fail(const std::string& how, std::uint64_t n) = 0;
    virtual bool has_failed() const = 0;
    virtual bool has_died() = 0;
    // Whether this transaction ends the store, as a mistake of ours has to.
    virtual bool is_fatal(store::Transaction transaction) = 0;

    // Asks the store and lets things happen until it has answered; nothing if it died instead.
    // `question` is called as question(Store&, Scheduler& home, then).
    template <class T, class Question>
    std::optional<Result<T>> ask(Question question) {
        auto answer = std::make_shared<std::optional<Result<T>>>();
        question(store(), home(), store::Then<T>([this, answer](Result<T> result) {
                     const std::lock_guard lock(mutex_);
                     answer->emplace(std::move(result));
                     happened_.notify_all();
                 }));
        run_until([&] { return answer->has_value(); });
        const std::lock_guard lock(mutex_);
        return *answer;
    }

    std::optional<Result<store::Committed>> try_commit(store::Transaction transaction) {
        return ask<store::Committed>([&](store::Store& store, Scheduler& home, auto then) {
            store.commit(std::move(transaction), home, std::move(then));
        });
    }
    // For the steps of a test that are not what it is about.
    void commit(std::vector<store::Change> changes);

    std::optional<store::LoadedRoom> load_room(store::Store::RoomQuery query);
    std::vector<store::RoomRecord> list_rooms();
    std::vector<RoomId> rooms_of(AccountId account);
    store::StepRows read_steps(store::Store::StepsQuery query);
    store::MessageRows read_messages(store::Store::MessagesQuery query);
    store::MessageRows find_message(RoomId room, MessageId message);
    store::OwnWords read_own_words(store::Store::OwnWordsQuery query);
    std::vector<store::MembershipRecord> memberships_of(AccountId account);
    std::vector<store::Erasure> list_erasures();
    std::optional<store::LoadedAccount> load_account(AccountId account);
    std::optional<AccountId> find_account(const std::string& login_id);
    std::optional<AccountId> find_session(SecretHash token);
    std::optional<store::InviteRecord> find_invite(SecretHash code);
    store::LoadedCases load_cases();
    std::optional<store::ReportRecord> find_report(SecretHash receipt);
    std::vector<store::AuditRow> read_audit(store::Store::AuditQuery query = {.after = 0, .limit = 1'000});
    store::AuditHead read_audit_head();
    store::OpenDecisions open_decisions();
    std::optional<store::DecisionRecord> find_decision(DecisionId decision);
    std::optional<store::DecisionRecord> find_appeal_code(SecretHash code);
    std::optional<store::RulesRecord> load_rules();
    std::optional<Bytes> read_meta(const std::string& name);

    // Guards answers; `done` below is asked with it held.
    std::mutex& mutex() { return mutex_; }

  protected:
    // Lets things happen until done() or until the store has died.
    virtual void run_until(const std::function<bool()>& done) = 0;

    std::mutex mutex_;
    std::condition_variable happened_;

  private:
    template <class T, class Question>
    T asked(Question question) {
        return ask<T>(std::move(question)).value().value();
    }
};

struct StoreBounds {
    std::uint32_t queue_max = 16'384;
    store::Watch watch{};
};
using StoreFactory = std::function<std::unique_ptr<StoreWorld>(StoreBounds)>;

std::unique_ptr<StoreWorld> a_memory_store_world(StoreBounds bounds);
std::unique_ptr<StoreWorld> a_sqlite_store_world(StoreBounds bounds);

}  // namespace kindroom::test
