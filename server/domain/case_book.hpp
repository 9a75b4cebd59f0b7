// All cases of the house: what was reported, who looks after it, what came of it. Pure: knows no store, no clock, and
// none of the words, which stay sealed.
//
// decide_...(...) answers what would be; apply(...) makes it so once it is durable.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/case.hpp"
#include "domain/matter.hpp"

namespace kindroom::domain {

// What came of a case, and by whom.
struct CaseDecided {
    CaseOutcome outcome = CaseOutcome::acted;
    std::string note;
    std::string answer;
    AccountId by;
    TimePoint at{};
    friend bool operator==(const CaseDecided&, const CaseDecided&) = default;
};

// One case, as it is kept.
struct Case {
    CaseId id;
    CaseKind kind = CaseKind::message;
    RoomId room;
    // What is reported, so that reports about one thing meet.
    std::string thing;
    // Whom it is about. None of them, nor anybody who is the same person, is ever shown it.
    std::vector<Acquaintance> about;
    // The reported one.
    std::optional<MessageId> message{};
    // Of an appeal: the decision, or the case that was dismissed; and that of a short sanction goes first, because it
    // would be over before anybody had looked.
    std::optional<DecisionId> decision{};
    std::optional<CaseId> dismissed{};
    bool goes_first = false;
    // Besides those whom it is about: who decided it before, and who appeals.
    std::vector<AccountId> closed_to{};
    TimePoint opened_at{};
    // Of a pattern: until then it exists for nobody, so that no moment tells what led to it. Then it is looked at
    // whether it still holds. `never`: it has been.
    TimePoint checked_at = never;
    AccountId claimed_by{};
    TimePoint claim_ends{};
    std::optional<CaseDecided> decided{};

    bool is_claimed(TimePoint now) const { return !decided && now < claim_ends; }
    friend bool operator==(const Case&, const Case&) = default;
};
std::string pack(const Case& one);
// Nothing if it was not packed by pack(). The id is not packed.
std::optional<Case> unpack_case(CaseId id, std::string_view packed);

// What is known of a report without opening it.
struct ReportHead {
    CaseId case_id;
    AccountId reporter;
    TimePoint reported_at{};
    // 0, 1, 2... within its case.
    std::uint32_t number = 0;
    // The reporter has asked for the outcome.
    bool seen = false;
    friend bool operator==(const ReportHead&, const ReportHead&) = default;
};

// A moderator or admin who asks about cases.
struct Reviewer {
    AccountId account;
    Standing standing;
    // Accounts of the same person.
    std::vector<AccountId> linked{};
};

// Something reported, as the room knows it.
struct Reported {
    AccountId reporter;
    CaseKind kind = CaseKind::unknown;
    RoomId room;
    std::string thing;
    std::vector<Acquaintance> about;
    std::optional<MessageId> message{};
};

class CaseBook {
  public:
    explicit CaseBook(const Limits& limits) : limits_(limits) {}

    // -- reporting --

    // Refuses with rate_limited (with retry_at): so many in one day. All else is taken.
    Result<void> may_report(AccountId reporter, TimePoint now) const;
    // The case that it belongs to: one about the same thing that is not decided yet, or a new one under `fresh`.
    struct Filed {
        Case into;
        ReportHead head;
        bool is_new = false;
    };
    Filed decide_file(const Reported& reported, CaseId fresh, TimePoint now) const;
    const ReportHead* report(SecretHash receipt) const;
    // Newest first.
    std::vector<SecretHash> reports_of(AccountId reporter) const;
    ReportStatus status(const ReportHead& head) const;
    // Those of somebody that have an outcome which they have not asked for.
    std::vector<ReportHead> unseen_of(AccountId reporter) const;

    // -- looking after it --
    // A case that is not for somebody does not exist for them: not_found. Changing one refuses with case_closed, and
    // with case_claimed (with retry_at) while another one has it.

    // What waits, in the order in which it is to be looked at.
    std::vector<const Case*> queue(const Reviewer& who, TimePoint now) const;
    Result<const Case*> find(const Reviewer& who, CaseId id) const;
    CaseCard card(const Case& one, const Reviewer& who, TimePoint now) const;
    // The receipt of a report of the case, and the number of the one that follows it.
    struct Page {
        SecretHash receipt;
        std::uint32_t next = 0;
    };
    std::optional<Page> page(CaseId id, std::uint32_t number) const;
    std::vector<SecretHash> reports_in(CaseId id) const;

