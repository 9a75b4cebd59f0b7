// Who and what is hidden from one viewer: the rules one by one. Ana looks; Ben is the other.
#include "domain/visibility.hpp"

#include <gtest/gtest.h>

#include "boundary_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace people;

// The evening of the tests, by the minute.
TimePoint minute(int minutes) { return from_ms(1'767'225'600'000) + std::chrono::minutes{minutes}; }

Dark chosen(TimePoint from, TimePoint until = never) {
    return {.side = Dark::Side::chosen, .from = from, .until = until};
}
Dark met(TimePoint from, TimePoint until = never, std::map<RoomId, Position> received = {}) {
    return {.side = Dark::Side::met, .from = from, .until = until, .received = std::move(received)};
}

// Ana's view with these times of darkness between her and Ben.
Visibility with_ben(Edge edge) {
    return Visibility(ana, {.edges = {{ben, std::make_shared<const Edge>(std::move(edge))}}});
}
Visibility with(Mutes mutes) { return Visibility(ana, {.mutes = std::move(mutes)}); }

bool shows(const Visibility& visibility, const Sighting& sighting) { return visibility.shows(sighting, Horizon{}); }

Sighting saying(std::string_view folded, RoomId room = garden) {
    Sighting sighting = words(ben, 1, minute(1), room);
    sighting.folded = folded;
    return sighting;
}

// ---- without boundaries ---------------------------------------------------------------------------------------------

TEST(Visibility, ShowsWordsThatFollowTheHorizonAndNoneBefore) {
    const auto shown = [](std::uint64_t position) {
        return Visibility(ana).shows(words(ben, position, minute(1)), Horizon{Position{5}});
    };
    EXPECT_FALSE(shown(4));
    EXPECT_FALSE(shown(5)) << "the last word before coming in";
    EXPECT_TRUE(shown(6));
}

TEST(Visibility, TheHorizonHoldsForTheRoleVoiceAndOnesOwnWordsToo) {
    Sighting said = words(ben, 5, minute(1));
    said.voice = Voice::moderator;
    EXPECT_FALSE(Visibility(ana).shows(said, Horizon{Position{5}}));
    EXPECT_FALSE(Visibility(ana).shows(words(ana, 5, minute(1)), Horizon{Position{5}}));
}

TEST(Visibility, AnEditOfWhatWasSaidBeforeTheHorizonIsNotShown) {
    EXPECT_FALSE(Visibility(ana).shows(edit_of(words(ben, 5, minute(1)), 9, minute(2)), Horizon{Position{5}}));
}

TEST(Visibility, PresenceAndSignsHaveNoPast) {
    EXPECT_TRUE(Visibility(ana).shows(presence(ben, minute(1)), Horizon{Position{5}}));
    EXPECT_TRUE(Visibility(ana).shows(sign(ben, minute(1)), Horizon{Position{5}}));
}

// ---- words without a name -------------------------------------------------------------------------------------------

Sighting shared_without_a_name(int at) {
    Sighting sighting = words(ben, 1, minute(at));
    sighting.voice = Voice::unsigned_share;
    return sighting;
}

TEST(UnsignedShare, ThatIsThereAlreadyDoesNotTellByGoingWhoWasBlocked) {
    const auto visibility = with_ben({chosen(minute(10))});
    EXPECT_TRUE(shows(visibility, shared_without_a_name(9)));
    EXPECT_FALSE(shows(visibility, shared_without_a_name(11)));
    EXPECT_FALSE(shows(with_ben({chosen(minute(10), minute(20))}), shared_without_a_name(11))) << "nor by coming back";
}

TEST(UnsignedShare, DoesNotTellByGoingWhoWasMuted) {
    Mutes mutes;
    mutes.people[ben].everywhere = true;
    EXPECT_FALSE(shows(with(mutes), saying("hello")));
    EXPECT_TRUE(shows(with(mutes), shared_without_a_name(1)));
}

// ---- a block that the viewer chose ----------------------------------------------------------------------------------

TEST(ChosenDark, HidesAllThePastWhileItIsInForce) {
    const auto visibility = with_ben({chosen(minute(10))});
    EXPECT_FALSE(shows(visibility, words(ben, 1, minute(1)))) << "long before";
    EXPECT_FALSE(shows(visibility, words(ben, 50, minute(11))));
    EXPECT_FALSE(shows(visibility, edit_of(words(ben, 1, minute(1)), 50, minute(11))));
    EXPECT_TRUE(shows(visibility, words(cleo, 50, minute(11)))) << "nobody else is hidden";
}

