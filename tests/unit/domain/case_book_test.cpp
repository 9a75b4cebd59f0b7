// What becomes of reports, as dialogues with a clock of their own.
#include <algorithm>
#include <gtest/gtest.h>

#include "domain/case_book.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const RoomId porch = an_id<RoomId>(1);
const RoomId kitchen = an_id<RoomId>(2);
const AccountId ana = an_id<AccountId>(11);
const AccountId ben = an_id<AccountId>(12);
const AccountId cleo = an_id<AccountId>(13);
const AccountId mira = an_id<AccountId>(21);
const AccountId noor = an_id<AccountId>(22);

Acquaintance known(AccountId account, RoomId room = porch) {
    return {.account = account, .room = room, .person = {.token = an_id<PersonToken>(account.hash()), .name = "Ben"}};
}

class Cases : public ::testing::Test {
  protected:
    Reported message(AccountId by, std::uint64_t number, AccountId author = ben) {
        const auto id = an_id<MessageId>(number);
        return {.reporter = by,
                .kind = CaseKind::message,
                .room = porch,
                .thing = thing_of(porch, id),
                .about = {known(author)},
                .message = id};
    }
    Reported person(AccountId by, const std::vector<Acquaintance>& about) {
        return {.reporter = by,
                .kind = CaseKind::people,
                .room = about.front().room,
                .thing = thing_of(about),
                .about = about};
    }
    CaseId file(const Reported& reported) {
        const auto filed = book.decide_file(reported, an_id<CaseId>(++made), now);
        book.apply(filed.into);
        book.apply(an_id<SecretHash>(++made), filed.head);
        last_receipt = an_id<SecretHash>(made);
        return filed.into.id;
    }
    std::vector<CaseId> queue(const Reviewer& who) {
        std::vector<CaseId> ids;
        for (const Case* one : book.queue(who, now)) ids.push_back(one->id);
        return ids;
    }
    Errc claim(const Reviewer& who, CaseId id) {
        const auto claimed = book.decide_claim(who, id, now);
        if (!claimed) return claimed.error().code;
        book.apply(*claimed);
        return {};
    }
    Errc close(const Reviewer& who, CaseId id, CaseOutcome outcome = CaseOutcome::acted) {
        const auto closed = book.decide_outcome(who, id, {.outcome = outcome, .answer = "Thank you.", .at = now});
        if (!closed) return closed.error().code;
        if (*closed) book.apply(**closed);
        return {};
    }

    Limits limits;
    CaseBook book{limits};
    TimePoint now = from_ms(1'795'500'800'000);
    std::uint64_t made = 100;
    SecretHash last_receipt;
    const Reviewer moderator{.account = mira, .standing = {.role = Role::moderator}};
    const Reviewer another{.account = noor, .standing = {.role = Role::moderator}};
    const Reviewer of_the_kitchen{.account = noor, .standing = {.role = Role::moderator, .moderates = {kitchen}}};
};

TEST_F(Cases, ReportsAboutOneThingAreOneCaseUntilItIsDecided) {
    const auto first = file(message(ana, 1));
    EXPECT_EQ(file(message(cleo, 1)), first);
    EXPECT_NE(file(message(cleo, 2)), first);
    EXPECT_NE(file(person(ana, {known(ben)})), first);
    EXPECT_EQ(file(person(cleo, {known(ben)})), file(person(ana, {known(ben)})));
    EXPECT_EQ(file(person(ana, {known(ben), known(cleo)})), file(person(ana, {known(cleo), known(ben)})));
    EXPECT_EQ(close(moderator, first), Errc{});
    EXPECT_NE(file(message(cleo, 1)), first);
}

TEST_F(Cases, ReportsMeetAfterARestartToo) {
    const auto first = file(message(ana, 1));
    close(moderator, first);
    const auto second = file(message(ana, 1));
    CaseBook again(limits);
    for (const CaseId id : {second, first}) again.apply(*book.find(id));
    EXPECT_EQ(again.decide_file(message(cleo, 1), an_id<CaseId>(99), now).into.id, second);
}

