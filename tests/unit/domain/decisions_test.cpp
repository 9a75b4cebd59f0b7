// Decisions of moderators: what they rest on, when they end, lapse and are undone, and what follows from them.
#include <gtest/gtest.h>

#include "domain/decide.hpp"
#include "room_dialogue.hpp"
#include "two_people.hpp"

namespace kindroom::domain::test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const HouseRules rules{.version = 3, .rules = {{"kind", "Be kind."}, {"private", "Keep what you hear."}}};
const TimePoint noon = from_ms(1'800'000'000'000);
const Standing of_the_room{.role = Role::moderator, .moderates = {the_room}};
const Standing of_the_house{.role = Role::moderator};

Decide about(DecisionAction action, Duration lasts = Duration{0}) {
    return {.room = the_room,
            .token = ben.token(),
            .action = action,
            .rule_id = "kind",
            .facts = "Shouted at Ana.",
            .lasts = lasts};
}

// ---- what it rests on -----------------------------------------------------------------------------------------------

struct Judging {
    Limits limits{};
    Standing by = of_the_house;
    const char* field(const Decide& command) const {
        const auto judged = judge_decision(command, by, rules, limits, noon);
        return judged ? "" : judged.error().field;
    }
    Errc refused(const Decide& command) const { return refusal(judge_decision(command, by, rules, limits, noon)); }
};

TEST(Decisions, RestOnARuleInForceAndOnFacts) {
    const Judging judging;
    auto unknown = about(DecisionAction::warn);
    unknown.rule_id = "kinder";
    EXPECT_STREQ(judging.field(unknown), "rule_id");
    auto nothing_said = about(DecisionAction::warn);
    nothing_said.facts = "  \n";
    EXPECT_STREQ(judging.field(nothing_said), "facts");
    EXPECT_EQ(judging.refused(about(DecisionAction::warn)), nothing);
}

TEST(Decisions, FactsHaveALength) {
    Judging judging;
    judging.limits.facts_code_points_max = 15;
    EXPECT_EQ(judging.refused(about(DecisionAction::warn)), nothing);
    judging.limits.facts_code_points_max = 14;
    EXPECT_STREQ(judging.field(about(DecisionAction::warn)), "facts");
}

TEST(Decisions, AreMadeOfTheRuleAsItReadsNow) {
    const auto decision = *judge_decision(about(DecisionAction::listen_only, hours{1}), of_the_room, rules, {}, noon);
    EXPECT_EQ(decision.rule_text, "Be kind.");
    EXPECT_EQ(decision.rules_version, 3u);
    EXPECT_EQ(decision.room, the_room);
    EXPECT_EQ(decision.ends_at, noon + hours{1});
    EXPECT_EQ(decision.source, DecisionSource::own);
    EXPECT_FALSE(decision.automated);
}

TEST(Decisions, TimeoutsLastFiveMinutesToTwentyEightDays) {
    Judging judging;
    judging.limits.timeout_min = minutes{5};
    judging.limits.timeout_max = days{28};
    for (const auto action : {DecisionAction::listen_only, DecisionAction::out_of_room, DecisionAction::no_contacts,
                              DecisionAction::hold}) {
        EXPECT_STREQ(judging.field(about(action, minutes{5} - Duration{1})), "lasts_ms");
        EXPECT_EQ(judging.refused(about(action, minutes{5})), nothing);
        EXPECT_EQ(judging.refused(about(action, days{28})), nothing);
        EXPECT_STREQ(judging.field(about(action, days{28} + Duration{1})), "lasts_ms");
    }
}

TEST(Decisions, WhatIsOverAtOnceHasNoTimeAndABanMayHaveNone) {
    const Judging judging;
    EXPECT_STREQ(judging.field(about(DecisionAction::warn, hours{1})), "lasts_ms");
    EXPECT_STREQ(judging.field(about(DecisionAction::remove, hours{1})), "lasts_ms");
    EXPECT_EQ(judging.refused(about(DecisionAction::room_ban)), nothing);
    EXPECT_EQ(judging.refused(about(DecisionAction::server_ban, days{400})), nothing);
}

TEST(Decisions, ANetworkIsBannedForThirtyDaysAtMost) {
    Judging judging;
    judging.limits.network_ban_max = days{30};
    EXPECT_STREQ(judging.field(about(DecisionAction::network_ban)), "lasts_ms");
    EXPECT_EQ(judging.refused(about(DecisionAction::network_ban, days{30})), nothing);
    EXPECT_STREQ(judging.field(about(DecisionAction::network_ban, days{30} + Duration{1})), "lasts_ms");
}

