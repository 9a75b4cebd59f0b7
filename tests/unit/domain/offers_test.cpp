// Offers of contact: what their maker can tell, and what a block does to them.
#include <functional>
#include <gtest/gtest.h>

#include "two_people.hpp"

namespace kindroom::domain::test {
namespace {

// ---- offering -------------------------------------------------------------------------------------------------------

TEST(Offers, AnOfferIsShownToTheOtherAndStaysOpenForBoth) {
    TwoPeople two;
    const auto made = two.offer();
    ASSERT_TRUE(made);
    EXPECT_EQ(two.a.matters.list_contacts(two.now()).made, std::vector{*made});
    ASSERT_EQ(two.received().size(), 1u);
    EXPECT_EQ(two.received()[0].person.name, "Ana");
    EXPECT_EQ(two.received()[0].fades_at, made->fades_at);
    EXPECT_NE(two.received()[0].id, made->id);
}

TEST(Offers, AnOfferThatIsOpenIsAnsweredAgainAndMadeOnce) {
    TwoPeople two;
    const auto first = two.offer();
    two.pass(days{2});
    EXPECT_EQ(two.offer().value(), first.value());
    EXPECT_EQ(two.received().size(), 1u);
}

TEST(Offers, AnOfferFadesForBothAfterFourteenDays) {
    TwoPeople two;
    ASSERT_TRUE(two.offer());
    two.pass(days{14} - Duration{1});
    EXPECT_EQ(two.received().size(), 1u);
    EXPECT_EQ(two.a.matters.list_contacts(two.now()).made.size(), 1u);
    two.pass(Duration{1});
    EXPECT_TRUE(two.received().empty());
    EXPECT_TRUE(two.a.matters.list_contacts(two.now()).made.empty());
    EXPECT_TRUE(two.b.matters.all().empty()) << "nothing is kept of an offer that has faded";
}

TEST(Offers, BetweenTwoOffersToOnePersonAreNinetyDays) {
    TwoPeople two;
    const TimePoint made_at = two.now();
    ASSERT_TRUE(two.offer());
    two.pass(days{14});
    const auto again = two.offer();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::offered_before);
    EXPECT_EQ(again.error().retry_at, made_at + Limits{}.offer_again);
    two.pass(days{76} - Duration{1});
    EXPECT_EQ(two.refused_offer(), Errc::offered_before);
    two.pass(Duration{1});
    EXPECT_TRUE(two.a.matters.all().empty()) << "forgotten when another may follow it";
    EXPECT_TRUE(two.offer());
}

TEST(Offers, AnOfferNeedsARoomThatBothWereInDuringTheLastWeek) {
    TwoPeople two;
    two.pass(days{30});
    two.b.stay = {.joined = false, .left_at = two.now() - days{7}};
    EXPECT_TRUE(two.offer());
    TwoPeople late;
    late.b.stay = {.joined = false, .left_at = late.now() - Limits{}.offer_shared_room - Duration{1}};
    EXPECT_EQ(late.refused_offer(), Errc::no_shared_room);
    TwoPeople gone;
    gone.a.stay = {.joined = false, .left_at = gone.now() - days{8}};
    EXPECT_EQ(gone.refused_offer(), Errc::no_shared_room);
}

TEST(Offers, X3WhoeverBlocksTheOneWhoOffersCountsAsOneWhoLeftThen) {
    TwoPeople blocked;
    blocked.block(blocked.b, blocked.a);
    TwoPeople left;
    left.b.stay = {.joined = false, .left_at = left.now()};
    TwoPeople blocked_lately;
    blocked_lately.block(blocked_lately.b, blocked_lately.a);
    blocked_lately.pass(days{7});
    EXPECT_TRUE(blocked_lately.offer());
    for (TwoPeople* world : {&blocked, &left}) {
        world->pass(days{7} + Duration{1});
        EXPECT_EQ(world->refused_offer(), Errc::no_shared_room);
    }
}

TEST(Offers, OffersAndContactsOfOneAccountAreBounded) {
    TwoPeople two;
    two.a.limits.offers_max = 0;
    EXPECT_EQ(two.refused_offer(), Errc::too_many);
    two.a.limits.offers_max = 1;
    two.a.limits.contacts_max = 0;
    EXPECT_EQ(two.refused_offer(), Errc::too_many);
    two.a.limits.contacts_max = 1;
    ASSERT_TRUE(two.offer());
    two.b.limits.contacts_max = 0;
    EXPECT_EQ(two.accept().error().code, Errc::too_many);
}

// ---- what the one who offers can tell -------------------------------------------------------------------------------

// All that the maker of an offer ever sees of it, from day to day, until they may make another.
std::vector<std::string> story_of_the_maker(const std::function<void(TwoPeople&)>& before,
                                            const std::function<void(TwoPeople&)>& after) {
    TwoPeople two;
    before(two);
    std::vector<std::string> story;
    for (int day = 0; day < 90; ++day) {
        const auto answer = two.offer();
        story.push_back(answer ? "made " + std::to_string(to_ms(answer->fades_at))
                               : "refused " + std::to_string(static_cast<int>(answer.error().code)) + " " +
                                     std::to_string(to_ms(answer.error().retry_at.value_or(TimePoint{}))));
        if (day == 0) after(two);
        const auto list = two.a.matters.list_contacts(two.now());
        story.push_back(std::to_string(list.made.size()) + " made, " + std::to_string(list.contacts.size()) +
                        " contacts");
        for (const Offer& made : list.made)
            story.push_back(made.person.name + " until " + std::to_string(to_ms(made.fades_at)));
        if (day == 0 && !answer) ADD_FAILURE() << "the offer was refused";
        two.pass(days{1});
    }
    return story;
}

TEST(Offers, Look11DeclinedIgnoredBlockedAndSwitchedOffLookTheSameToTheOneWhoOffers) {
    const auto nothing = [](TwoPeople&) {};
    const auto ignored = story_of_the_maker(nothing, nothing);
    EXPECT_EQ(ignored, story_of_the_maker(nothing, [](TwoPeople& two) {
                  two.b.matters.apply(*two.b.matters.decide_decline(two.received().at(0).id, two.now()));
              }));
    EXPECT_EQ(ignored, story_of_the_maker(nothing, [](TwoPeople& two) { two.block(two.b, two.a); }));
    EXPECT_EQ(ignored, story_of_the_maker([](TwoPeople& two) { two.block(two.b, two.a); }, nothing));
    EXPECT_EQ(ignored, story_of_the_maker([](TwoPeople& two) { two.switch_contacts(two.b, false); }, nothing));
    EXPECT_EQ(ignored, story_of_the_maker(nothing, [](TwoPeople& two) { two.switch_contacts(two.b, false); }));
}

TEST(Offers, AnOfferThatCannotReachTheOtherIsKeptAndNeverShown) {
    const auto kept_after = [](const std::function<void(TwoPeople&)>& before) {
        TwoPeople two;
        before(two);
        const auto already = two.b.matters.all().size();
        EXPECT_TRUE(two.offer());
        EXPECT_TRUE(two.received().empty());
        EXPECT_EQ(two.b.matters.all().size(), already + 1) << "it costs the same";
        each<KeptOffer>(two.b.matters.all(), [](auto, const KeptOffer& offer) {
            EXPECT_EQ(offer.state, KeptOffer::State::put_away) << "not later either";
        });
    };
    kept_after([](TwoPeople& two) { two.block(two.b, two.a); });
    kept_after([](TwoPeople& two) { two.switch_contacts(two.b, false); });
    kept_after([](TwoPeople& two) {
        auto ended = TwoPeople::contact_with(two.a);
        ended.ended_at = two.now() - days{90} + Duration{1};
        two.b.matters.apply({two.fresh(), ended});
    });
}

TEST(Offers, NinetyDaysAfterADisconnectAnOfferIsShownAgain) {
    TwoPeople two;
    two.become_contacts();
    two.b.matters.apply(*two.b.matters.decide_disconnect(direct_room, two.now()));
    two.a.matters.apply(*two.a.matters.decide_disconnect(direct_room, two.now()));
    two.pass(days{90});
    EXPECT_TRUE(two.offer());
    EXPECT_EQ(two.received().size(), 1u);
}

TEST(Offers, AnOfferOfSomebodyMutedWaitsUntilTheMuteEnds) {
    TwoPeople two;
    two.b.matters.apply(
        *two.b.matters.decide_mute({.what = PersonRef{}, .lasts = days{1}}, two.a.known(), two.fresh(), two.now()));
    ASSERT_TRUE(two.offer());
    EXPECT_TRUE(two.received().empty());
    two.pass(days{1});
    EXPECT_EQ(two.received().size(), 1u);
}

// ---- what a block does to an offer ----------------------------------------------------------------------------------

TEST(Offers, BlockingTheOneWhoOffersPutsTheirOfferAwayForGood) {
    TwoPeople two;
    ASSERT_TRUE(two.offer());
    const MatterId offer = two.received().at(0).id;
    two.block(two.b, two.a);
    EXPECT_TRUE(two.received().empty());
    EXPECT_EQ(two.b.matters.decide_accept(offer, two.now()).error().code, Errc::person_unknown);
}

TEST(Offers, X3AnOfferThatWasShownStaysWhenItsMakerBlocksTheOther) {
    TwoPeople two;
    ASSERT_TRUE(two.offer());
    const auto before = two.received();
    two.block(two.a, two.b);
    EXPECT_EQ(two.received(), before);
    EXPECT_TRUE(two.accept()) << "as if the maker had only gone";
    EXPECT_TRUE(two.a.matters.list_contacts(two.now()).contacts.empty());
    EXPECT_TRUE(two.a.matters.list_contacts(two.now()).made.empty());
    EXPECT_TRUE(two.a.matters.rests_for(ben.account, direct_room, two.now()));
}

TEST(Offers, AnOfferThatWasNotShownYetNeverComesOnceItsMakerBlocksTheOther) {
    TwoPeople two;
    two.b.has_device = false;
    ASSERT_TRUE(two.offer());
    two.block(two.a, two.b);
    EXPECT_TRUE(two.received().empty());
    two.b.matters.apply(*two.b.matters.met_ends(ana.account, two.now()));
    EXPECT_TRUE(two.received().empty()) << "not after the block either";
}

TEST(Offers, AnOfferCountsAsShownOnceItWasListed) {
    TwoPeople two;
    two.b.has_device = false;
    ASSERT_TRUE(two.offer());
    const auto shown = two.b.matters.decide_shown(two.now());
    ASSERT_EQ(shown.size(), 1u);
    two.b.apply(shown);
    EXPECT_TRUE(two.b.matters.decide_shown(two.now()).empty());
    two.block(two.a, two.b);
    EXPECT_EQ(two.received().size(), 1u);
}

TEST(Offers, SomebodyWhoIsAwayIsNotToldAndFindsTheOfferLater) {
    TwoPeople two;
    two.b.matters.apply(
        *two.b.matters.decide_step_away({.from_room = the_room, .lasts = days{1}}, two.fresh(), two.now()));
    ASSERT_TRUE(two.offer());
    EXPECT_EQ(two.b.matters.decide_shown(two.now()).size(), 1u) << "not shown yet";
}

}  // namespace
}  // namespace kindroom::domain::test
