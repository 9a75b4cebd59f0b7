// Objections, as dialogues: who may look at one, and what comes of it.
#include <gtest/gtest.h>

#include "domain/case_book.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using std::chrono::hours;

const AccountId ben = an_id<AccountId>(12);
const AccountId mira = an_id<AccountId>(21);
const AccountId noor = an_id<AccountId>(22);
const AccountId ola = an_id<AccountId>(23);

class Appeals : public ::testing::Test {
  protected:
    CaseBook::Appealed against(std::uint64_t decision, Duration lasts = hours{72}) {
        return {.by = ben,
                .about = {{.account = ben, .room = {}, .person = {.name = "Ben"}}},
                .decision = an_id<DecisionId>(decision),
                .closed_to = {mira},
                .decided_at = now,
                .goes_first = lasts < limits.appeal_fast_under};
    }
    CaseId appeal(const CaseBook::Appealed& appealed) {
        const auto filed = book.decide_appeal(appealed, an_id<CaseId>(++made), now);
        EXPECT_TRUE(filed && filed->is_new);
        book.apply(filed->into);
        book.apply(an_id<SecretHash>(++made), filed->head);
        return filed->into.id;
    }
    Errc close(const Reviewer& who, CaseId id, CaseOutcome outcome) {
        const auto closed = book.decide_outcome(who, id, {.outcome = outcome, .answer = "We are sorry.", .at = now});
        if (!closed) return closed.error().code;
        if (*closed) book.apply(**closed);
        return {};
    }

    Limits limits;
    CaseBook book{limits};
    TimePoint now = from_ms(1'795'500'800'000);
    std::uint64_t made = 100;
    const Reviewer decider{.account = mira, .standing = {.role = Role::admin}};
    const Reviewer another{.account = noor, .standing = {.role = Role::admin}};
    const Reviewer of_a_room{.account = ola, .standing = {.role = Role::moderator, .moderates = {an_id<RoomId>(1)}}};
};

TEST_F(Appeals, WhoeverDecidedNeitherSeesNorDecidesIt) {
    const auto id = appeal(against(1));
    EXPECT_TRUE(book.queue(decider, now).empty());
    EXPECT_FALSE(book.find(decider, id));
    EXPECT_EQ(close(decider, id, CaseOutcome::upheld), Errc::not_found);
    const Reviewer on_another_account{.account = ola, .standing = {.role = Role::admin}, .linked = {mira}};
    EXPECT_EQ(close(on_another_account, id, CaseOutcome::upheld), Errc::not_found);
    EXPECT_EQ(close({.account = ben, .standing = {.role = Role::admin}}, id, CaseOutcome::reversed), Errc::not_found);
    EXPECT_TRUE(book.queue(of_a_room, now).empty()) << "for those who look after the house";
    EXPECT_EQ(close(another, id, CaseOutcome::reversed), Errc{});
}

TEST_F(Appeals, IsUpheldOrReversedAndNothingElseIs) {
    const auto id = appeal(against(1));
    EXPECT_EQ(close(another, id, CaseOutcome::acted), Errc::invalid_argument);
    EXPECT_EQ(close(another, id, CaseOutcome::dismissed), Errc::invalid_argument);
    EXPECT_EQ(close(another, id, CaseOutcome::upheld), Errc{});
}

TEST_F(Appeals, OfSanctionsUnderAppealFastUnderComeFirst) {
    const auto of_a_long_one = appeal(against(1, limits.appeal_fast_under));
    now += hours{1};
    const auto of_a_short_one = appeal(against(2, limits.appeal_fast_under - Duration{1}));
    const auto queue = book.queue(another, now);
    ASSERT_EQ(queue.size(), 2u);
    EXPECT_EQ(queue[0]->id, of_a_short_one);
    EXPECT_EQ(queue[1]->id, of_a_long_one);
}

TEST_F(Appeals, OneDecisionIsAppealedOnceAndUntilAppealWindowIsOver) {
    const auto appealed = against(1);
    const auto id = appeal(appealed);
    close(another, id, CaseOutcome::upheld);
    const auto again = book.decide_appeal(appealed, an_id<CaseId>(9), now);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->is_new);
    EXPECT_EQ(book.appeal_status(again->head).outcome, CaseOutcome::upheld);
    EXPECT_EQ(book.appeal_status(again->head).answer, "We are sorry.");
    const auto late = against(2);
    now += limits.appeal_window;
    EXPECT_EQ(book.decide_appeal(late, an_id<CaseId>(9), now).error().code, Errc::appeal_invalid);
}

TEST_F(Appeals, ADismissalThatIsReversedWaitsForSomebodyElse) {
    const Acquaintance about{.account = ola, .room = an_id<RoomId>(1), .person = {.name = "Ola"}};
    const Reported reported{.reporter = ben,
                            .kind = CaseKind::people,
                            .room = an_id<RoomId>(1),
                            .thing = thing_of({about}),
                            .about = {about}};
    const auto filed = book.decide_file(reported, an_id<CaseId>(1), now);
    const auto receipt = an_id<SecretHash>(1);
    book.apply(filed.into);
    book.apply(receipt, filed.head);
    EXPECT_FALSE(book.dismissed_by(receipt)) << "not yet";
    EXPECT_EQ(close(decider, filed.into.id, CaseOutcome::dismissed), Errc{});
    const auto appealed = book.dismissed_by(receipt);
    ASSERT_TRUE(appealed);
    const auto id = appeal(*appealed);
    EXPECT_TRUE(book.card(*book.find(id), another, now).about.empty()) << "who reported is never named";
    EXPECT_FALSE(book.find(decider, id));
    EXPECT_FALSE(book.find({.account = ola, .standing = {.role = Role::admin}}, id)) << "whom it was about";
    EXPECT_EQ(close(another, id, CaseOutcome::reversed), Errc{});
    book.apply(*book.decide_reopen(filed.into.id));
    EXPECT_FALSE(book.decide_reopen(filed.into.id)) << "once";
    EXPECT_FALSE(book.find(decider, filed.into.id));
    EXPECT_EQ(close(another, filed.into.id, CaseOutcome::acted), Errc{});
    EXPECT_FALSE(book.dismissed_by(receipt));
}

TEST_F(Appeals, WhatIsAppealedIsKeptUntilTheAppealIsDecided) {
    const Reported unknown{.reporter = ben, .kind = CaseKind::unknown, .room = {}, .thing = "u", .about = {}};
    const auto filed = book.decide_file(unknown, an_id<CaseId>(1), now);
    const auto receipt = an_id<SecretHash>(1);
    book.apply(filed.into);
    book.apply(receipt, filed.head);
    EXPECT_EQ(close(decider, filed.into.id, CaseOutcome::dismissed), Errc{});
    now += limits.appeal_window - hours{1};
    const auto id = appeal(*book.dismissed_by(receipt));
    now += hours{2};
    EXPECT_TRUE(book.over(now).empty());
    EXPECT_EQ(close(another, id, CaseOutcome::upheld), Errc{});
    EXPECT_EQ(book.over(now), std::vector{filed.into.id});
}

TEST_F(Appeals, ComeBackFromTheirPackingAsTheyWere) {
    const auto id = appeal(against(1, hours{1}));
    EXPECT_EQ(unpack_case(id, pack(*book.find(id))), *book.find(id));
    close(another, id, CaseOutcome::reversed);
    EXPECT_EQ(unpack_case(id, pack(*book.find(id))), *book.find(id));
    EXPECT_EQ(book.reversals().size(), 1u);
}

}  // namespace
}  // namespace kindroom::domain::test