TEST(ChosenDark, HidesInEveryRoom) {
    const auto visibility = with_ben({chosen(minute(10))});
    EXPECT_FALSE(shows(visibility, words(ben, 1, minute(11), garden)));
    EXPECT_FALSE(shows(visibility, words(ben, 1, minute(11), attic)));
}

TEST(ChosenDark, PutsThePersonOutOfTheRosterAtOnceWhateverTheRostersTime) {
    const auto visibility = with_ben({chosen(minute(10))});
    EXPECT_FALSE(shows(visibility, presence(ben, minute(9)))) << "the roster of the last tick";
    EXPECT_FALSE(shows(visibility, presence(ben, minute(10))));
    EXPECT_FALSE(shows(visibility, presence(ben, minute(11))));
}

TEST(ChosenDark, LetsNoSignThroughUntilItIsOver) {
    EXPECT_FALSE(shows(with_ben({chosen(minute(10))}), sign(ben, minute(11))));
    EXPECT_TRUE(shows(with_ben({chosen(minute(10), minute(20))}), sign(ben, minute(21))));
}

TEST(ChosenDark, GivesThePastBackWhenItIsOverAndKeepsItsOwnTimeForEver) {
    const auto visibility = with_ben({chosen(minute(10), minute(20))});
    EXPECT_TRUE(shows(visibility, words(ben, 1, minute(10) - 1ms)));
    EXPECT_FALSE(shows(visibility, words(ben, 2, minute(10)))) << "its first moment";
    EXPECT_FALSE(shows(visibility, words(ben, 3, minute(20) - 1ms))) << "its last moment";
    EXPECT_TRUE(shows(visibility, words(ben, 4, minute(20))));
}

TEST(ChosenDark, AfterItsEndAnEditIsHiddenIfItOrItsMessageFellIntoIt) {
    const auto visibility = with_ben({chosen(minute(10), minute(20))});
    const Sighting before = words(ben, 1, minute(9));
    const Sighting within = words(ben, 2, minute(15));
    EXPECT_FALSE(shows(visibility, edit_of(before, 3, minute(16)))) << "changed in the dark";
    EXPECT_TRUE(shows(visibility, before)) << "and as it was, it is shown";
    EXPECT_FALSE(shows(visibility, edit_of(within, 4, minute(25)))) << "said in the dark, changed in the light";
    EXPECT_TRUE(shows(visibility, edit_of(before, 5, minute(25))));
}

TEST(ChosenDark, IsOverForTheRosterAtTheNextTick) {
    const auto visibility = with_ben({chosen(minute(10), minute(20))});
    EXPECT_FALSE(shows(visibility, presence(ben, minute(20))));
    EXPECT_TRUE(shows(visibility, presence(ben, minute(20) + 1ms)));
}

// ---- a block that the other one chose -------------------------------------------------------------------------------

TEST(MetDark, WhatHadReachedStaysAndWhatHadNotNeverComes) {
    const auto in_force = with_ben({met(minute(10), never, {{garden, Position{4}}})});
    const auto over = with_ben({met(minute(10), minute(20), {{garden, Position{4}}})});
    for (const auto* visibility : {&in_force, &over}) {
        EXPECT_TRUE(shows(*visibility, words(ben, 4, minute(8))));
        EXPECT_FALSE(shows(*visibility, words(ben, 5, minute(9)))) << "said before, and had not reached her";
        EXPECT_FALSE(shows(*visibility, words(ben, 6, minute(12))));
    }
}

TEST(MetDark, InARoomWithoutAMarkNothingHadReached) {
    const auto visibility = with_ben({met(minute(10), never, {{garden, Position{4}}})});
    EXPECT_FALSE(shows(visibility, words(ben, 1, minute(1), attic)));
    EXPECT_FALSE(shows(with_ben({met(minute(10), minute(20))}), words(ben, 1, minute(1), attic)))
        << "not when it is over either";
}

TEST(MetDark, AnEditAfterTheBlockIsHiddenWhileTheMessageIsShown) {
    const auto visibility = with_ben({met(minute(10), never, {{garden, Position{4}}})});
    const Sighting message = words(ben, 3, minute(8));
    EXPECT_TRUE(shows(visibility, edit_of(message, 4, minute(9)))) << "had reached her as well";
    EXPECT_FALSE(shows(visibility, edit_of(message, 5, minute(11))));
    EXPECT_TRUE(shows(visibility, message));
}