TEST(Decisions, AboutTheHouseAreForThoseWhoLookAfterTheHouse) {
    const Judging member{.by = {}};
    EXPECT_EQ(member.refused(about(DecisionAction::warn)), Errc::not_allowed);
    const Judging room_only{.by = of_the_room};
    EXPECT_EQ(room_only.refused(about(DecisionAction::room_ban)), nothing);
    for (const auto action : {DecisionAction::server_ban, DecisionAction::network_ban, DecisionAction::no_contacts})
        EXPECT_EQ(room_only.refused(about(action, hours{1})), Errc::not_allowed);
    auto everywhere = about(DecisionAction::listen_only, hours{1});
    everywhere.everywhere = true;
    EXPECT_EQ(room_only.refused(everywhere), Errc::not_allowed);
    EXPECT_EQ(judge_decision(everywhere, of_the_house, rules, {}, noon)->room, std::nullopt);
    for (const auto action : {DecisionAction::out_of_room, DecisionAction::hold}) {
        auto in_all = about(action, hours{1});
        EXPECT_EQ(room_only.refused(in_all), nothing);
        in_all.everywhere = true;
        EXPECT_STREQ(Judging{}.field(in_all), "everywhere");
    }
}

TEST(Decisions, ARetractionNamesItsMessage) {
    auto retract = about(DecisionAction::retract);
    EXPECT_STREQ(Judging{}.field(retract), "message_id");
    retract.token.reset();
    retract.message = an_id<MessageId>(5);
    EXPECT_EQ(Judging{}.refused(retract), nothing);
}

// ---- what is kept ---------------------------------------------------------------------------------------------------

// What is decided about Ben, one after the other.
struct Subject {
    Limits limits{};
    Matters matters{ben.account, limits};
    TimePoint now = noon;
    std::uint64_t ids = 0;

    DecisionId decide(DecisionAction action, Duration lasts = Duration{0}) {
        auto decision = *judge_decision(about(action, lasts), of_the_house, rules, limits, now);
        decision.id = an_id<DecisionId>(++ids);
        auto changes = matters.decide({.decision = std::move(decision), .by = ana.account});
        if (!changes) return {};
        for (const auto& change : *changes) matters.apply(change);
        return an_id<DecisionId>(ids);
    }
    const Decision& kept(DecisionId id) const { return matters.decision(id)->decision; }
    DecisionState state(DecisionId id) const { return state_of(kept(id), now); }
    Errc confirm(DecisionId id, const Somebody& by) {
        auto change = matters.decide_confirm(id, by.account, now);
        if (change && *change) matters.apply(**change);
        return refusal(change);
    }
    bool reverse(DecisionId id) {
        auto change = matters.decide_reversal(id, "we were wrong", now);
        if (change) matters.apply(*change);
        return change.has_value();
    }
    SanctionsPtr sanctions() const { return matters.sanctions(now); }
};

TEST(Decisions, EndToTheMillisecond) {
    Subject subject;
    const auto id = subject.decide(DecisionAction::listen_only, hours{1});
    const auto before = subject.sanctions();
    EXPECT_NE(before->listen_only_in(the_room, noon + hours{1} - Duration{1}), nullptr);
    EXPECT_EQ(before->listen_only_in(the_room, noon + hours{1}), nullptr) << "an old snapshot, too";
    subject.now = noon + hours{1};
    EXPECT_EQ(subject.state(id), DecisionState::ended);
}

TEST(Decisions, AreAllListedInEveryStateNewestFirst) {
    Subject subject;
    const auto timeout = subject.decide(DecisionAction::listen_only, hours{1});
    subject.now += minutes{30};
    const auto warning = subject.decide(DecisionAction::warn);
    const auto ban = subject.decide(DecisionAction::room_ban);
    subject.reverse(warning);
    subject.now = noon + days{2};
    const auto all = subject.matters.decisions(subject.now);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all.back().id, timeout);
    EXPECT_EQ(all.back().state, DecisionState::ended);
    EXPECT_EQ(subject.state(warning), DecisionState::reversed);
    EXPECT_EQ(subject.state(ban), DecisionState::lapsed);
}

TEST(Decisions, BansWaitForASecondModerator) {
    Subject subject;
    subject.limits.confirm_within = hours{24};
    for (const auto action : {DecisionAction::room_ban, DecisionAction::server_ban})
        EXPECT_EQ(subject.kept(subject.decide(action)).confirm_by, noon + hours{24});
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::network_ban, days{1})).confirm_by, noon + hours{24});
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::warn)).confirm_by, never);
}