TEST_F(Cases, TheQueueIsForThoseWhoLookAfterTheRoom) {
    const auto id = file(message(ana, 1));
    EXPECT_EQ(queue(moderator), std::vector{id});
    EXPECT_TRUE(queue(of_the_kitchen).empty());
    EXPECT_EQ(claim(of_the_kitchen, id), Errc::not_found);
    EXPECT_TRUE(queue({.account = ana, .standing = {}}).empty());
}

TEST_F(Cases, NobodySeesOrDecidesACaseAboutThemselvesOnNoAccountOfTheirs) {
    const auto id = file(message(ana, 1, mira));
    EXPECT_TRUE(queue(moderator).empty());
    EXPECT_EQ(claim(moderator, id), Errc::not_found);
    EXPECT_EQ(close(moderator, id), Errc::not_found);
    EXPECT_EQ(close({.account = noor, .standing = {.role = Role::admin}, .linked = {mira}}, id), Errc::not_found);
    EXPECT_EQ(close(another, id), Errc{});
}

TEST_F(Cases, AClaimKeepsOthersOffAndGoesBackByItself) {
    const auto first = file(message(ana, 1));
    now += minutes{1};
    const auto second = file(message(ana, 2));
    EXPECT_EQ(claim(moderator, first), Errc{});
    EXPECT_EQ(queue(another), (std::vector{second, first})) << "what nobody looks at comes first";
    EXPECT_EQ(claim(another, first), Errc::case_claimed);
    EXPECT_EQ(close(another, first), Errc::case_claimed);
    EXPECT_EQ(book.card(*book.find(first), another, now).claim, Claim::somebody_elses);
    EXPECT_EQ(book.card(*book.find(first), moderator, now).claim, Claim::yours);
    EXPECT_EQ(book.next_due(now), now + limits.claim_kept);
    const TimePoint before = now;
    now += limits.claim_kept;
    EXPECT_EQ(book.given_back(before, now).size(), 1u);
    EXPECT_EQ(claim(another, first), Errc{});
    EXPECT_FALSE(*book.decide_release(moderator, first, now)) << "it is not theirs any more";
    EXPECT_TRUE(*book.decide_release(another, first, now));
}

TEST_F(Cases, TappingOutGivesBackAllThatOneHas) {
    for (std::uint64_t number = 1; number <= 3; ++number) claim(moderator, file(message(ana, number)));
    claim(another, file(message(ana, 4)));
    EXPECT_EQ(book.decide_release_all(mira, now).size(), 3u);
    for (const Case& one : book.decide_release_all(mira, now)) book.apply(one);
    EXPECT_TRUE(book.decide_release_all(mira, now).empty());
    EXPECT_EQ(book.decide_release_all(noor, now).size(), 1u);
}

TEST_F(Cases, OneModeratorClaimsNoMoreThanClaimsMax) {
    limits.claims_max = 2;
    const auto first = file(message(ana, 1));
    EXPECT_EQ(claim(moderator, first), Errc{});
    EXPECT_EQ(claim(moderator, file(message(ana, 2))), Errc{});
    EXPECT_EQ(claim(moderator, file(message(ana, 3))), Errc::too_many);
    EXPECT_EQ(claim(moderator, first), Errc{}) << "what one has can be kept for longer";
}

TEST_F(Cases, AnOutcomeIsForGoodAndCanBeSaidTwice) {
    const auto id = file(message(ana, 1));
    EXPECT_EQ(close(moderator, id), Errc{});
    EXPECT_EQ(close(moderator, id), Errc{}) << "sent again after a lost connection";
    EXPECT_EQ(close(moderator, id, CaseOutcome::dismissed), Errc::case_closed);
    EXPECT_EQ(close(another, id), Errc::case_closed);
    EXPECT_EQ(claim(another, id), Errc::case_closed);
    EXPECT_TRUE(queue(moderator).empty());
}

