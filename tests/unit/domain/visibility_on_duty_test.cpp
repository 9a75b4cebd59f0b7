// What a moderator on duty sees of those whom they keep away as a private person. Ana looks; Ben is the other.
#include <gtest/gtest.h>

#include "boundary_dialogue.hpp"
#include "domain/visibility.hpp"

namespace kindroom::domain::test {
namespace {

using namespace people;

TimePoint minute(int minutes) { return from_ms(1'767'225'600'000) + std::chrono::minutes{minutes}; }

Dark chosen(TimePoint from) { return {.side = Dark::Side::chosen, .from = from}; }
Dark met(TimePoint from) { return {.side = Dark::Side::met, .from = from}; }

Visibility with_ben(Edge edge) {
    return Visibility(ana, {.edges = {{ben, std::make_shared<const Edge>(std::move(edge))}}});
}
bool shows(const Visibility& visibility, const Sighting& sighting) { return visibility.shows(sighting, Horizon{}); }

TEST(OnDuty, AModeratorOnDutySeesWhomTheyKeepAwayAsAPersonAndWhatTheySay) {
    Mutes mutes;
    mutes.people[ben].everywhere = true;
    mutes.rooms.insert(garden);
    mutes.words["storm"].push_back({"storm", {.everywhere = true}});
    const Visibility person(ana,
                            {.edges = {{ben, std::make_shared<const Edge>(Edge{chosen(minute(10))})}}, .mutes = mutes});
    const Visibility moderator = person.on_duty();
    Sighting said = words(ben, 9, minute(11));
    said.folded = "storm";
    for (const Sighting& sighting : {said, presence(ben, minute(11))}) {
        EXPECT_FALSE(shows(person, sighting));
        EXPECT_TRUE(shows(moderator, sighting));
    }
    EXPECT_TRUE(moderator.lifts(ben, garden));
    EXPECT_FALSE(moderator.lifts(cleo, garden));
    EXPECT_FALSE(person.lifts(ben, garden)) << "off duty it holds";
}

TEST(OnDuty, X3WhatOthersChoseAgainstThePersonHoldsOnDutyToo) {
    for (const Edge& edge : {Edge{met(minute(10))}, Edge{chosen(minute(10)), met(minute(10))}}) {
        const Visibility moderator = with_ben(edge).on_duty();
        EXPECT_FALSE(shows(moderator, words(ben, 9, minute(11))));
        EXPECT_FALSE(shows(moderator, presence(ben, minute(11))));
    }
}

TEST(OnDuty, WhatIsBetweenTwoPersonsIsNotForTheModerator) {
    const Visibility moderator = with_ben({chosen(minute(10))}).on_duty();
    for (const auto kind : {Sighting::Kind::sign, Sighting::Kind::contact}) {
        Sighting sighting = presence(ben, minute(11));
        sighting.kind = kind;
        EXPECT_FALSE(shows(moderator, sighting));
    }
}

}  // namespace
}  // namespace kindroom::domain::test