TEST(MetDark, ItsTimeStaysDarkWhenItIsOverAndWhatFollowsIsShown) {
    const auto visibility = with_ben({met(minute(10), minute(20), {{garden, Position{4}}})});
    EXPECT_FALSE(shows(visibility, words(ben, 5, minute(20) - 1ms)));
    EXPECT_TRUE(shows(visibility, words(ben, 6, minute(20))));
    EXPECT_TRUE(shows(visibility, words(ben, 7, minute(21), attic)));
}

TEST(MetDark, AfterItsEndADarkMessageStaysHiddenWhenItIsEdited) {
    const auto visibility = with_ben({met(minute(10), minute(20), {{garden, Position{4}}})});
    EXPECT_FALSE(shows(visibility, edit_of(words(ben, 5, minute(15)), 9, minute(25))));
    EXPECT_TRUE(shows(visibility, edit_of(words(ben, 4, minute(8)), 9, minute(25)))) << "of one that had reached her";
}

TEST(MetDark, Look4PresenceFollowsTheTicksAtBothEnds) {
    const auto in_force = with_ben({met(minute(10))});
    EXPECT_TRUE(shows(in_force, presence(ben, minute(10)))) << "the roster that stood when it began";
    EXPECT_FALSE(shows(in_force, presence(ben, minute(10) + 1ms)));
    const auto over = with_ben({met(minute(10), minute(20))});
    EXPECT_FALSE(shows(over, presence(ben, minute(20)))) << "the roster that stood when it ended";
    EXPECT_TRUE(shows(over, presence(ben, minute(20) + 1ms)));
}

TEST(MetDark, LetsNoSignThroughUntilItIsOver) {
    EXPECT_FALSE(shows(with_ben({met(minute(10))}), sign(ben, minute(11))));
    EXPECT_TRUE(shows(with_ben({met(minute(10), minute(20))}), sign(ben, minute(21))));
}

// ---- both -----------------------------------------------------------------------------------------------------------

TEST(Visibility, TheRoleVoiceIsAlwaysShownAndThePersonBehindItIsNot) {
    Mutes mutes;
    mutes.people[ben].everywhere = true;
    mutes.rooms.insert(garden);
    const Visibility dark(
        ana,
        {.edges = {{ben, std::make_shared<const Edge>(Edge{chosen(minute(10)), met(minute(10))})}}, .mutes = mutes});
    Sighting said = words(ben, 9, minute(11));
    EXPECT_FALSE(shows(dark, said));
    said.voice = Voice::moderator;
    EXPECT_TRUE(shows(dark, said));
    Sighting on_duty = presence(ben, minute(11));
    EXPECT_FALSE(shows(dark, on_duty));
    on_duty.voice = Voice::moderator;
    EXPECT_TRUE(shows(dark, on_duty));
}

TEST(Visibility, OnesOwnIsAlwaysShown) {
    Mutes mutes;
    mutes.people[ana].everywhere = true;
    mutes.rooms.insert(garden);
    mutes.words["storm"].push_back({"storm", {.everywhere = true}});
    mutes.labels["grief"].everywhere = true;
    const Visibility visibility(
        ana,
        {.edges = {{ana, std::make_shared<const Edge>(Edge{chosen(minute(10)), met(minute(10))})}}, .mutes = mutes});
    const std::vector<std::string> labels{"grief"};
    Sighting said = words(ana, 9, minute(11));
    said.folded = "storm";
    said.labels = labels;
    EXPECT_TRUE(shows(visibility, said));
    EXPECT_TRUE(shows(visibility, presence(ana, minute(11))));
    EXPECT_TRUE(shows(visibility, sign(ana, minute(11))));
}

TEST(Visibility, EachOfSeveralTimesStaysDark) {
    const auto visibility = with_ben({chosen(minute(10), minute(20)), chosen(minute(40), minute(50))});
    EXPECT_TRUE(shows(visibility, words(ben, 1, minute(5))));
    EXPECT_FALSE(shows(visibility, words(ben, 2, minute(15))));
    EXPECT_TRUE(shows(visibility, words(ben, 3, minute(30))));
    EXPECT_FALSE(shows(visibility, words(ben, 4, minute(45))));
    EXPECT_TRUE(shows(visibility, words(ben, 5, minute(55))));
}

