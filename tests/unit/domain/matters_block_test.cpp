// The private matters of Ana, as dialogues: what she blocks, what others block, and when that ends.
#include <gtest/gtest.h>

#include "boundary_dialogue.hpp"
#include "domain/matters.hpp"

namespace kindroom::domain::test {
namespace {

using namespace people;

AddMute mute_of_words(std::vector<std::string> these, Duration lasts = 0ms) {
    return {.what = Words{std::move(these)}, .lasts = lasts};
}

// ---- block ----------------------------------------------------------------------------------------------------------

TEST(Matters, ABlockIsInForceAtOnceAndListed) {
    MattersDialogue of_ana;
    ASSERT_TRUE(of_ana.block(met_in_the_garden(ben, "Ben")).value());
    EXPECT_FALSE(of_ana.shows(words(ben, 1, of_ana.now)));
    const auto blocks = of_ana.matters.list(of_ana.now).blocks;
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(
        blocks.front(),
        (Block{.id = of_ana.block_id(ben), .person = met_in_the_garden(ben).person, .room = garden, .ends_at = never}));
}

TEST(Matters, BlockingAgainChangesNothing) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    const auto before = of_ana.matters.all();
    of_ana.now += 1h;
    EXPECT_FALSE(of_ana.block(met_in_the_garden(ben, "Benjamin")).value());
    EXPECT_EQ(of_ana.matters.all(), before);
}

TEST(Matters, BlockingOneWhoseEndWasAskedForTakesTheEndBack) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    const MatterId id = of_ana.block_id(ben);
    of_ana.unblock(ben).value();
    of_ana.now += 9min;
    EXPECT_TRUE(of_ana.block(ben).value());
    EXPECT_EQ(of_ana.block_id(ben), id) << "the same block goes on";
    of_ana.now += 24h;
    EXPECT_TRUE(of_ana.let_blocks_end().empty());
    EXPECT_EQ(of_ana.matters.next_due(), never);
    EXPECT_FALSE(of_ana.shows(words(ben, 1, of_ana.now)));
}

TEST(Matters, BlockingAnewAfterTheEndBeginsANewTimeAndTheOldOneStaysDark) {
    MattersDialogue of_ana;
    const TimePoint first = of_ana.now;
    of_ana.block(ben).value();
    of_ana.unblock(ben).value();
    of_ana.now += 10min;
    of_ana.let_blocks_end();
    of_ana.now += 1h;
    EXPECT_TRUE(of_ana.block(ben).value());
    of_ana.unblock(ben).value();
    of_ana.now += 10min;
    of_ana.let_blocks_end();
    EXPECT_FALSE(of_ana.shows(words(ben, 2, first + 5min)));
    EXPECT_TRUE(of_ana.shows(words(ben, 3, first + 30min)));
    EXPECT_FALSE(of_ana.shows(words(ben, 4, first + 75min)));
    EXPECT_TRUE(of_ana.shows(words(ben, 5, of_ana.now)));
}

TEST(Matters, AtMostSoManyBoundariesAndTheLastIsTakenIn) {
    MattersDialogue of_ana(ana, {.boundaries_max = 3});
    of_ana.block(ben).value();
    of_ana.mute(mute_of_words({"storm"})).value();
    of_ana.block(cleo).value();
    EXPECT_EQ(refusal_of(of_ana.block(numbered<AccountId>(9))).code, Errc::too_many);
    EXPECT_EQ(refusal_of(of_ana.mute(mute_of_words({"flood"}))).code, Errc::too_many);
    EXPECT_TRUE(of_ana.mute(mute_of_words({"storm"}, 1h))) << "a change of one that there is";
    EXPECT_TRUE(of_ana.block(bens_second, ben).value()) << "what the house adds is never too much";
    of_ana.unblock(cleo).value();
    EXPECT_TRUE(of_ana.block(cleo).value()) << "nor is going on with one";
}

