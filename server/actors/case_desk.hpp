// The moderators' desk: takes in what is reported, keeps the cases, gives them out and tells what came of them.
// Owner: the front shard. Order: judge, commit, apply, answer, tell; one commit at a time, the rest wait. What was
// answered is durable, and all of it is there again after a restart. What a case says is sealed under a key of its own,
// which is destroyed when its time for appeals is over.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actors/identity.hpp"
#include "actors/transport.hpp"
#include "base/task.hpp"
#include "domain/case_book.hpp"
#include "store/store.hpp"

namespace kindroom::actors {

class Home;

class CaseDesk {
  public:
    explicit CaseDesk(Home& home);

    // Loads all cases, then calls `ready`; with false when the store cannot be read.
    void open(MoveOnlyFunction<void(bool)> ready);

    // Keeps a report. Gives the receipt once it is durable; refuses with rate_limited and unavailable.
    using ThenFiled = MoveOnlyFunction<void(Result<std::string> receipt)>;
    void file(domain::Reported reported, domain::ReportContent content, ThenFiled then);

    // Any command about cases and about what became of reports. Answered exactly once.
    void handle(Envelope envelope);
    // An objection by its code, or what became of it. Answered with its status, or as a sign-in that fails.
    void appeal(ReturnTo from, const Peer& peer, domain::Appeal command);
    void get_appeal(ReturnTo from, const Peer& peer, domain::GetAppeal command);
    // Somebody has confirmed this decision: an objection to it is for others.
    void confirmed(DecisionId decision, AccountId by);
    // Gives back all that the moderator has claimed, and answers.
    void tap_out(ReturnTo from, AccountId moderator);
    // Several people keep this account away, whose person has these others too. After a while, drawn at random, it is
    // looked at whether it is so, and then a case.
    void look_for_pattern(AccountId about, std::vector<AccountId> linked);
    // Somebody has signed in on a device: tells it of outcomes that they have not asked for.
    void device_came(AccountId account, ClientRef device);

    // Those that the account has made, in the order of the hashes of their receipts, from behind this one on: up to
    // about so many bytes of texts, and at least one. Refuses with unavailable.
    struct OwnReports {
        std::vector<domain::OwnReport> reports;
        // Of the last of them; nothing: that were all.
        std::optional<SecretHash> further;
    };
    using ThenOwnReports = MoveOnlyFunction<void(Result<OwnReports>)>;
    void own_reports(AccountId reporter, SecretHash after, std::size_t bytes_max, ThenOwnReports then);

  private:
    struct Gathering;
    void gather(std::unique_ptr<Gathering> gathering);
    // A transaction and what follows. `judge` runs when it is this work's turn; it answers a refusal by itself and then
    // returns no work.
    struct Work {
        std::vector<store::Change> changes;
        Task on_durable;
        MoveOnlyFunction<void(Error)> on_failed;
    };
    using Judge = MoveOnlyFunction<std::optional<Work>()>;
    struct CaseKey {
        DataKeyId id;
        crypto::DataKey key;
    };

    void in_turn(Judge judge);
    void next_turn();
    // Work for a command: refused if it cannot be made durable.
    Work work_for(ReturnTo from) const;

    void take_in(store::LoadedCases loaded);
    // A report that an older version kept becomes a case.
    void adopt(const store::ReportRecord& report, const std::vector<store::WrappedKey>& keys);
    std::optional<Work> judge_report(const domain::Reported& reported, const domain::ReportContent& content,
                                     const std::shared_ptr<ThenFiled>& then);
    // The changes that keep a report in its case.
    std::vector<store::Change> keep(const domain::CaseBook::Filed& filed, const CaseKey& key, SecretHash receipt,
                                    const domain::ReportContent& content) const;
    // A text of one case opens in no other.
    static crypto::Vault::Binding bound_to(CaseId id, std::string_view kind);
    const CaseKey* key_of(CaseId id) const;
    store::InsertKey insert(const CaseKey& key) const;
    store::PutCase put(const domain::Case& one, const CaseKey& key) const;
    // An entry of the audit log about a case. `who`: null for what nobody is named for there, or the desk does itself.
    store::AppendAudit noted(domain::AuditKind kind, const domain::Case& one, const Identity* who) const;

    // -- commands (case_desk_commands.cpp) --
    void on(const Envelope& envelope, const domain::GetReports& command);
    void on(const Envelope& envelope, const domain::ListCases& command);
    void on(const Envelope& envelope, const domain::OpenCase& command);
    void on(const Envelope& envelope, const domain::ClaimCase& command);
    void on(const Envelope& envelope, const domain::ReleaseCase& command);
    void on(const Envelope& envelope, const domain::ResolveCase& command);
    void on(const Envelope& envelope, const domain::DismissCase& command);
    // Once it is in the audit log that it was.
    void show_report(ReturnTo from, SecretHash receipt, domain::CaseOpened answer);
    void decide(const Envelope& envelope, CaseId id, domain::CaseDecided decided);
    // Makes the case as it is now durable and answers Done; `then` follows.
    Work change(ReturnTo from, domain::Case changed, Task then);
    void mark_seen(const std::vector<SecretHash>& receipts);

    void check_pattern(CaseId id, AccountId about);
    void on_checked(CaseId id, std::optional<domain::Acquaintance> about);
    void destroy(CaseId id);

    // -- appeals (case_desk_appeals.cpp) --
    using ThenAppealed = MoveOnlyFunction<void(SecretHash key, Result<domain::CaseBook::Appealed>)>;
    void find_appealed(ReturnTo from, const std::string& code, ThenAppealed then);
    // It is none: says so, or that there were too many from there.
    void refuse_code(ReturnTo from, const Peer& peer, const Error& error);
    std::optional<Work> judge_appeal(ReturnTo from, SecretHash key, const domain::CaseBook::Appealed& appealed,
                                     const std::string& words);
    // `who` reversed it; null: it is done again, because it may not have come to its end.
    void carry_out(ReturnTo from, IdentityPtr who, const domain::Case& reversed) const;
    // Whoever confirmed it while nobody here knew: before it was filed, or before a restart.
    void ask_who_confirmed(const domain::Case& appeal) const;
    void answer_with_decision(ReturnTo from, const domain::Case& one, domain::CaseOpened answer) const;

    // -- telling and time --
    void tell_waiting(const domain::Case& one) const;
    domain::Event answered(const domain::ReportHead& head) const;
    void tell_reporters(CaseId id) const;
    void schedule();
    void keep_house();

    Home& home_;
    domain::CaseBook book_;
    std::map<CaseId, CaseKey> keys_;
    bool is_committing_ = false;
    std::deque<Judge> turns_;
    // Patterns that are being looked at.
    std::set<CaseId> checking_;
    TimePoint looked_at_{};
    TimePoint due_at_ = never;
};

}  // namespace kindroom::actors