TEST(Visibility, ASecondBlockByTheOtherKeepsTheFirstOnesDark) {
    const auto visibility = with_ben(
        {met(minute(10), minute(20), {{garden, Position{4}}}), met(minute(40), never, {{garden, Position{9}}})});
    EXPECT_TRUE(shows(visibility, words(ben, 4, minute(5))));
    EXPECT_FALSE(shows(visibility, words(ben, 6, minute(15))))
        << "the later mark lies beyond it, and lights nothing up";
    EXPECT_TRUE(shows(visibility, words(ben, 9, minute(30))));
    EXPECT_FALSE(shows(visibility, words(ben, 10, minute(41))));
}

TEST(Visibility, WhenBothBlockedItIsDarkUntilBothHaveEnded) {
    const auto visibility =
        with_ben({chosen(minute(10), minute(20)), met(minute(15), minute(30), {{garden, Position{5}}})});
    EXPECT_FALSE(shows(visibility, words(ben, 3, minute(12)))) << "hers";
    EXPECT_FALSE(shows(visibility, words(ben, 6, minute(25)))) << "his";
    EXPECT_FALSE(shows(visibility, presence(ben, minute(25))));
    EXPECT_TRUE(shows(visibility, words(ben, 7, minute(30))));
}

// ---- mutes ----------------------------------------------------------------------------------------------------------

TEST(Mute, OfAPersonInOneRoomHidesTheirWordsAndSignsThereOnly) {
    Mutes mutes;
    mutes.people[ben].rooms.insert(garden);
    const auto visibility = with(mutes);
    EXPECT_FALSE(shows(visibility, words(ben, 1, minute(1), garden)));
    EXPECT_TRUE(shows(visibility, words(ben, 1, minute(1), attic)));
    EXPECT_TRUE(shows(visibility, words(cleo, 1, minute(1), garden)));
    EXPECT_FALSE(shows(visibility, sign(ben, minute(1), garden)));
    EXPECT_TRUE(shows(visibility, sign(ben, minute(1), attic)));
}

TEST(Mute, OfAPersonEverywhereHidesTheirWordsInEachRoom) {
    Mutes mutes;
    mutes.people[ben].everywhere = true;
    EXPECT_FALSE(shows(with(mutes), words(ben, 1, minute(1), garden)));
    EXPECT_FALSE(shows(with(mutes), words(ben, 1, minute(1), attic)));
}

TEST(Mute, LeavesPeopleInTheRoster) {
    Mutes mutes;
    mutes.people[ben].everywhere = true;
    mutes.rooms.insert(garden);
    EXPECT_TRUE(shows(with(mutes), presence(ben, minute(1))));
}

TEST(Mute, OfARoomHidesWhatAnybodySaysThere) {
    Mutes mutes;
    mutes.rooms.insert(garden);
    EXPECT_FALSE(shows(with(mutes), words(ben, 1, minute(1), garden)));
    EXPECT_FALSE(shows(with(mutes), words(cleo, 1, minute(1), garden)));
    EXPECT_TRUE(shows(with(mutes), words(ben, 1, minute(1), attic)));
    EXPECT_TRUE(shows(with(mutes), sign(ben, minute(1), garden))) << "heard is not something said there";
}

TEST(Mute, OfWordsHoldsForWholeWords) {
    Mutes mutes;
    mutes.words["storm"].push_back({"storm", {.everywhere = true}});
    const auto visibility = with(mutes);
    for (const auto* text : {"storm", "storm is coming", "the storm came", "it was a storm", "stormy storm"})
        EXPECT_FALSE(shows(visibility, saying(text))) << text;
    for (const auto* text : {"", "stormy", "a brainstorm", "stor m", "storms storms"})
        EXPECT_TRUE(shows(visibility, saying(text))) << text;
}

TEST(Mute, OfSeveralWordsInARowHoldsForThemInARow) {
    Mutes mutes;
    mutes.words["the"].push_back({"the storm", {.everywhere = true}});
    EXPECT_FALSE(shows(with(mutes), saying("after the storm came")));
    EXPECT_TRUE(shows(with(mutes), saying("after the big storm")));
    EXPECT_TRUE(shows(with(mutes), saying("bathe storm")));
}

TEST(Mute, OfWordsInOneRoomHoldsThere) {
    Mutes mutes;
    mutes.words["storm"].push_back({"storm", {.rooms = {garden}}});
    EXPECT_FALSE(shows(with(mutes), saying("storm", garden)));
    EXPECT_TRUE(shows(with(mutes), saying("storm", attic)));
}

