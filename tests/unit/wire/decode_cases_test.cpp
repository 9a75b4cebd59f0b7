// Reports, and what moderators ask about cases.
#include "reading.hpp"

namespace kindroom::wire {
namespace {

TEST(DecodeCases, AReportOfAMessageSaysWhereItWasSaid) {
    expect_read<domain::Report>(sample("report"), +[](const domain::Report& report) {
        EXPECT_EQ(std::get<domain::ReportedMessage>(report.what),
                  (domain::ReportedMessage{.in_room = samples::room, .message = samples::message}));
        EXPECT_EQ(report.words, "They would not stop.");
        EXPECT_EQ(report.rule_id, "kind");
    });
    auto request = sample("report");
    request.mutable_report()->mutable_message()->clear_room_id();
    EXPECT_EQ(refusal(request), bad("room_id"));
    request = sample("report");
    request.mutable_report()->mutable_message()->set_message_id("short");
    EXPECT_EQ(refusal(request), bad("message_id"));
}

TEST(DecodeCases, AReportOfAPersonNamesThemAndOneOfNothingIsRefused) {
    expect_read<domain::Report>(sample("report_of_person"), +[](const domain::Report& report) {
        EXPECT_EQ(std::get<domain::PersonRef>(report.what),
                  (domain::PersonRef{samples::room, samples::id_of<PersonToken>(0x55)}));
    });
    auto request = sample("report_of_person");
    request.mutable_report()->clear_what();
    EXPECT_EQ(refusal(request), bad("what"));
}

TEST(DecodeCases, EachCommandAboutACaseNamesIt) {
    for (const char* name : {"open_case", "claim_case", "release_case", "resolve_case", "dismiss_case"})
        expect_id_is_checked(name, "case_id");
    expect_read<domain::OpenCase>(sample("open_case"), +[](const domain::OpenCase& open) {
        EXPECT_TRUE(open.show);
        EXPECT_EQ(open.report, 1u);
    });
}

TEST(DecodeCases, ACaseIsResolvedWithAnOutcomeAndDismissedByItsOwnCommand) {
    expect_read<domain::ResolveCase>(sample("resolve_case"), +[](const domain::ResolveCase& resolve) {
        EXPECT_EQ(resolve.outcome, domain::CaseOutcome::advised);
        EXPECT_EQ(resolve.note, "We talked.");
        EXPECT_EQ(resolve.answer, "Thank you for telling us.");
    });
    for (const auto outcome : {v1::CASE_OUTCOME_UNSPECIFIED, v1::CASE_OUTCOME_DISMISSED}) {
        auto request = sample("resolve_case");
        request.mutable_resolve_case()->set_outcome(outcome);
        EXPECT_EQ(refusal(request), bad("outcome"));
    }
}

}  // namespace
}  // namespace kindroom::wire