    // Claiming one's own anew makes its time longer. Refuses with too_many.
    Result<Case> decide_claim(const Reviewer& who, CaseId id, TimePoint now) const;
    // Nothing: it is not theirs.
    Result<std::optional<Case>> decide_release(const Reviewer& who, CaseId id, TimePoint now) const;
    std::vector<Case> decide_release_all(AccountId moderator, TimePoint now) const;
    // Nothing: they have decided it just so before.
    Result<std::optional<Case>> decide_outcome(const Reviewer& who, CaseId id, CaseDecided decided) const;

    // -- appeals --
    // What somebody objects to. `from`: when it was decided. Refuses with appeal_invalid: too late.
    struct Appealed {
        AccountId by;
        std::vector<Acquaintance> about;
        std::optional<DecisionId> decision{};
        std::optional<CaseId> dismissed{};
        std::vector<AccountId> closed_to{};
        TimePoint decided_at{};
        bool goes_first = false;
    };
    // Into the appeal that there is, also if it is decided: then nothing is filed, and `is_new` is false.
    Result<Filed> decide_appeal(const Appealed& appealed, CaseId fresh, TimePoint now) const;
    // Another one who reported the same objects as well, while an objection waits: heard in the same case, which is no
    // more theirs to judge.
    Filed decide_joined(Case appeal, AccountId by, TimePoint now) const;
    // The dismissed case behind a report, as it is appealed. Refuses with appeal_invalid.
    Result<Appealed> dismissed_by(SecretHash receipt) const;
    // A dismissal was reversed: the case waits again, for another moderator.
    std::optional<Case> decide_reopen(CaseId id) const;
    // Somebody has confirmed what is objected to, and so does not judge the objection; what they had claimed of it goes
    // back. Nothing: there is none that waits, or it is not for them already.
    std::optional<Case> decide_kept_from(DecisionId decision, AccountId confirmer) const;
    // Objections to decisions that wait.
    std::vector<const Case*> open_appeals() const;
    bool is_appeal(const ReportHead& head) const;
    AppealStatus appeal_status(const ReportHead& head) const;
    // Decided so, but perhaps not done yet.
    std::vector<const Case*> reversals() const;

    // -- patterns --
    // Several people keep this one away, who has these accounts. Nothing: it is known, or was lately.
    std::optional<Case> decide_pattern(AccountId about, const std::vector<AccountId>& linked, CaseId fresh,
                                       TimePoint now, Duration delay) const;
    // Those whose time has come to be looked at.
    std::vector<const Case*> to_check(TimePoint now) const;
    // It holds: this is whom it is about, as they are known in that room.
    std::optional<Case> decide_shown(CaseId id, Acquaintance about, TimePoint now) const;

    // -- time --

    // When a claim ends or a case is over next; `never` for nothing.
    TimePoint next_due(TimePoint now) const;
    // Claims that have ended between the two.
    std::vector<const Case*> given_back(TimePoint since, TimePoint now) const;
    // Cases whose evidence is to be destroyed.
    std::vector<CaseId> over(TimePoint now) const;

    const Case* find(CaseId id) const;
    void apply(Case one);
    void apply(SecretHash receipt, const ReportHead& head);
    void mark_seen(SecretHash receipt);
    void forget(CaseId id);

  private:
    bool is_for(const Case& one, const Reviewer& who) const;
    Result<const Case*> find_open(const Reviewer& who, CaseId id, TimePoint now) const;
    TimePoint over_at(const Case& one) const;

    const Limits& limits_;
    std::map<CaseId, Case> cases_;
    // Of those that are not decided.
    std::map<std::string, CaseId> by_thing_;
    // Dismissed ones of which an appeal waits.
    std::set<CaseId> appealed_;
    // In the order of their numbers.
    std::map<CaseId, std::vector<SecretHash>> in_case_;
    std::map<SecretHash, ReportHead> reports_;
    // In the order in which they were made.
    std::map<AccountId, std::vector<SecretHash>> by_reporter_;
};

// By what a thing is known, so that two reports about it are.
std::string thing_of(RoomId room, MessageId message);
std::string thing_of(const std::vector<Acquaintance>& about);

// Somebody who keeps another one away, and where they know them from.
struct KeptAwayBy {
    AccountId account;
    std::vector<AccountId> linked;
    Acquaintance from;
};
// Where the one is known to most of them, if they are several who are not the same person, nor linked to each other.
std::optional<Acquaintance> pattern_of(const std::vector<KeptAwayBy>& all, std::uint32_t people_min);

}  // namespace kindroom::domain
