#include <gmock/gmock.h>

#include "domain/transparency.hpp"

namespace kindroom::domain {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const TimePoint new_year{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};
const Period year{.from = new_year, .until = new_year + std::chrono::days(365)};

AuditRef ref(std::uint8_t number) { return AuditRef({number}); }

// A year in a house.
class Log {
  public:
    Log& add(int count, AuditEntry entry) {
        if (entry.at == TimePoint{}) entry.at = new_year + 1h;
        entries_.insert(entries_.end(), static_cast<std::size_t>(count), entry);
        return *this;
    }
    TransparencyReport report() const { return make_transparency_report(entries_, year); }

  private:
    std::vector<AuditEntry> entries_;
};

AuditEntry a_ban(AuditSource source, bool automated = false) {
    return {.kind = AuditKind::decision_made,
            .act = DecisionAction::server_ban,
            .source = source,
            .automated = automated};
}

TEST(Transparency, DecisionsAreCountedByActAndByWhatTheyRestOn) {
    const auto report = Log()
                            .add(6, a_ban(AuditSource::own))
                            .add(7, a_ban(AuditSource::report))
                            .add(8, a_ban(AuditSource::rule))
                            .add(9, a_ban(AuditSource::rule, true))
                            .report();
    EXPECT_THAT(report.acts, ElementsAre(DecisionAction::server_ban));
    EXPECT_THAT(report.decisions.cells, ElementsAre(ElementsAre(6, 7, 8, 9)));
    EXPECT_EQ(report.decisions.sum, 30);
}

TEST(Transparency, EachActHasARowOfItsOwn) {
    auto hold = a_ban(AuditSource::own);
    hold.act = DecisionAction::hold;
    const auto report = Log().add(6, a_ban(AuditSource::own)).add(7, hold).report();
    EXPECT_THAT(report.acts, ElementsAre(DecisionAction::server_ban, DecisionAction::hold));
    EXPECT_THAT(report.decisions.row_sums, ElementsAre(6, 7));
}

TEST(Transparency, OnlyThePeriodCountsFromItsFirstMomentToItsLast) {
    auto entry = a_ban(AuditSource::own);
    Log log;
    entry.at = year.from - 1ms;
    log.add(100, entry);
    entry.at = year.from;
    log.add(5, entry);
    entry.at = year.until - 1ms;
    log.add(5, entry);
    entry.at = year.until;
    log.add(100, entry);
    EXPECT_EQ(log.report().decisions.sum, 10);
}

TEST(Transparency, OutcomesOfCasesAndAppealsAreCountedApart) {
    const auto report = Log()
                            .add(20, {.kind = AuditKind::report_taken})
                            .add(9, {.kind = AuditKind::case_decided, .outcome = AuditOutcome::acted})
                            .add(8, {.kind = AuditKind::case_decided, .outcome = AuditOutcome::dismissed})
                            .add(7, {.kind = AuditKind::appeal_decided, .outcome = AuditOutcome::upheld})
                            .add(6, {.kind = AuditKind::appeal_decided, .outcome = AuditOutcome::changed})
                            .add(5, {.kind = AuditKind::appeal_decided, .outcome = AuditOutcome::reversed})
                            .add(11, {.kind = AuditKind::decision_confirmed})
                            .report();
    EXPECT_EQ(report.reports, 20);
    EXPECT_THAT(report.cases.cells, ElementsAre(9, 8));
    EXPECT_THAT(report.appeals.cells, ElementsAre(7, 6, 5));
    EXPECT_THAT(report.confirmations.cells, ElementsAre(11, 0));
}

TEST(Transparency, FewReportsAreNotCountedOut) {
    EXPECT_EQ(Log().add(4, {.kind = AuditKind::report_taken}).report().reports, Cell{});
    EXPECT_EQ(Log().add(5, {.kind = AuditKind::report_taken}).report().reports, 5);
}

TEST(Transparency, TheMedianIsOfThoseDecidedInThePeriodWheneverTheyWereOpened) {
    Log log;
    const auto handle = [&log](std::uint8_t number, Duration takes) {
        log.add(1, {.kind = AuditKind::case_opened, .at = year.from - 1h, .ref = ref(number)});
        log.add(1, {.kind = AuditKind::case_decided,
                    .at = year.from - 1h + takes,
                    .ref = ref(number),
                    .outcome = AuditOutcome::acted});
    };
    for (std::uint8_t i = 1; i <= 4; ++i) handle(i, std::chrono::hours(10 * i));
    // Decided before the period.
    handle(5, 30min);
    EXPECT_FALSE(log.report().case_takes.has_value());
    handle(6, 1000h);
    EXPECT_EQ(log.report().case_takes, 30h);
}

}  // namespace
}  // namespace kindroom::domain