TEST_F(Cases, WhoReportedLearnsTheOutcomeAndIsRemindedUntilTheyAsk) {
    const auto id = file(message(ana, 1));
    const auto anas = last_receipt;
    file(message(cleo, 1));
    EXPECT_FALSE(book.status(*book.report(anas)).outcome);
    EXPECT_TRUE(book.unseen_of(ana).empty());
    close(moderator, id, CaseOutcome::dismissed);
    EXPECT_EQ(book.status(*book.report(anas)).outcome, CaseOutcome::dismissed);
    EXPECT_EQ(book.status(*book.report(anas)).answer, "Thank you.");
    EXPECT_EQ(book.unseen_of(ana).size(), 1u);
    EXPECT_EQ(book.unseen_of(cleo).size(), 1u);
    book.mark_seen(anas);
    EXPECT_TRUE(book.unseen_of(ana).empty());
    EXPECT_EQ(book.unseen_of(cleo).size(), 1u);
}

TEST_F(Cases, EachReportOfACaseHasItsPage) {
    const auto id = file(message(ana, 1));
    const auto first = last_receipt;
    file(message(cleo, 1));
    ASSERT_TRUE(book.page(id, 0));
    EXPECT_EQ(book.page(id, 0)->receipt, first);
    EXPECT_EQ(book.page(id, 0)->next, 1u);
    EXPECT_EQ(book.page(id, 1)->receipt, last_receipt);
    EXPECT_EQ(book.page(id, 1)->next, 0u);
    EXPECT_FALSE(book.page(id, 2));
}

TEST_F(Cases, OneAccountReportsNoMoreThanReportsPerDay) {
    limits.reports_per_day = 2;
    const TimePoint first = now;
    file(message(ana, 1));
    now += hours{1};
    file(message(ana, 2));
    const auto refused = book.may_report(ana, now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::rate_limited);
    EXPECT_EQ(refused.error().retry_at, first + hours{24});
    EXPECT_TRUE(book.may_report(cleo, now));
    now = first + hours{24};
    EXPECT_TRUE(book.may_report(ana, now));
}

TEST_F(Cases, TheQueueIsNoLongerThanCasesListedMax) {
    limits.cases_listed_max = 2;
    for (std::uint64_t number = 1; number <= 3; ++number) file(message(ana, number));
    EXPECT_EQ(queue(moderator).size(), 2u);
}

TEST_F(Cases, ACaseIsOverWhenItsTimeForAppealsIs) {
    const auto id = file(message(ana, 1));
    const auto open = file(message(ana, 2));
    close(moderator, id);
    now += limits.appeal_window - Duration{1};
    EXPECT_TRUE(book.over(now).empty());
    now += Duration{1};
    EXPECT_EQ(book.over(now), std::vector{id}) << "one that is not decided is never over";
    book.forget(id);
    EXPECT_EQ(book.find(id), nullptr);
    EXPECT_TRUE(book.find(open));
    EXPECT_EQ(book.reports_of(ana).size(), 1u);
}

TEST_F(Cases, ACaseComesBackFromItsPackingAsItWas) {
    const auto id = file(message(ana, 1));
    claim(moderator, id);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(unpack_case(id, pack(*book.find(id))), *book.find(id));
        close(moderator, id);
    }
    EXPECT_FALSE(unpack_case(id, "nothing of ours"));
}

// ---- patterns -------------------------------------------------------------------------------------------------------

class Patterns : public Cases {
  protected:
    std::optional<CaseId> look(AccountId about, const std::vector<AccountId>& linked = {}) {
        const auto pattern = book.decide_pattern(about, linked, an_id<CaseId>(++made), now, hours{5});
        if (!pattern) return std::nullopt;
        book.apply(*pattern);
        return pattern->id;
    }
};

TEST_F(Patterns, AreForNobodyUntilTheirTimeHasComeAndThenForAllButThemselves) {
    const auto id = look(mira);
    ASSERT_TRUE(id);
    EXPECT_TRUE(queue(another).empty());
    EXPECT_EQ(claim(another, *id), Errc::not_found);
    EXPECT_TRUE(book.to_check(now).empty());
    EXPECT_EQ(book.next_due(now), now + hours{5});
    EXPECT_EQ(unpack_case(*id, pack(*book.find(*id))), *book.find(*id));
    now += hours{5};
    ASSERT_EQ(book.to_check(now).size(), 1u);
    book.apply(*book.decide_shown(*id, known(mira), now));
    EXPECT_TRUE(book.to_check(now).empty());
    EXPECT_EQ(queue(another), std::vector{*id});
    EXPECT_TRUE(queue(moderator).empty());
    EXPECT_FALSE(book.decide_shown(*id, known(mira), now)) << "once";
}