TEST(Mute, OfALabelHidesWordsThatBearIt) {
    Mutes mutes;
    mutes.labels["grief"].everywhere = true;
    mutes.labels["loss"].rooms.insert(attic);
    const auto shown = [&](const std::vector<std::string>& labels, RoomId room) {
        Sighting said = words(ben, 1, minute(1), room);
        said.labels = labels;
        return shows(with(mutes), said);
    };
    EXPECT_FALSE(shown({"grief"}, garden));
    EXPECT_FALSE(shown({"food", "grief"}, garden));
    EXPECT_TRUE(shown({"food"}, garden));
    EXPECT_TRUE(shown({}, garden));
    EXPECT_TRUE(shown({"loss"}, garden));
    EXPECT_FALSE(shown({"loss"}, attic));
}

// ---- labels ---------------------------------------------------------------------------------------------------------

TEST(Withholding, WordsWithALabelAreWithheldUnlessTheViewerChoseToBeShownThem) {
    const Visibility visibility(ana, {.shown_labels = {"grief"}});
    const auto withheld = [&](AccountId author, const std::vector<std::string>& labels) {
        return visibility.withholds(author, labels);
    };
    EXPECT_FALSE(withheld(ben, {}));
    EXPECT_FALSE(withheld(ben, {"grief"}));
    EXPECT_TRUE(withheld(ben, {"food"}));
    EXPECT_TRUE(withheld(ben, {"grief", "food"})) << "one that she did not choose is enough";
    EXPECT_FALSE(withheld(ana, {"food"})) << "one's own";
}

// ---- for a report ---------------------------------------------------------------------------------------------------

TEST(BeforeOwnBoundaries, WhatTheViewerPutAwayHadBeenShownToThem) {
    const auto visibility = with_ben({chosen(minute(10))}).before_own_boundaries(minute(30));
    EXPECT_TRUE(shows(visibility, words(ben, 1, minute(1))));
    EXPECT_FALSE(shows(visibility, words(ben, 50, minute(11)))) << "what he said since never reached her";
    Mutes mutes;
    mutes.people[ben].everywhere = true;
    EXPECT_TRUE(shows(with(mutes).before_own_boundaries(minute(30)), words(ben, 1, minute(1))));
}

TEST(BeforeOwnBoundaries, WhatTheOtherOnePutAwayStaysAway) {
    const auto visibility = with_ben({met(minute(10), never, {{garden, Position{5}}}), chosen(minute(20))});
    const auto before = visibility.before_own_boundaries(minute(30));
    EXPECT_TRUE(shows(before, words(ben, 5, minute(1))));
    EXPECT_FALSE(shows(before, words(ben, 6, minute(11))));
}

// ---- the private warning --------------------------------------------------------------------------------------------

// By a roster of that minute.
bool warned(Edge edge, TimePoint at = minute(30)) { return with_ben(std::move(edge)).warns_of(ben, at); }

TEST(Warning, IsOfSomebodyTheViewerBlocksWheneverTheRosterWasTaken) {
    EXPECT_TRUE(warned({chosen(minute(10))}));
    EXPECT_TRUE(warned({chosen(minute(10))}, minute(9)));
    EXPECT_FALSE(with_ben({chosen(minute(10))}).warns_of(cleo, minute(30)));
    EXPECT_FALSE(warned({chosen(minute(10), minute(20))}, minute(19))) << "it is over";
}

TEST(Warning, SaysNothingOfSomebodyWhoBlocksTheViewerFromTheNextRosterOn) {
    EXPECT_FALSE(warned({met(minute(10))}));
    const Edge both{chosen(minute(10)), met(minute(20), minute(40))};
    EXPECT_TRUE(warned(both, minute(20))) << "as if he left just then";
    EXPECT_FALSE(warned(both, minute(20) + 1ms));
    EXPECT_FALSE(warned(both, minute(40)));
    EXPECT_TRUE(warned(both, minute(40) + 1ms)) << "and came back";
}

// ---- seats in a circle ----------------------------------------------------------------------------------------------

TEST(KeepsAway, WhomTheViewerBlocksAndNobodyElse) {
    EXPECT_FALSE(Visibility(ana).keeps_away(ben));
    EXPECT_TRUE(with_ben({chosen(minute(10))}).keeps_away(ben));
    EXPECT_FALSE(with_ben({chosen(minute(10))}).keeps_away(cleo));
    EXPECT_FALSE(with_ben({chosen(minute(10), minute(20))}).keeps_away(ben)) << "it is over";
    EXPECT_FALSE(with_ben({met(minute(10))}).keeps_away(ben)) << "that is the other one's to say";
    EXPECT_TRUE(with_ben({chosen(minute(10)), met(minute(11))}).keeps_away(ben)) << "both blocked each other";
}

}  // namespace
}  // namespace kindroom::domain::test