TEST(Matters, ABlockThatIsOverTakesNoPlaceAmongTheBoundaries) {
    MattersDialogue of_ana(ana, {.boundaries_max = 1});
    of_ana.block(ben).value();
    of_ana.unblock(ben).value();
    EXPECT_EQ(refusal_of(of_ana.block(cleo)).code, Errc::too_many) << "it is still in force";
    of_ana.now += 10min;
    of_ana.let_blocks_end();
    EXPECT_TRUE(of_ana.block(cleo).value());
}

// ---- unblock --------------------------------------------------------------------------------------------------------

TEST(Matters, Look28AnUnblockTakesEffectTenMinutesLaterAndNotBefore) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    const TimePoint asked = of_ana.now += 1h;
    EXPECT_EQ(of_ana.unblock(ben).value(), asked + 10min);
    EXPECT_EQ(of_ana.matters.next_due(), asked + 10min);
    EXPECT_EQ(of_ana.matters.list(asked).blocks.front().ends_at, asked + 10min);
    of_ana.now = asked + 10min - 1ms;
    EXPECT_TRUE(of_ana.let_blocks_end().empty());
    EXPECT_TRUE(of_ana.blocks(ben));
    of_ana.now = asked + 10min;
    EXPECT_EQ(of_ana.let_blocks_end().size(), 1u);
    EXPECT_FALSE(of_ana.blocks(ben));
    EXPECT_TRUE(of_ana.matters.list(of_ana.now).blocks.empty());
    EXPECT_EQ(of_ana.matters.next_due(), never);
}

TEST(Matters, AskingTwiceForAnEndGivesTheSameTime) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    const TimePoint first = of_ana.unblock(ben).value();
    of_ana.now += 3min;
    EXPECT_EQ(of_ana.unblock(ben).value(), first);
    EXPECT_TRUE(of_ana.matters.decide_unblock(of_ana.block_id(ben), of_ana.now)->changes.empty());
}

TEST(Matters, ABlockEndsAtThePlannedTimeHoweverLateThatIsNoticed) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    const TimePoint planned = of_ana.unblock(ben).value();
    of_ana.now = planned + 5h;
    const auto endings = of_ana.let_blocks_end();
    ASSERT_EQ(endings.size(), 1u);
    EXPECT_EQ(endings.front().block.until, planned);
    EXPECT_FALSE(of_ana.shows(words(ben, 1, planned - 1ms)));
    EXPECT_TRUE(of_ana.shows(words(ben, 2, planned)));
}

TEST(Matters, TheEndOfWhatIsNoBlockOfHersIsNow) {
    MattersDialogue of_ana;
    const auto unblocking = of_ana.matters.decide_unblock(numbered<MatterId>(999), of_ana.now);
    EXPECT_EQ(unblocking->takes_effect_at, of_ana.now);
    EXPECT_TRUE(unblocking->changes.empty());
    const MatterId mute = of_ana.mute(mute_of_words({"storm"})).value();
    EXPECT_TRUE(of_ana.matters.decide_unblock(mute, of_ana.now)->changes.empty());
}

TEST(Matters, OnlySoManyBlocksAreEndedInADayAndTheRefusalSaysWhenTheNext) {
    MattersDialogue of_ana(ana, {.unblocks_per_day = 2});
    for (const AccountId other : {ben, cleo, bens_second}) of_ana.block(other).value();
    const TimePoint first = of_ana.now;
    of_ana.unblock(ben).value();
    of_ana.now += 1h;
    of_ana.unblock(cleo).value();
    of_ana.let_blocks_end();
    of_ana.now += 1h;
    EXPECT_EQ(refusal_of(of_ana.unblock(bens_second)), refuse_until(Errc::rate_limited, first + 24h));
    EXPECT_TRUE(of_ana.unblock(cleo)) << "asked for before, so not asked for now";
    of_ana.now = first + 24h - 1ms;
    EXPECT_FALSE(of_ana.unblock(bens_second));
    of_ana.now = first + 24h;
    EXPECT_TRUE(of_ana.unblock(bens_second));
}

