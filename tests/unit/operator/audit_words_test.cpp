#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "operator/audit_words.hpp"
#include "operator/transparency_words.hpp"

namespace kindroom::operator_ {
namespace {

using namespace domain;
using testing::HasSubstr;

TEST(AuditWords, AnEntryIsALineWithWhatItHasAndNothingElse) {
    const AuditEntry ban{.kind = AuditKind::decision_made,
                         .at = from_ms(1'795'813'392'000),
                         .actor = AuditActor::account,
                         .by = AuditName({0xab, 0xcd, 0xef, 0x01, 0x02}),
                         .subject = AuditName({0x12, 0x34, 0x56, 0x78, 0x9a}),
                         .ref = AuditRef({1}),
                         .rule_id = "kind\x1b",
                         .rules_version = 3,
                         .act = DecisionAction::server_ban,
                         .source = AuditSource::report,
                         .automated = true};
    EXPECT_EQ(in_words(7, ban),
              "7  2026-11-27 21:03:12 UTC  decision: ban from the house, by abcdef01, about 12345678, rule kind , rules "
              "version 3, because of a report, automated, no. 01000000");
    const AuditEntry room{.kind = AuditKind::room_paused, .at = ban.at, .room = RoomId({9})};
    EXPECT_EQ(in_words(8, room), "8  2026-11-27 21:03:12 UTC  room paused, by the server, room 09000000");
    EXPECT_EQ(in_words(9, std::nullopt), "9  something that this program does not know");
}

TEST(AuditWords, EveryKindHasWordsOfItsOwn) {
    std::set<std::string_view> words;
    for (int kind = 1; kind <= static_cast<int>(last_audit_kind); ++kind) words.insert(in_words(AuditKind(kind)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(last_audit_kind));
}

TEST(AuditWords, EveryActHasWordsOfItsOwn) {
    std::set<std::string_view> words;
    constexpr int last = static_cast<int>(DecisionAction::hold);
    for (int act = 1; act <= last; ++act) words.insert(in_words(DecisionAction(act)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(last));
    EXPECT_EQ(in_words(DecisionAction::hold), "timeout, words held for review");
}

TEST(TransparencyWords, AHiddenNumberIsAStarInTextAndNullInJson) {
    const TimePoint first{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};
    const Period period{.from = first, .until = first + std::chrono::days(365)};
    std::vector<AuditEntry> entries(3, {.kind = AuditKind::report_taken, .at = first});
    entries.resize(10, {.kind = AuditKind::decision_confirmed, .at = first});
    const auto report = make_transparency_report(entries, period);
    const auto text = in_words(report, period);
    EXPECT_THAT(text, HasSubstr("Transparency report, 2026-01-01 to 2026-12-31\n"));
    EXPECT_THAT(text, testing::ContainsRegex("Reports +\\*\n"));
    EXPECT_THAT(text, testing::ContainsRegex("confirmed by a second +7\n"));
    EXPECT_EQ(in_json(report, period),
              R"({"from":"2026-01-01","to":"2026-12-31","decisions":{"acts":{},"all":{"own":0,"report":0,"rule":0,)"
              R"("automated_rule":0,"all":0}},"confirmations":{"confirmed":7,"lapsed":0,"all":7},"reports":null,)"
              R"("cases":{"acted":0,"dismissed":0,"all":0},"case_hours_median":null,"appeals":{"upheld":0,"changed":0,)"
              R"("reversed":0,"all":0},"appeal_hours_median":null})"
              "\n");
}

}  // namespace
}  // namespace kindroom::operator_
