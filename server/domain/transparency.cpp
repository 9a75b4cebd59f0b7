#include "domain/transparency.hpp"

#include <algorithm>
#include <map>

namespace kindroom::domain {

namespace {

Ground ground_of(const AuditEntry& decision) {
    if (decision.source == AuditSource::report) return Ground::report;
    if (decision.source == AuditSource::rule || decision.automated)
        return decision.automated ? Ground::automated_rule : Ground::rule;
    return Ground::own;
}

std::optional<std::chrono::hours> median(std::vector<Duration> times) {
    if (times.size() < shown_from) return std::nullopt;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return std::chrono::ceil<std::chrono::hours>(*middle);
}

// The handling of all things of one kind, cases or appeals.
class Handling {
  public:
    void opened(const AuditEntry& entry) { opened_.emplace(entry.ref, entry.at); }
    void decided(const AuditEntry& entry) {
        if (const auto found = opened_.find(entry.ref); found != opened_.end()) times_.push_back(entry.at - found->second);
    }
    std::optional<std::chrono::hours> median_time() const { return median(times_); }

  private:
    std::map<AuditRef, TimePoint> opened_;
    std::vector<Duration> times_;
};

Cell alone(std::uint64_t count) { return count > 0 && count < shown_from ? Cell{} : Cell{count}; }

}  // namespace

TransparencyReport make_transparency_report(std::span<const AuditEntry> entries, Period period) {
    std::map<AuditKind, std::uint64_t> kinds;
    std::map<AuditOutcome, std::uint64_t> outcomes;
    std::map<DecisionAction, std::vector<std::uint64_t>> acts;
    Handling cases;
    Handling appeals;
    for (const AuditEntry& entry : entries) {
        if (entry.kind == AuditKind::case_opened) cases.opened(entry);
        if (entry.kind == AuditKind::appeal_made) appeals.opened(entry);
        if (entry.at < period.from || entry.at >= period.until) continue;
        ++kinds[entry.kind];
        if (entry.kind == AuditKind::case_decided) cases.decided(entry);
        if (entry.kind == AuditKind::appeal_decided) appeals.decided(entry);
        // An outcome belongs to one of the two kinds only.
        ++outcomes[entry.outcome];
        if (entry.kind != AuditKind::decision_made || !entry.act) continue;
        auto& row = acts.try_emplace(*entry.act, grounds, 0).first->second;
        ++row[static_cast<std::size_t>(ground_of(entry))];
    }
    TransparencyReport report;
    std::vector<std::vector<std::uint64_t>> table;
    for (const auto& [act, row] : acts) {
        report.acts.push_back(act);
        table.push_back(row);
    }
    report.decisions = suppress(table);
    report.confirmations =
        suppress_list({kinds[AuditKind::decision_confirmed], kinds[AuditKind::decision_lapsed]});
    report.reports = alone(kinds[AuditKind::report_taken]);
    report.cases = suppress_list({outcomes[AuditOutcome::acted], outcomes[AuditOutcome::dismissed]});
    report.appeals = suppress_list(
        {outcomes[AuditOutcome::upheld], outcomes[AuditOutcome::changed], outcomes[AuditOutcome::reversed]});
    report.case_takes = cases.median_time();
    report.appeal_takes = appeals.median_time();
    return report;
}

}  // namespace kindroom::domain
