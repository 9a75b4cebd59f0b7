// What moderators have decided about the owner: kept with what is private to them, because it is theirs to know.
#include <algorithm>

#include "domain/matters.hpp"

namespace kindroom::domain {

namespace {

MatterId matter_of(DecisionId id) { return *MatterId::from_bytes(id.bytes()); }

bool is_timeout(const Decision& decision) { return kind_of(decision.action).span == ActKind::Span::timeout; }

}  // namespace

const KeptDecision* Matters::decision(DecisionId id) const { return kept<KeptDecision>(matter_of(id)); }

std::vector<Decision> Matters::decisions(TimePoint now) const {
    std::vector<Decision> all;
    each<KeptDecision>(kept_, [&](auto, const KeptDecision& kept) { all.push_back(as_it_stands(kept.decision, now)); });
    std::sort(all.begin(), all.end(), [](const Decision& a, const Decision& b) {
        return std::pair(a.decided_at, a.id) > std::pair(b.decided_at, b.id);
    });
    return all;
}

SanctionsPtr Matters::sanctions(TimePoint now) const {
    auto standing = decisions(now);
    std::erase_if(standing, [&](const Decision& decision) { return !is_in_force(decision, now); });
    return std::make_shared<const Sanctions>(std::move(standing));
}

// ---- deciding -------------------------------------------------------------------------------------------------------

bool Matters::needs_confirmation(const Decision& decision) const {
    if (decision.automated) return false;
    if (kind_of(decision.action).span == ActKind::Span::ban) return true;
    const bool is_long = decision.ends_at - decision.decided_at > limits_.timeout_unconfirmed_max;
    if (!is_timeout(decision) || !is_long) return false;
    bool is_repeated = false;
    each<KeptDecision>(kept_, [&](auto, const KeptDecision& kept) {
        const Decision& earlier = kept.decision;
        const DecisionState state = state_of(earlier, decision.decided_at);
        is_repeated =
            is_repeated || (is_timeout(earlier) && state != DecisionState::reversed && state != DecisionState::lapsed &&
                            decision.decided_at - earlier.decided_at < limits_.timeouts_counted_for);
    });
    return is_repeated;
}

Result<std::vector<MatterChange>> Matters::decide(KeptDecision kept) const {
    const TimePoint now = kept.decision.decided_at;
    if (needs_confirmation(kept.decision)) kept.decision.confirm_by = now + limits_.confirm_within;
    std::vector<MatterChange> changes;
    std::vector<std::pair<TimePoint, MatterId>> over;
    std::size_t count = 0;
    each<KeptDecision>(kept_, [&](MatterId id, const KeptDecision& earlier) {
        count += 1;
        if (!is_in_force(earlier.decision, now)) over.emplace_back(earlier.decision.decided_at, id);
    });
    // What is in force is never forgotten.
    std::sort(over.begin(), over.end());
    for (std::size_t i = 0; count >= limits_.decisions_max; ++i, --count) {
        if (i == over.size()) return refuse(Errc::too_many);
        changes.push_back({over[i].second, std::nullopt});
    }
    const MatterId id = matter_of(kept.decision.id);
    changes.push_back({id, std::move(kept)});
    return changes;
}

Result<std::optional<MatterChange>> Matters::decide_confirm(DecisionId id, AccountId by, TimePoint now) const {
    const KeptDecision* found = decision(id);
    if (!found) return refuse(Errc::not_found);
    if (found->by == by) return refuse(Errc::needs_another);
    // Confirmed before, or nothing to confirm any more.
    if (found->decision.confirm_by == never || !is_in_force(found->decision, now)) return std::optional<MatterChange>{};
    KeptDecision confirmed = *found;
    confirmed.confirmed_by = by;
    confirmed.decision.confirm_by = never;
    return std::optional<MatterChange>{{matter_of(id), std::move(confirmed)}};
}

std::optional<MatterChange> Matters::decide_reversal(DecisionId id, std::string why, TimePoint now) const {
    const KeptDecision* found = decision(id);
    // What has ended by itself can still have been wrong, and is said to have been.
    if (!found || found->decision.state == DecisionState::reversed) return std::nullopt;
    KeptDecision reversed = *found;
    reversed.decision.state = DecisionState::reversed;
    reversed.decision.settled_at = now;
    reversed.decision.reversal = std::move(why);
    reversed.decision.confirm_by = never;
    return MatterChange{matter_of(id), std::move(reversed)};
}

std::vector<MatterChange> Matters::lapsed(TimePoint now) const {
    std::vector<MatterChange> changes;
    each<KeptDecision>(kept_, [&](MatterId id, KeptDecision kept) {
        if (kept.decision.state != DecisionState::stands || state_of(kept.decision, now) != DecisionState::lapsed)
            return;
        kept.decision = as_it_stands(std::move(kept.decision), now);
        changes.push_back({id, std::move(kept)});
    });
    return changes;
}

// ---- time -----------------------------------------------------------------------------------------------------------

TimePoint Matters::forgotten_at(const KeptDecision& kept) const {
    const Decision& decision = kept.decision;
    if (decision.state != DecisionState::stands)
        return std::max(decision.decided_at, decision.settled_at) + limits_.decision_kept;
    if (kind_of(decision.action).span == ActKind::Span::moment) return decision.decided_at + limits_.decision_kept;
    return decision.ends_at == never ? never : decision.ends_at + limits_.decision_kept;
}

TimePoint Matters::next_due_of(const KeptDecision& kept) const {
    const Decision& decision = kept.decision;
    const bool may_lapse = decision.state == DecisionState::stands && decision.confirm_by < decision.ends_at;
    return may_lapse ? std::min(decision.confirm_by, forgotten_at(kept)) : forgotten_at(kept);
}

}  // namespace kindroom::domain
