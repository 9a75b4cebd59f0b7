// The private matters of Ana, as dialogues: what she mutes, chooses and steps away from, and when that ends.
#include "domain/matters.hpp"

#include <gtest/gtest.h>

#include "boundary_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace people;

AddMute mute_of_ben(std::optional<RoomId> room = std::nullopt, Duration lasts = 0ms) {
    return {.what = PersonRef{garden, numbered<PersonToken>(2)}, .room = room, .lasts = lasts};
}
AddMute mute_of_words(std::vector<std::string> these, Duration lasts = 0ms) {
    return {.what = Words{std::move(these)}, .lasts = lasts};
}

// ---- mute -----------------------------------------------------------------------------------------------------------

TEST(Matters, TheSameThingMutedAgainIsTheSameMuteWithTheNewEnd) {
    MattersDialogue of_ana;
    const auto id = of_ana.mute(mute_of_ben(garden), met_in_the_garden(ben, "Ben")).value();
    EXPECT_EQ(of_ana.mute(mute_of_ben(garden, 1h), met_in_the_garden(ben, "Benjamin")).value(), id);
    const auto mutes = of_ana.matters.list(of_ana.now).mutes;
    ASSERT_EQ(mutes.size(), 1u);
    EXPECT_EQ(mutes.front().ends_at, of_ana.now + 1h);
    EXPECT_EQ(std::get<Person>(mutes.front().what).name, "Benjamin") << "as she knows them now";
}

TEST(Matters, AnotherPlaceOrAnotherThingIsAnotherMute) {
    MattersDialogue of_ana;
    const std::vector<Result<MatterId>> mutes{
        of_ana.mute(mute_of_ben(garden), met_in_the_garden(ben)),
        of_ana.mute(mute_of_ben(attic), met_in_the_garden(ben)),
        of_ana.mute(mute_of_ben(), met_in_the_garden(ben)),
        of_ana.mute(mute_of_ben(garden), met_in_the_garden(cleo)),
        of_ana.mute(mute_of_words({"storm"})),
        of_ana.mute(mute_of_words({"storm", "flood"})),
        of_ana.mute({.what = Label{"storm"}, .room = std::nullopt}),
        of_ana.mute({.what = WholeRoom{}, .room = garden}),
    };
    EXPECT_EQ(of_ana.matters.list(of_ana.now).mutes.size(), mutes.size());
}

TEST(Matters, AMuteOfEachKindIsInForceAtOnce) {
    MattersDialogue of_ana;
    const std::vector<std::string> grief{"grief"};
    Sighting storm = words(cleo, 1, of_ana.now, attic);
    storm.folded = "what a storm";
    Sighting labelled = words(cleo, 2, of_ana.now, attic);
    labelled.labels = grief;
    of_ana.mute(mute_of_ben(attic), met_in_the_garden(ben)).value();
    EXPECT_FALSE(of_ana.shows(words(ben, 3, of_ana.now, attic)));
    EXPECT_TRUE(of_ana.shows(words(ben, 3, of_ana.now, garden)));
    of_ana.mute({.what = WholeRoom{}, .room = garden}).value();
    EXPECT_FALSE(of_ana.shows(words(ben, 3, of_ana.now, garden)));
    EXPECT_TRUE(of_ana.shows(storm));
    of_ana.mute(mute_of_words({"flood", "storm"})).value();
    EXPECT_FALSE(of_ana.shows(storm));
    EXPECT_TRUE(of_ana.shows(labelled));
    of_ana.mute({.what = Label{"grief"}, .room = attic}).value();
    EXPECT_FALSE(of_ana.shows(labelled));
}

TEST(Matters, AMuteEndsByItselfAndOneWithoutAnEndDoesNot) {
    MattersDialogue of_ana;
    const TimePoint start = of_ana.now;
    const auto short_one = of_ana.mute(mute_of_ben(garden, 1h), met_in_the_garden(ben)).value();
    of_ana.mute(mute_of_words({"storm"})).value();
    EXPECT_EQ(of_ana.matters.next_due(), start + 1h);
    of_ana.now = start + 1h - 1ms;
    EXPECT_FALSE(of_ana.shows(words(ben, 1, start)));
    EXPECT_TRUE(of_ana.matters.ended(of_ana.now).empty());
    of_ana.now = start + 1h;
    EXPECT_TRUE(of_ana.shows(words(ben, 1, start))) << "before anybody has cleared it away";
    EXPECT_EQ(of_ana.matters.list(of_ana.now).mutes.size(), 1u);
    const auto ended = of_ana.matters.ended(of_ana.now);
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended.front().id, short_one);
    EXPECT_FALSE(ended.front().matter.has_value());
    of_ana.matters.apply(ended.front());
    EXPECT_EQ(of_ana.matters.next_due(), never);
}

