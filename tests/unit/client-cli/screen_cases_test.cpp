#include <gtest/gtest.h>

#include "cli/screen.hpp"

namespace kindroom::cli {
namespace {

const Screen plain({false, 80});
const auto porch = [](const std::string&) { return std::string("Porch"); };

v1::CaseCard a_card() {
    v1::CaseCard card;
    card.set_kind(v1::CASE_KIND_MESSAGE);
    card.add_about()->set_name("Ben\033[2J");
    card.mutable_about(0)->set_sign("quiet fox");
    return card;
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(ScreenOfCases, TheQueueHasALetterForEachCaseAndSaysWhoLooksAtIt) {
    auto taken = a_card();
    taken.set_claim(v1::CASE_CLAIM_SOMEBODY_ELSES);
    const auto out = plain.cases({a_card(), taken}, porch);
    EXPECT_TRUE(says(out, "\n  a   a message by Ben")) << out;
    EXPECT_TRUE(says(out, "\n  b   a message by Ben")) << out;
    EXPECT_TRUE(says(out, "(somebody looks at it)")) << out;
    EXPECT_FALSE(says(out, "\033")) << "a name cannot drive the terminal";
}

TEST(ScreenOfCases, ACardIsVeiledAndAReportIsNot) {
    v1::CaseOpened opened;
    *opened.mutable_card() = a_card();
    opened.mutable_report()->set_words("He would not stop.");
    auto& message = *opened.mutable_report()->add_evidence();
    *message.mutable_author() = a_card().about(0);
    message.set_text("Go away.");
    message.add_earlier()->set_text("Please go away.");
    message.set_reported(true);
    EXPECT_FALSE(says(plain.case_card(opened.card(), porch), "He would not stop."));
    const auto out = plain.case_report(opened);
    EXPECT_TRUE(says(out, "He would not stop.")) << out;
    EXPECT_TRUE(says(out, "before an edit: Please go away.")) << out;
    EXPECT_TRUE(says(out, "\n  > Ben")) << out;
}

TEST(ScreenOfCases, AnAppealIsInNoRoom) {
    auto appeal = a_card();
    appeal.set_kind(v1::CASE_KIND_APPEAL);
    EXPECT_FALSE(says(plain.cases({appeal}, porch), "Porch"));
    EXPECT_TRUE(says(plain.case_card(appeal, porch), "an appeal by Ben"));
    EXPECT_FALSE(says(plain.case_card(appeal, porch), "Porch"));
    appeal.set_room_id("porch");
    EXPECT_TRUE(says(plain.case_card(appeal, porch), "in Porch, since"));
}

TEST(ScreenOfCases, EachKeyIsOfferedWhereItDoesSomething) {
    auto card = a_card();
    EXPECT_TRUE(says(plain.case_keys(card), "w: warn"));
    EXPECT_TRUE(says(plain.case_keys(card), "h: see first what they write"));
    EXPECT_TRUE(says(plain.case_keys(card), "d: dismiss"));
    EXPECT_FALSE(says(plain.case_keys(card), "x: ")) << "which message is not known";
    card.set_message_id("m");
    EXPECT_TRUE(says(plain.case_keys(card), "x: take the message back"));
    card.set_claim(v1::CASE_CLAIM_SOMEBODY_ELSES);
    EXPECT_TRUE(says(plain.case_keys(card), "s: show"));
    EXPECT_FALSE(says(plain.case_keys(card), "w: warn")) << "somebody else is at it";
    auto appeal = a_card();
    appeal.set_kind(v1::CASE_KIND_APPEAL);
    EXPECT_TRUE(says(plain.case_keys(appeal), "v: reverse it"));
    EXPECT_FALSE(says(plain.case_keys(appeal), "d: dismiss"));
    EXPECT_FALSE(says(plain.case_keys(appeal), "w: warn"));
    auto pattern = a_card();
    pattern.set_kind(v1::CASE_KIND_PATTERN);
    EXPECT_FALSE(says(plain.case_keys(pattern), "s: ")) << "there is nothing to show";
    EXPECT_TRUE(says(plain.case_keys(pattern), "w: warn"));
}

TEST(ScreenOfCases, WhoReportedReadsWhatBecameOfIt) {
    v1::Reports reports;
    EXPECT_TRUE(says(plain.reports(reports), "No report of yours is kept."));
    reports.add_reports();
    EXPECT_TRUE(says(plain.reports(reports), "it is not decided yet"));
    reports.mutable_reports(0)->set_outcome(v1::CASE_OUTCOME_ADVISED);
    reports.mutable_reports(0)->set_answer("They are sorry.");
    EXPECT_TRUE(says(plain.reports(reports), "there was a talk"));
    EXPECT_TRUE(says(plain.reports(reports), "They are sorry."));
    EXPECT_FALSE(says(plain.reports(reports), "/appeal"));
    reports.mutable_reports(0)->set_outcome(v1::CASE_OUTCOME_DISMISSED);
    EXPECT_TRUE(says(plain.reports(reports), "/appeal and its receipt"));
}

}  // namespace
}  // namespace kindroom::cli
