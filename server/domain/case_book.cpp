#include "domain/case_book.hpp"

#include <algorithm>
#include <tuple>

namespace kindroom::domain {

namespace {

constexpr Duration day{86'400'000};
constexpr std::size_t about_in_queue_max = 3;

bool holds(const std::vector<AccountId>& accounts, AccountId account) {
    return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

}  // namespace

// ---- kept -----------------------------------------------------------------------------------------------------------

const Case* CaseBook::find(CaseId id) const {
    const auto found = cases_.find(id);
    return found == cases_.end() ? nullptr : &found->second;
}

void CaseBook::apply(Case one) {
    if (!one.decided)
        by_thing_.insert_or_assign(one.thing, one.id);
    else if (const auto by = by_thing_.find(one.thing); by != by_thing_.end() && by->second == one.id)
        by_thing_.erase(by);
    if (one.dismissed && one.decided)
        appealed_.erase(*one.dismissed);
    else if (one.dismissed)
        appealed_.insert(*one.dismissed);
    cases_.insert_or_assign(one.id, std::move(one));
}

void CaseBook::apply(SecretHash receipt, const ReportHead& head) {
    if (!reports_.emplace(receipt, head).second) return;
    auto& in_case = in_case_[head.case_id];
    const auto later = std::find_if(in_case.begin(), in_case.end(),
                                    [&](SecretHash other) { return reports_.at(other).number > head.number; });
    in_case.insert(later, receipt);
    auto& made = by_reporter_[head.reporter];
    const auto is_later = [&](SecretHash other) { return reports_.at(other).reported_at > head.reported_at; };
    made.insert(std::find_if(made.begin(), made.end(), is_later), receipt);
}

void CaseBook::mark_seen(SecretHash receipt) {
    if (const auto found = reports_.find(receipt); found != reports_.end()) found->second.seen = true;
}

void CaseBook::forget(CaseId id) {
    const auto found = cases_.find(id);
    if (found == cases_.end()) return;
    if (const auto by = by_thing_.find(found->second.thing); by != by_thing_.end() && by->second == id)
        by_thing_.erase(by);
    for (const SecretHash receipt : in_case_[id]) {
        const auto head = reports_.find(receipt);
        auto& made = by_reporter_[head->second.reporter];
        std::erase(made, receipt);
        if (made.empty()) by_reporter_.erase(head->second.reporter);
        reports_.erase(head);
    }
    in_case_.erase(id);
    cases_.erase(found);
}

// ---- reporting ------------------------------------------------------------------------------------------------------

Result<void> CaseBook::may_report(AccountId reporter, TimePoint now) const {
    const auto made = by_reporter_.find(reporter);
    if (made == by_reporter_.end() || made->second.size() < limits_.reports_per_day) return {};
    const SecretHash first = *(made->second.end() - limits_.reports_per_day);
    const TimePoint again = reports_.at(first).reported_at + day;
    if (again <= now) return {};
    return refuse_until(Errc::rate_limited, again);
}

CaseBook::Filed CaseBook::decide_file(const Reported& reported, CaseId fresh, TimePoint now) const {
    Filed filed;
    filed.head.reporter = reported.reporter;
    filed.head.reported_at = now;
    if (const auto known = by_thing_.find(reported.thing); known != by_thing_.end()) {
        filed.into = cases_.at(known->second);
        if (const auto in_case = in_case_.find(filed.into.id); in_case != in_case_.end())
            filed.head.number = reports_.at(in_case->second.back()).number + 1;
    } else {
        filed.is_new = true;
        filed.into = {.id = fresh,
                      .kind = reported.kind,
                      .room = reported.room,
                      .thing = reported.thing,
                      .about = reported.about,
                      .message = reported.message,
                      .opened_at = now};
    }
    filed.head.case_id = filed.into.id;
    return filed;
}

const ReportHead* CaseBook::report(SecretHash receipt) const {
    const auto found = reports_.find(receipt);
    return found == reports_.end() ? nullptr : &found->second;
}

std::vector<SecretHash> CaseBook::reports_of(AccountId reporter) const {
    const auto made = by_reporter_.find(reporter);
    if (made == by_reporter_.end()) return {};
    return {made->second.rbegin(), made->second.rend()};
}

ReportStatus CaseBook::status(const ReportHead& head) const {
    ReportStatus status{.reported_at = head.reported_at, .outcome = {}, .answer = {}};
    const Case* one = find(head.case_id);
    if (!one || !one->decided) return status;
    status.outcome = one->decided->outcome;
    status.answer = one->decided->answer;
    status.answered_at = one->decided->at;
    return status;
}

std::vector<ReportHead> CaseBook::unseen_of(AccountId reporter) const {
    std::vector<ReportHead> unseen;
    const auto made = by_reporter_.find(reporter);
    if (made == by_reporter_.end()) return unseen;
    for (const SecretHash receipt : made->second) {
        const ReportHead& head = reports_.at(receipt);
        const Case* one = find(head.case_id);
        if (!head.seen && one && one->decided) unseen.push_back(head);
    }
    return unseen;
}

// ---- looking after it -----------------------------------------------------------------------------------------------

bool CaseBook::is_for(const Case& one, const Reviewer& who) const {
    const auto concerns = [&](const Acquaintance& about) {
        return about.account == who.account || holds(who.linked, about.account);
    };
    const auto is_kept_out = [&](AccountId account) { return account == who.account || holds(who.linked, account); };
    const bool has_authority = one.kind == CaseKind::appeal ? who.standing.may_moderate_the_house()
                                                            : who.standing.may_moderate(one.room);
    return one.checked_at == never && has_authority && std::none_of(one.about.begin(), one.about.end(), concerns) &&
           std::none_of(one.closed_to.begin(), one.closed_to.end(), is_kept_out);
}

std::vector<const Case*> CaseBook::queue(const Reviewer& who, TimePoint now) const {
    std::vector<const Case*> waiting;
    for (const auto& [id, one] : cases_)
        if (!one.decided && is_for(one, who)) waiting.push_back(&one);
    // What would be over before it is looked at is first; then what nobody has taken yet, and the oldest of that.
    std::sort(waiting.begin(), waiting.end(), [&](const Case* a, const Case* b) {
        const auto place = [&](const Case& one) {
            return std::tuple(!one.goes_first, one.is_claimed(now), one.opened_at, one.id);
        };
        return place(*a) < place(*b);
    });
    if (waiting.size() > limits_.cases_listed_max) waiting.resize(limits_.cases_listed_max);
    return waiting;
}

Result<const Case*> CaseBook::find(const Reviewer& who, CaseId id) const {
    const Case* one = find(id);
    if (!one || !is_for(*one, who)) return refuse(Errc::not_found);
    return one;
}

CaseCard CaseBook::card(const Case& one, const Reviewer& who, TimePoint now) const {
    CaseCard card;
    card.case_id = one.id;
    card.kind = one.kind;
    card.room = one.room;
    if (one.kind == CaseKind::message) card.message = one.message;
    card.opened_at = one.opened_at;
    for (const Acquaintance& about : one.about) {
        if (card.about.size() == about_in_queue_max) break;
        card.about.push_back(about.person);
    }
    if (one.is_claimed(now)) {
        card.claim = one.claimed_by == who.account ? Claim::yours : Claim::somebody_elses;
        card.claim_ends = one.claim_ends;
    }
    if (one.decided) {
        card.outcome = one.decided->outcome;
        card.note = one.decided->note;
        card.decided_at = one.decided->at;
    }
    return card;
}

std::optional<CaseBook::Page> CaseBook::page(CaseId id, std::uint32_t number) const {
    const auto found = in_case_.find(id);
    if (found == in_case_.end()) return std::nullopt;
    const auto& all = found->second;
    const auto at =
        std::find_if(all.begin(), all.end(), [&](SecretHash other) { return reports_.at(other).number >= number; });
    if (at == all.end()) return std::nullopt;
    const auto after = std::next(at);
    return Page{.receipt = *at, .next = after == all.end() ? 0 : reports_.at(*after).number};
}

std::vector<SecretHash> CaseBook::reports_in(CaseId id) const {
    const auto found = in_case_.find(id);
    return found == in_case_.end() ? std::vector<SecretHash>{} : found->second;
}

Result<const Case*> CaseBook::find_open(const Reviewer& who, CaseId id, TimePoint now) const {
    auto one = find(who, id);
    if (!one) return one;
    if ((*one)->decided) return refuse(Errc::case_closed);
    if ((*one)->is_claimed(now) && (*one)->claimed_by != who.account)
        return refuse_until(Errc::case_claimed, (*one)->claim_ends);
    return one;
}

Result<Case> CaseBook::decide_claim(const Reviewer& who, CaseId id, TimePoint now) const {
    const auto found = find_open(who, id, now);
    if (!found) return found.error();
    const auto has = std::count_if(cases_.begin(), cases_.end(), [&](const auto& entry) {
        return entry.first != id && entry.second.is_claimed(now) && entry.second.claimed_by == who.account;
    });
    if (has >= static_cast<std::ptrdiff_t>(limits_.claims_max)) return refuse(Errc::too_many);
    Case claimed = **found;
    claimed.claimed_by = who.account;
    claimed.claim_ends = now + limits_.claim_kept;
    return claimed;
}

namespace {

Case given_back(Case one) {
    one.claimed_by = {};
    one.claim_ends = {};
    return one;
}

}  // namespace

Result<std::optional<Case>> CaseBook::decide_release(const Reviewer& who, CaseId id, TimePoint now) const {
    const auto found = find(who, id);
    if (!found) return found.error();
    if (!(*found)->is_claimed(now) || (*found)->claimed_by != who.account) return std::optional<Case>{};
    return std::optional(domain::given_back(**found));
}

std::vector<Case> CaseBook::decide_release_all(AccountId moderator, TimePoint now) const {
    std::vector<Case> released;
    for (const auto& [id, one] : cases_)
        if (one.is_claimed(now) && one.claimed_by == moderator) released.push_back(domain::given_back(one));
    return released;
}

Result<std::optional<Case>> CaseBook::decide_outcome(const Reviewer& who, CaseId id, CaseDecided decided) const {
    const auto known = find(who, id);
    if (!known) return known.error();
    if (const auto& before = (*known)->decided;
        before && before->by == who.account && before->outcome == decided.outcome && before->note == decided.note &&
        before->answer == decided.answer)
        return std::optional<Case>{};
    const auto found = find_open(who, id, decided.at);
    if (!found) return found.error();
    // An appeal is upheld or reversed, and nothing else is.
    const bool is_of_appeal = decided.outcome == CaseOutcome::upheld || decided.outcome == CaseOutcome::reversed;
    if (is_of_appeal != ((*found)->kind == CaseKind::appeal)) return bad_field("outcome");
    Case closed = domain::given_back(**found);
    decided.by = who.account;
    closed.decided = std::move(decided);
    return std::optional(std::move(closed));
}

// ---- time -----------------------------------------------------------------------------------------------------------

TimePoint CaseBook::over_at(const Case& one) const {
    return one.decided && !appealed_.contains(one.id) ? one.decided->at + limits_.appeal_window : never;
}

TimePoint CaseBook::next_due(TimePoint now) const {
    TimePoint due = never;
    for (const auto& [id, one] : cases_) {
        if (one.is_claimed(now)) due = std::min(due, one.claim_ends);
        due = std::min({due, over_at(one), one.checked_at});
    }
    return due;
}

std::vector<const Case*> CaseBook::given_back(TimePoint since, TimePoint now) const {
    std::vector<const Case*> free;
    for (const auto& [id, one] : cases_)
        if (!one.decided && one.claim_ends > since && one.claim_ends <= now) free.push_back(&one);
    return free;
}

std::vector<CaseId> CaseBook::over(TimePoint now) const {
    std::vector<CaseId> over;
    for (const auto& [id, one] : cases_)
        if (over_at(one) <= now) over.push_back(id);
    return over;
}

}  // namespace kindroom::domain