TEST(Matters, UnmutingEndsAMuteAndNothingElse) {
    MattersDialogue of_ana;
    const auto mute = of_ana.mute(mute_of_words({"storm"})).value();
    of_ana.block(ben).value();
    EXPECT_FALSE(of_ana.matters.decide_unmute(of_ana.block_id(ben)).has_value()) << "a block is not ended this way";
    EXPECT_FALSE(of_ana.matters.decide_unmute(numbered<MatterId>(999)).has_value());
    of_ana.matters.apply(of_ana.matters.decide_unmute(mute).value());
    EXPECT_TRUE(of_ana.matters.list(of_ana.now).mutes.empty());
}

// ---- labels ---------------------------------------------------------------------------------------------------------

TEST(Matters, ALabelChoiceHoldsUntilItIsTakenBack) {
    MattersDialogue of_ana;
    const auto choose = [&](LabelChoice choice) {
        const auto change = of_ana.matters.decide_label_choice({"grief", choice}, of_ana.fresh());
        if (change && *change) of_ana.matters.apply(**change);
        return change && *change;
    };
    const auto withheld = [&] {
        return of_ana.matters.visibility(of_ana.now)->withholds(ben, std::vector<std::string>{"grief"});
    };
    EXPECT_TRUE(withheld());
    EXPECT_FALSE(choose(LabelChoice::ask)) << "it is so without a choice";
    EXPECT_TRUE(choose(LabelChoice::show));
    EXPECT_FALSE(choose(LabelChoice::show));
    EXPECT_FALSE(withheld());
    EXPECT_EQ(of_ana.matters.list(of_ana.now).labels,
              (std::vector<std::pair<std::string, LabelChoice>>{{"grief", LabelChoice::show}}));
    EXPECT_TRUE(choose(LabelChoice::ask));
    EXPECT_TRUE(withheld());
    EXPECT_TRUE(of_ana.matters.all().empty());
}

TEST(Matters, MoreLabelsThanLabelChoicesMaxAreRefusedAndThoseChosenCanStillBeChanged) {
    Limits limits;
    limits.label_choices_max = 2;
    MattersDialogue of_ana(people::ana, limits);
    const auto choose = [&](const std::string& label, LabelChoice choice) {
        const auto change = of_ana.matters.decide_label_choice({label, choice}, of_ana.fresh());
        if (change && *change) of_ana.matters.apply(**change);
        return change ? std::optional<Errc>() : change.error().code;
    };
    EXPECT_EQ(choose("grief", LabelChoice::show), std::nullopt);
    EXPECT_EQ(choose("food", LabelChoice::show), std::nullopt);
    EXPECT_EQ(choose("loss", LabelChoice::show), Errc::too_many);
    EXPECT_EQ(choose("loss", LabelChoice::ask), std::nullopt) << "it is so without a choice";
    EXPECT_EQ(choose("grief", LabelChoice::ask), std::nullopt);
    EXPECT_EQ(choose("loss", LabelChoice::show), std::nullopt);
}

// ---- stepping away --------------------------------------------------------------------------------------------------

TEST(Matters, OneStepsAwayUntilATimeOrUntilOneComesBack) {
    MattersDialogue of_ana;
    ASSERT_TRUE(of_ana.step_away({.lasts = 1h}));
    EXPECT_TRUE(of_ana.matters.is_away_from(attic, of_ana.now));
    EXPECT_EQ(of_ana.matters.next_due(), of_ana.now + 1h);
    EXPECT_EQ(of_ana.matters.list(of_ana.now).away, (std::vector<Away>{{.until = of_ana.now + 1h}}));
    of_ana.now += 1h;
    EXPECT_FALSE(of_ana.matters.is_away_from(attic, of_ana.now));
    EXPECT_EQ(of_ana.matters.ended(of_ana.now).size(), 1u);
    ASSERT_TRUE(of_ana.step_away({}));
    of_ana.now += 720h;
    EXPECT_TRUE(of_ana.matters.is_away_from(attic, of_ana.now));
    EXPECT_TRUE(of_ana.come_back().value());
    EXPECT_FALSE(of_ana.matters.is_away_from(attic, of_ana.now));
    EXPECT_FALSE(of_ana.come_back().value()) << "was there already";
}