// ---- accounts of one person -----------------------------------------------------------------------------------------

TEST(Matters, Look24ALinkedBlockIsInForceAndNotListed) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    EXPECT_TRUE(of_ana.block(bens_second, ben).value());
    EXPECT_FALSE(of_ana.shows(words(bens_second, 1, of_ana.now)));
    ASSERT_EQ(of_ana.matters.list(of_ana.now).blocks.size(), 1u);
    EXPECT_EQ(of_ana.matters.list(of_ana.now).blocks.front().id, of_ana.block_id(ben));
}

TEST(Matters, ALinkedBlockEndsWithTheOneThatWasNamed) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second, ben).value();
    of_ana.block(cleo).value();
    const TimePoint planned = of_ana.unblock(ben).value();
    EXPECT_EQ(of_ana.matters.block_of(bens_second)->second.ends_at, planned);
    of_ana.now = planned + 1min;
    const auto endings = of_ana.let_blocks_end();
    ASSERT_EQ(endings.size(), 2u);
    for (const auto& ending : endings) EXPECT_EQ(ending.block.until, planned);
    EXPECT_FALSE(of_ana.blocks(bens_second));
    EXPECT_TRUE(of_ana.blocks(cleo));
}

TEST(Matters, ALinkedBlockEndsAtTheSameTimeWhenItIsNoticedLater) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second, ben).value();
    const TimePoint planned = of_ana.now = of_ana.unblock(ben).value();
    for (const auto& ending : of_ana.matters.blocks_to_end(of_ana.now))
        if (ending.block.other.account == ben) of_ana.matters.apply({ending.id, ending.block});
    EXPECT_EQ(of_ana.matters.next_due(), planned) << "the other is still to end";
    of_ana.now += 1min;
    ASSERT_EQ(of_ana.let_blocks_end().size(), 1u);
    EXPECT_FALSE(of_ana.shows(words(bens_second, 1, planned - 1ms)));
    EXPECT_TRUE(of_ana.shows(words(bens_second, 1, planned)));
}

// Linked in the ten minutes before the end, the second account stayed blocked for ever: Ana could neither see that
// block nor end it.
TEST(Matters, AnAccountLinkedWhileTheBlockIsEndingIsNotBlockedForEver) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    const TimePoint planned = of_ana.unblock(ben).value();
    of_ana.now += 5min;
    of_ana.block(bens_second, ben).value();
    of_ana.now = planned;
    EXPECT_EQ(of_ana.let_blocks_end().size(), 2u);
    EXPECT_TRUE(of_ana.shows(words(bens_second, 1, planned)));
}

TEST(Matters, AnAccountLinkedAfterTheEndIsNotKeptBlocked) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.now = of_ana.unblock(ben).value();
    of_ana.let_blocks_end();
    of_ana.now += 1h;
    // Their link was on its way while the block ended.
    of_ana.block(bens_second, ben).value();
    ASSERT_EQ(of_ana.let_blocks_end().size(), 1u);
    EXPECT_TRUE(of_ana.shows(words(bens_second, 1, of_ana.now - 1ms)));
    EXPECT_TRUE(of_ana.shows(words(bens_second, 1, of_ana.now)));
}

// A third account, linked to the second, named the second as its reason and outlived the block of the first.
TEST(Matters, AChainOfLinkedAccountsEndsWithTheOneThatWasNamed) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second, ben).value();
    of_ana.block(bens_third, bens_second).value();
    of_ana.now = of_ana.unblock(ben).value();
    EXPECT_EQ(of_ana.let_blocks_end().size(), 3u);
    EXPECT_FALSE(of_ana.blocks(bens_third));
}

TEST(Matters, ALinkDoesNotTakeBackAnEndThatWasAskedFor) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second).value();
    const TimePoint planned = of_ana.unblock(bens_second).value();
    EXPECT_FALSE(of_ana.block(bens_second, ben).value());
    EXPECT_EQ(of_ana.matters.block_of(bens_second)->second.ends_at, planned);
}