TEST(Decisions, ARepeatedTimeoutOverADayWaitsForASecondModerator) {
    Subject subject;
    subject.limits.timeout_unconfirmed_max = hours{24};
    subject.limits.timeouts_counted_for = days{183};
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::listen_only, days{7})).confirm_by, never) << "the first one";
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::listen_only, hours{24})).confirm_by, never) << "a short one";
    EXPECT_NE(subject.kept(subject.decide(DecisionAction::out_of_room, hours{24} + Duration{1})).confirm_by, never);
    subject.now += days{184};
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::out_of_room, days{3})).confirm_by, never) << "long ago";
}

TEST(Decisions, ATimeoutThatWasReversedDoesNotCount) {
    Subject subject;
    subject.reverse(subject.decide(DecisionAction::listen_only, hours{1}));
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::listen_only, days{3})).confirm_by, never);
}

TEST(Decisions, WhoeverDecidedCannotConfirm) {
    Subject subject;
    const auto ban = subject.decide(DecisionAction::room_ban);
    EXPECT_EQ(subject.confirm(ban, ana), Errc::needs_another);
    EXPECT_EQ(subject.confirm(ban, cleo), nothing);
    EXPECT_EQ(subject.kept(ban).confirm_by, never);
    EXPECT_EQ(subject.confirm(ban, cleo), nothing) << "twice is once";
    EXPECT_EQ(subject.confirm(an_id<DecisionId>(99), cleo), Errc::not_found);
    subject.now += days{30};
    EXPECT_NE(subject.sanctions()->out_of(the_room, subject.now), nullptr);
}

TEST(Decisions, WhatNobodyConfirmsLapsesAndNothingBringsItBack) {
    Subject subject;
    const auto ban = subject.decide(DecisionAction::room_ban);
    const auto snapshot = subject.sanctions();
    const TimePoint by = subject.kept(ban).confirm_by;
    EXPECT_EQ(subject.matters.next_due(), by);
    EXPECT_NE(snapshot->out_of(the_room, by - Duration{1}), nullptr);
    EXPECT_EQ(snapshot->out_of(the_room, by), nullptr);
    subject.now = by;
    EXPECT_EQ(subject.confirm(ban, cleo), nothing);
    EXPECT_EQ(subject.state(ban), DecisionState::lapsed) << "too late";
    const auto lapsed = subject.matters.lapsed(subject.now);
    ASSERT_EQ(lapsed.size(), 1u);
    subject.matters.apply(lapsed.front());
    EXPECT_EQ(subject.kept(ban).settled_at, by);
    EXPECT_TRUE(subject.matters.lapsed(subject.now).empty());
}

TEST(Decisions, WhatEndsBeforeItMustBeConfirmedHasEnded) {
    Subject subject;
    const auto ban = subject.decide(DecisionAction::server_ban, hours{2});
    subject.now += days{2};
    EXPECT_EQ(subject.state(ban), DecisionState::ended);
    EXPECT_TRUE(subject.matters.lapsed(subject.now).empty());
}

TEST(Decisions, AReversalUndoesAndSaysSo) {
    Subject subject;
    const auto ban = subject.decide(DecisionAction::server_ban);
    EXPECT_NE(subject.sanctions()->ban(subject.now), nullptr);
    EXPECT_TRUE(subject.reverse(ban));
    EXPECT_EQ(subject.sanctions()->ban(subject.now), nullptr);
    EXPECT_EQ(subject.kept(ban).reversal, "we were wrong");
    EXPECT_FALSE(subject.reverse(ban)) << "twice is once";
}

TEST(Decisions, AreForgottenLongAfterTheyAreOver) {
    Subject subject;
    subject.limits.decision_kept = days{183};
    const auto warning = subject.decide(DecisionAction::warn);
    subject.decide(DecisionAction::listen_only, days{1});
    const auto ban = subject.decide(DecisionAction::room_ban);
    subject.confirm(ban, cleo);
    subject.now = noon + days{183};
    auto ended = subject.matters.ended(subject.now);
    ASSERT_EQ(ended.size(), 1u);
    subject.matters.apply(ended.front());
    EXPECT_EQ(subject.matters.decision(warning), nullptr);
    subject.now += days{1};
    EXPECT_EQ(subject.matters.ended(subject.now).size(), 1u);
    subject.now += days{4000};
    EXPECT_NE(subject.matters.decision(ban), nullptr) << "what is in force is kept";
}