TEST(Matters, OneIsAwayFromAsManyRoomsAsOneCanBeInAndFromEverywhereBesides) {
    Limits limits;
    limits.rooms_per_person_max = 3;
    MattersDialogue of_ana(people::ana, limits);
    for (std::uint8_t i = 1; i <= 3; ++i) ASSERT_TRUE(of_ana.step_away({.from_room = numbered<RoomId>(i)}));
    EXPECT_EQ(of_ana.step_away({.from_room = numbered<RoomId>(4)}).error().code, Errc::too_many);
    EXPECT_TRUE(of_ana.step_away({.from_room = numbered<RoomId>(2), .lasts = 1h})) << "the same one again";
    EXPECT_TRUE(of_ana.step_away({})) << "and from everywhere";
    of_ana.now += 1h;
    EXPECT_TRUE(of_ana.step_away({.from_room = numbered<RoomId>(4)})) << "one has ended";
}

TEST(Matters, BeingAwayFromARoomIsNotBeingAwayFromEverywhere) {
    MattersDialogue of_ana;
    ASSERT_TRUE(of_ana.step_away({.from_room = garden}));
    EXPECT_FALSE(of_ana.matters.is_away_from(attic, of_ana.now));
    EXPECT_EQ(of_ana.matters.away(of_ana.now).front().room, garden);
    EXPECT_FALSE(of_ana.come_back(attic).value());
    EXPECT_TRUE(of_ana.come_back(garden).value());
}

TEST(Matters, SteppingAwayAgainReplacesTheLastTime) {
    MattersDialogue of_ana;
    ASSERT_TRUE(of_ana.step_away({.lasts = 5h}));
    ASSERT_TRUE(of_ana.step_away({.lasts = 1h})) << "what is not firm may be shortened";
    EXPECT_EQ(of_ana.matters.away(of_ana.now), (std::vector<Away>{{.until = of_ana.now + 1h}}));
}

TEST(Matters, AFirmAbsenceRefusesToReturnUntilItIsOver) {
    MattersDialogue of_ana;
    const TimePoint until = of_ana.now + 8h;
    ASSERT_TRUE(of_ana.step_away({.lasts = 8h, .firm = true}));
    EXPECT_EQ(refusal_of(of_ana.come_back()), refuse_until(Errc::stepped_away, until));
    of_ana.now = until - 1ms;
    EXPECT_FALSE(of_ana.come_back());
    of_ana.now = until;
    EXPECT_TRUE(of_ana.come_back());
}

TEST(Matters, WhatIsFirmCanOnlyBeMadeFirmer) {
    MattersDialogue of_ana;
    const TimePoint until = of_ana.now + 8h;
    ASSERT_TRUE(of_ana.step_away({.lasts = 8h, .firm = true}));
    const auto refused = refuse_until(Errc::stepped_away, until);
    EXPECT_EQ(refusal_of(of_ana.step_away({.lasts = 7h, .firm = true})), refused) << "shorter";
    EXPECT_EQ(refusal_of(of_ana.step_away({.lasts = 24h})), refused) << "longer, and not firm";
    EXPECT_EQ(refusal_of(of_ana.step_away({})), refused) << "without an end, and not firm";
    ASSERT_TRUE(of_ana.step_away({.lasts = 9h, .firm = true}));
    EXPECT_EQ(of_ana.matters.away(of_ana.now), (std::vector<Away>{{.until = of_ana.now + 9h, .firm = true}}));
    EXPECT_TRUE(of_ana.step_away({.from_room = garden, .lasts = 1h})) << "another place is another matter";
    of_ana.now += 9h;
    EXPECT_TRUE(of_ana.step_away({.lasts = 1h})) << "it is over";
}

// ---- keeping --------------------------------------------------------------------------------------------------------

TEST(Matters, WhatIsLoadedFromTheStoreIsSeenLikeWhatWasApplied) {
    MattersDialogue of_ana;
    of_ana.block(ben).value();
    of_ana.unblock(ben).value();
    of_ana.now += 10min;
    of_ana.let_blocks_end();
    of_ana.block(ben).value();
    of_ana.matters.apply(of_ana.matters.met(cleo, of_ana.now, {{garden, Position{4}}}, of_ana.fresh()));
    of_ana.mute(mute_of_words({"storm"})).value();
    Matters loaded(ana, of_ana.limits);
    for (const auto& [id, matter] : of_ana.matters.all()) loaded.restore(id, matter);
    loaded.ready();
    const auto visibility = loaded.visibility(of_ana.now);
    EXPECT_FALSE(visibility->shows(words(ben, 1, of_ana.now), Horizon{}));
    EXPECT_TRUE(visibility->shows(words(cleo, 4, of_ana.now), Horizon{}));
    EXPECT_FALSE(visibility->shows(words(cleo, 5, of_ana.now), Horizon{}));
    Sighting said = words(numbered<AccountId>(9), 6, of_ana.now);
    said.folded = "a storm";
    EXPECT_FALSE(visibility->shows(said, Horizon{}));
}

}  // namespace
}  // namespace kindroom::domain::test