TEST(Matters, BlockingAgainKeepsLinkedAccountsBlockedToo) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second, ben).value();
    of_ana.unblock(ben).value();
    of_ana.block(ben).value();
    of_ana.now += 24h;
    EXPECT_TRUE(of_ana.let_blocks_end().empty());
    EXPECT_TRUE(of_ana.blocks(bens_second));
}

TEST(Matters, ALinkedBlockThatIsNamedLaterIsHersAndStandsByItself) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second, ben).value();
    const MatterId id = of_ana.block_id(bens_second);
    EXPECT_TRUE(of_ana.block(met_in_the_garden(bens_second, "Benno")).value());
    EXPECT_EQ(of_ana.block_id(bens_second), id) << "its time goes on without a gap";
    const auto blocks = of_ana.matters.list(of_ana.now).blocks;
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_EQ(blocks.back().person.name, "Benno");
    of_ana.now = of_ana.unblock(ben).value();
    of_ana.let_blocks_end();
    EXPECT_FALSE(of_ana.blocks(ben));
    EXPECT_TRUE(of_ana.blocks(bens_second));
}

TEST(Matters, ALinkedBlockIsNotHersToEnd) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.block(bens_second, ben).value();
    EXPECT_EQ(of_ana.unblock(bens_second).value(), of_ana.now) << "answered as for one that never was";
    of_ana.now += 1h;
    EXPECT_TRUE(of_ana.let_blocks_end().empty());
}

TEST(Matters, AnAccountIsLinkedOnceAndNeverToItself) {
    MattersDialogue of_ana;
    EXPECT_EQ(of_ana.matters.decide_link(ana, of_ana.fresh()).has_value(), false);
    of_ana.matters.apply(of_ana.matters.decide_link(cleo, of_ana.fresh()).value());
    EXPECT_EQ(of_ana.matters.linked(), std::vector{cleo});
    EXPECT_EQ(of_ana.matters.decide_link(cleo, of_ana.fresh()).has_value(), false);
}

// ---- being blocked --------------------------------------------------------------------------------------------------

TEST(Matters, AMetBlockBeginsAndEndsAndIsNeverListed) {
    MattersDialogue of_ana;
    const TimePoint from = of_ana.now;
    of_ana.matters.apply(of_ana.matters.met(ben, from, {{garden, Position{4}}}, of_ana.fresh()));
    EXPECT_TRUE(of_ana.matters.is_blocked_by(ben));
    EXPECT_FALSE(of_ana.matters.is_blocked_by(cleo));
    EXPECT_EQ(of_ana.matters.blocked_by(), std::vector{ben});
    EXPECT_TRUE(of_ana.matters.list(of_ana.now).blocks.empty());
    EXPECT_TRUE(of_ana.shows(words(ben, 4, from)));
    EXPECT_FALSE(of_ana.shows(words(ben, 5, from)));
    EXPECT_FALSE(of_ana.matters.met_ends(cleo, from).has_value());
    of_ana.matters.apply(of_ana.matters.met_ends(ben, from + 1h).value());
    EXPECT_FALSE(of_ana.matters.is_blocked_by(ben));
    EXPECT_TRUE(of_ana.matters.blocked_by().empty());
    EXPECT_FALSE(of_ana.matters.met_ends(ben, from + 2h).has_value()) << "over once is over";
    EXPECT_FALSE(of_ana.shows(words(ben, 5, from)));
    EXPECT_TRUE(of_ana.shows(words(ben, 6, from + 1h)));
}

TEST(Matters, AMatterThatIsForgottenLeavesNoDarkBehind) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.matters.apply({of_ana.block_id(ben), std::nullopt});
    EXPECT_TRUE(of_ana.shows(words(ben, 1, of_ana.now)));
}

}  // namespace
}  // namespace kindroom::domain::test