TEST(Decisions, SoManyAreKeptAndTheOldestThatIsOverGivesWay) {
    Subject subject;
    subject.limits.decisions_max = 3;
    const auto ban = subject.decide(DecisionAction::room_ban);
    subject.now += minutes{1};
    const auto first = subject.decide(DecisionAction::warn);
    subject.now += minutes{1};
    subject.decide(DecisionAction::warn);
    subject.now += minutes{1};
    subject.decide(DecisionAction::warn);
    EXPECT_EQ(subject.matters.decision(first), nullptr);
    EXPECT_NE(subject.matters.decision(ban), nullptr);
    subject.limits.decisions_max = 2;
    EXPECT_NE(subject.decide(DecisionAction::warn), DecisionId{});
    subject.limits.decisions_max = 1;
    EXPECT_EQ(subject.decide(DecisionAction::warn), DecisionId{}) << "what is in force never gives way";
}

TEST(Decisions, TheOneThatEndsLastIsTheReason) {
    Subject subject;
    subject.decide(DecisionAction::listen_only, hours{1});
    const auto longer = subject.decide(DecisionAction::listen_only, hours{3});
    subject.decide(DecisionAction::listen_only, hours{2});
    EXPECT_EQ(subject.sanctions()->listen_only_in(the_room, noon)->id, longer);
}

// ---- what follows ---------------------------------------------------------------------------------------------------

// Ben in a room, with a decision about him.
struct RoomWithDecision : RoomDialogue {
    RoomWithDecision() {
        EXPECT_TRUE(join(ana));
        EXPECT_TRUE(join(ben));
        clock.move_to(noon);
    }
    Asker asker(const Subject& subject) const {
        Asker who = ben.asker();
        who.sanctions = subject.sanctions();
        return who;
    }
    Errc says(const Subject& subject) {
        const PostMessage command{.room = the_room, .text = "but"};
        return refusal(room.decide_post(command, asker(subject), ben.person(), an_id<MessageId>(50), now()));
    }
};

TEST(Decisions, WhoeverListensOnlyMayReadAndNotSpeak) {
    RoomWithDecision here;
    Subject subject;
    subject.decide(DecisionAction::listen_only, hours{1});
    EXPECT_EQ(here.says(subject), Errc::listen_only);
    EXPECT_TRUE(here.room.may_read(here.asker(subject), here.now()));
    EXPECT_TRUE(here.room.may_listen(here.asker(subject), here.now()));
    here.pass(hours{1});
    EXPECT_EQ(here.says(subject), nothing);
}

TEST(Decisions, WhoeverIsHeldMaySpeakInThatRoomAndIsLookedAtFirst) {
    RoomWithDecision here;
    Subject subject;
    const auto held = subject.decide(DecisionAction::hold, hours{1});
    EXPECT_EQ(here.says(subject), nothing);
    EXPECT_EQ(subject.sanctions()->held_in(the_room, noon)->id, held);
    EXPECT_EQ(subject.sanctions()->held_in(an_id<RoomId>(99), noon), nullptr);
    EXPECT_EQ(subject.sanctions()->held_in(the_room, noon + hours{1} - Duration{1})->id, held);
    EXPECT_EQ(subject.sanctions()->held_in(the_room, noon + hours{1}), nullptr) << "over to the millisecond";
    EXPECT_EQ(subject.sanctions()->behind(Errc::would_be_held, the_room, noon)->id, held);
    EXPECT_EQ(subject.sanctions()->behind(Errc::would_be_held, std::nullopt, noon), nullptr);
    subject.reverse(held);
    EXPECT_EQ(subject.sanctions()->held_in(the_room, noon), nullptr);
}

TEST(Decisions, ALongHoldThatIsNotTheFirstNeedsASecondModerator) {
    Subject subject;
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::hold, days{3})).confirm_by, never);
    EXPECT_EQ(subject.kept(subject.decide(DecisionAction::hold, days{3})).confirm_by,
              subject.now + subject.limits.confirm_within);
}

TEST(Decisions, WhoeverIsKeptOutNeitherComesInNorReads) {
    for (const auto& [action, lasts] : {std::pair(DecisionAction::out_of_room, Duration{hours{1}}),
                                        std::pair(DecisionAction::room_ban, Duration{hours{1}})}) {
        RoomWithDecision here;
        Subject subject;
        subject.decide(action, lasts);
        EXPECT_EQ(here.says(subject), Errc::out_of_room);
        EXPECT_EQ(refusal(here.room.may_read(here.asker(subject), here.now())), Errc::out_of_room);
        EXPECT_EQ(refusal(here.room.may_listen(here.asker(subject), here.now())), Errc::out_of_room);
        const auto join = here.room.decide_join(here.asker(subject), ben.person(), here.now());
        EXPECT_EQ(refusal(join), Errc::out_of_room);
        EXPECT_EQ(join.error().retry_at, noon + hours{1});
        here.pass(hours{1});
        EXPECT_TRUE(here.room.may_listen(here.asker(subject), here.now()));
    }
}

}  // namespace
}  // namespace kindroom::domain::test