TEST_F(Patterns, AreToldOfOnePersonOnceInPatternAgain) {
    const auto id = look(ben);
    EXPECT_FALSE(look(ben));
    EXPECT_FALSE(look(cleo, {ben})) << "another account of theirs";
    EXPECT_TRUE(look(cleo));
    book.apply(*book.decide_shown(*id, known(ben), now));
    EXPECT_FALSE(look(ben)) << "while nobody has looked at it";
    close(moderator, *id);
    EXPECT_FALSE(look(ben));
    now += limits.pattern_again;
    EXPECT_TRUE(look(ben));
}

TEST_F(Patterns, NeedSeveralWhoHaveNothingToDoWithEachOther) {
    const auto of = [](std::vector<KeptAwayBy> all) { return pattern_of(all, Limits{}.pattern_people_min); };
    const KeptAwayBy by_ana{.account = ana, .from = known(ben)};
    const KeptAwayBy by_cleo{.account = cleo, .from = known(ben)};
    const KeptAwayBy by_mira{.account = mira, .from = known(ben, kitchen)};
    EXPECT_FALSE(of({by_ana, by_cleo}));
    ASSERT_TRUE(of({by_mira, by_ana, by_cleo}));
    EXPECT_EQ(of({by_mira, by_ana, by_cleo})->room, porch) << "where most of them know the person from";
    KeptAwayBy by_anas_other = by_mira;
    by_anas_other.linked = {ana};
    EXPECT_FALSE(of({by_anas_other, by_ana, by_cleo})) << "one person's accounts are one person";
    KeptAwayBy by_both = by_mira;
    by_both.linked = {noor};
    const KeptAwayBy by_noor{.account = noor, .linked = {cleo}, .from = known(ben)};
    EXPECT_FALSE(of({by_ana, by_cleo, by_both, by_noor})) << "whoever is linked to two joins them";
}

// ---- evidence -------------------------------------------------------------------------------------------------------

FrozenMessage said(const std::string& text, bool reported = false) {
    return {.id = an_id<MessageId>(text.size()), .author = {.name = "Ben"}, .text = text, .is_reported = reported};
}

TEST(Evidence, OfMoreThanEvidenceBytesMaxWhatIsFarthestGoesFirst) {
    std::vector<FrozenMessage> evidence{said("aaaaaaaa"), said("bbbb"), said("reported", true), said("cc")};
    evidence[2].earlier = {{.text = "earliest"}, {.text = "earlier"}};
    keep_within(evidence, 29);
    ASSERT_EQ(evidence.size(), 3u);
    EXPECT_EQ(evidence[0].text, "bbbb");
    keep_within(evidence, 15);
    ASSERT_EQ(evidence.size(), 1u);
    ASSERT_EQ(evidence[0].earlier.size(), 1u);
    EXPECT_EQ(evidence[0].earlier[0].text, "earlier");
    keep_within(evidence, 1);
    EXPECT_EQ(evidence[0].text, "reported") << "the words themselves stay";
    std::vector<FrozenMessage> of_a_person{said("older"), said("newer")};
    keep_within(of_a_person, 5);
    ASSERT_EQ(of_a_person.size(), 1u);
    EXPECT_EQ(of_a_person[0].text, "newer");
}

TEST(Evidence, ComesBackFromItsPackingAsItWas) {
    ReportContent content{.words = "He shouted.", .rule_id = "kind", .evidence = {said("one"), said("two", true)}};
    content.evidence[1].labels = {"grief"};
    content.evidence[1].earlier = {{.at = from_ms(5), .text = "before"}};
    content.evidence[0].account = an_id<AccountId>(2);
    content.evidence[0].position = Position{9};
    content.evidence[0].at = from_ms(8);
    content.evidence[0].about = Position{7};
    EXPECT_EQ(unpack_report(pack(content)), content);
    std::string packed = pack(content);
    packed.pop_back();
    EXPECT_FALSE(unpack_report(packed));
    EXPECT_FALSE(unpack_report(""));
}

}  // namespace
}  // namespace kindroom::domain::test
