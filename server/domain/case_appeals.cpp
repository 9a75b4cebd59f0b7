// Objections to what was decided, looked at by somebody else.
#include <algorithm>

#include "domain/case_book.hpp"
#include "domain/packer.hpp"

namespace kindroom::domain {

Result<CaseBook::Filed> CaseBook::decide_appeal(const Appealed& appealed, CaseId fresh, TimePoint now) const {
    Reported reported{.reporter = appealed.by,
                      .kind = CaseKind::appeal,
                      .room = {},
                      .thing = Packer('a')
                                   .id(appealed.decision.value_or(DecisionId{}))
                                   .id(appealed.dismissed.value_or(CaseId{}))
                                   .take(),
                      .about = appealed.about};
    // One appeal for each decision: what came of it stands.
    for (const auto& [id, one] : cases_) {
        if (one.thing != reported.thing) continue;
        const auto first = in_case_.find(id);
        if (first == in_case_.end()) continue;
        Filed known;
        known.into = one;
        known.head = reports_.at(first->second.front());
        return known;
    }
    if (now >= appealed.decided_at + limits_.appeal_window) return refuse(Errc::appeal_invalid);
    Filed filed = decide_file(reported, fresh, now);
    filed.into.decision = appealed.decision;
    filed.into.dismissed = appealed.dismissed;
    filed.into.goes_first = appealed.goes_first;
    filed.into.closed_to = appealed.closed_to;
    filed.into.closed_to.push_back(appealed.by);
    return filed;
}

CaseBook::Filed CaseBook::decide_joined(Case appeal, AccountId by, TimePoint now) const {
    Filed joined;
    joined.head = {.case_id = appeal.id,
                   .reporter = by,
                   .reported_at = now,
                   .number = reports_.at(in_case_.at(appeal.id).back()).number + 1};
    joined.into = std::move(appeal);
    joined.into.closed_to.push_back(by);
    return joined;
}

Result<CaseBook::Appealed> CaseBook::dismissed_by(SecretHash receipt) const {
    const ReportHead* head = report(receipt);
    const Case* one = head ? find(head->case_id) : nullptr;
    if (!one || one->kind == CaseKind::appeal || !one->decided || one->decided->outcome != CaseOutcome::dismissed)
        return refuse(Errc::appeal_invalid);
    Appealed appealed{.by = head->reporter, .about = {}};
    appealed.dismissed = one->id;
    appealed.closed_to = one->closed_to;
    appealed.closed_to.push_back(one->decided->by);
    for (const Acquaintance& about : one->about) appealed.closed_to.push_back(about.account);
    appealed.decided_at = one->decided->at;
    return appealed;
}

std::optional<Case> CaseBook::decide_reopen(CaseId id) const {
    const Case* one = find(id);
    if (!one || !one->decided) return std::nullopt;
    Case reopened = *one;
    reopened.closed_to.push_back(one->decided->by);
    reopened.decided.reset();
    return reopened;
}

std::optional<Case> CaseBook::decide_kept_from(DecisionId decision, AccountId confirmer) const {
    for (const Case* one : open_appeals()) {
        const bool is_kept_from = std::ranges::find(one->closed_to, confirmer) != one->closed_to.end();
        if (one->decision != decision || is_kept_from) continue;
        Case kept = *one;
        kept.closed_to.push_back(confirmer);
        if (kept.claimed_by == confirmer) {
            kept.claimed_by = {};
            kept.claim_ends = {};
        }
        return kept;
    }
    return std::nullopt;
}

std::vector<const Case*> CaseBook::open_appeals() const {
    std::vector<const Case*> open;
    for (const auto& [id, one] : cases_)
        if (one.decision && !one.decided) open.push_back(&one);
    return open;
}

bool CaseBook::is_appeal(const ReportHead& head) const {
    const Case* one = find(head.case_id);
    return one && one->kind == CaseKind::appeal;
}

AppealStatus CaseBook::appeal_status(const ReportHead& head) const {
    ReportStatus same = status(head);
    return {.appealed_at = same.reported_at,
            .outcome = same.outcome,
            .answer = std::move(same.answer),
            .answered_at = same.answered_at};
}

std::vector<const Case*> CaseBook::reversals() const {
    std::vector<const Case*> reversed;
    for (const auto& [id, one] : cases_)
        if (one.decided && one.decided->outcome == CaseOutcome::reversed) reversed.push_back(&one);
    return reversed;
}

}  // namespace kindroom::domain
