// Contacts: the yes to an offer, what makes a contact rest, and its end.
#include <functional>
#include <gtest/gtest.h>

#include "room_dialogue.hpp"
#include "two_people.hpp"

namespace kindroom::domain::test {
namespace {

// ---- answering ------------------------------------------------------------------------------------------------------

TEST(Contacts, AYesMakesThemContactsOnBothSides) {
    TwoPeople two;
    two.become_contacts();
    for (Side* side : {&two.a, &two.b}) {
        const auto list = side->matters.list_contacts(two.now());
        ASSERT_EQ(list.contacts.size(), 1u);
        EXPECT_EQ(list.contacts[0].room, direct_room);
        EXPECT_FALSE(list.contacts[0].resting);
        EXPECT_TRUE(list.made.empty());
        EXPECT_TRUE(list.received.empty());
    }
    const Encounter again{.own = two.a.known(), .own_stay = {true}, .other = two.b.known(), .other_stay = {true}};
    const auto answer = two.a.matters.decide_offer(again, {two.fresh(), two.fresh()}, two.now());
    EXPECT_TRUE(std::holds_alternative<KeptContact>(answer.value()));
}

TEST(Contacts, AYesSaidTwiceIsOneContact) {
    TwoPeople two;
    ASSERT_TRUE(two.offer());
    const MatterId offer = two.received().at(0).id;
    ASSERT_TRUE(two.accept(two.b, two.a, offer));
    EXPECT_EQ(two.accept(two.b, two.a, offer).value().room, direct_room);
    EXPECT_EQ(two.b.matters.contacts().size(), 1u);
}

TEST(Contacts, AYesComesTooLateForAnOfferThatHasFadedOrWasDeclined) {
    TwoPeople two;
    ASSERT_TRUE(two.offer());
    const MatterId offer = two.received().at(0).id;
    TwoPeople faded;
    EXPECT_EQ(faded.accept(faded.b, faded.a, offer).error().code, Errc::person_unknown);
    two.b.matters.apply(*two.b.matters.decide_decline(offer, two.now()));
    EXPECT_EQ(two.accept(two.b, two.a, offer).error().code, Errc::person_unknown);
    EXPECT_FALSE(two.b.matters.decide_decline(offer, two.now()));
    const auto own = two.offer(two.b, two.a);
    EXPECT_EQ(two.accept(two.b, two.a, own->id).error().code, Errc::person_unknown) << "one's own";
}

TEST(Contacts, WhenBothHaveOfferedOneYesAnswersBoth) {
    TwoPeople two;
    ASSERT_TRUE(two.offer(two.a, two.b));
    ASSERT_TRUE(two.offer(two.b, two.a));
    ASSERT_TRUE(two.accept());
    EXPECT_TRUE(two.a.matters.list_contacts(two.now()).received.empty());
    EXPECT_TRUE(two.b.matters.list_contacts(two.now()).made.empty());
}

TEST(Contacts, X3WhoeverKeepsSomebodyAwayOffersThemNothingWhateverTheOtherDoes) {
    TwoPeople two;
    two.block(two.a, two.b);
    EXPECT_EQ(two.refused_offer(), Errc::person_unknown);
    two.block(two.b, two.a);
    EXPECT_EQ(two.refused_offer(), Errc::person_unknown);
}

TEST(Contacts, AContactBegunAnewTakesThePlaceOfTheOneThatTheOtherHadEnded) {
    TwoPeople two;
    two.become_contacts();
    two.a.matters.apply(*two.a.matters.decide_disconnect(direct_room, two.now()));
    two.pass(days{90});
    two.become_contacts();
    EXPECT_EQ(two.b.matters.contacts().size(), 1u);
}

// ---- resting --------------------------------------------------------------------------------------------------------

bool rests_after(const std::function<void(TwoPeople&)>& cause) {
    TwoPeople two;
    two.become_contacts();
    cause(two);
    return two.b.matters.rests_for(ana.account, direct_room, two.now());
}

TEST(Contacts, Look10AContactRestsForEveryCause) {
    EXPECT_FALSE(rests_after([](TwoPeople&) {}));
    EXPECT_TRUE(rests_after(
        [](TwoPeople& two) { two.b.matters.apply(*two.b.matters.decide_disconnect(direct_room, two.now())); }));
    EXPECT_TRUE(rests_after([](TwoPeople& two) { two.block(two.b, two.a); }));
    EXPECT_TRUE(rests_after([](TwoPeople& two) { two.block(two.a, two.b); }));
    EXPECT_TRUE(rests_after([](TwoPeople& two) { two.switch_contacts(two.b, false); }));
    const auto steps_away_from = [](std::optional<RoomId> room) {
        return [room](TwoPeople& two) {
            two.b.matters.apply(*two.b.matters.decide_step_away({.from_room = room}, two.fresh(), two.now()));
        };
    };
    EXPECT_TRUE(rests_after(steps_away_from(std::nullopt)));
    EXPECT_TRUE(rests_after(steps_away_from(direct_room)));
    EXPECT_FALSE(rests_after(steps_away_from(the_room))) << "another room";
}

TEST(Contacts, AContactThatIsStillKeptRestsOnceTheOneWhoKeepsItBlocksTheOther) {
    EXPECT_TRUE(rests_after([](TwoPeople& two) {
        two.b.matters.apply(**two.b.matters.decide_block(two.a.known(), std::nullopt, two.fresh(), two.now()));
    }));
}

TEST(Contacts, AContactRestsForWhomeverItIsNotWith) {
    TwoPeople two;
    two.become_contacts();
    EXPECT_TRUE(two.b.matters.rests_for(cleo.account, direct_room, two.now()));
    EXPECT_TRUE(two.b.matters.rests_for(ana.account, the_room, two.now()));
}

TEST(Contacts, NoOfferIsShownWhileContactsAreSwitchedOffAndOneFromBeforeComesBack) {
    TwoPeople two;
    ASSERT_TRUE(two.offer());
    two.switch_contacts(two.b, false);
    EXPECT_TRUE(two.received().empty());
    two.switch_contacts(two.b, true);
    EXPECT_EQ(two.received().size(), 1u);
}

TEST(Contacts, OnesOwnListShowsAllRestingWhileContactsAreSwitchedOff) {
    TwoPeople two;
    two.become_contacts();
    two.switch_contacts(two.b, false);
    EXPECT_TRUE(two.b.matters.list_contacts(two.now()).contacts.at(0).resting);
    EXPECT_FALSE(two.b.matters.list_contacts(two.now()).open);
    EXPECT_FALSE(two.b.matters.decide_contacts_open({.open = false}, two.fresh())) << "it is so already";
    two.switch_contacts(two.b, true);
    EXPECT_FALSE(two.b.matters.list_contacts(two.now()).contacts.at(0).resting);
}

// ---- ending ---------------------------------------------------------------------------------------------------------

TEST(Contacts, DisconnectingTakesTheContactOffOnesOwnListAlone) {
    TwoPeople two;
    two.become_contacts();
    two.a.matters.apply(*two.a.matters.decide_disconnect(direct_room, two.now()));
    EXPECT_TRUE(two.a.matters.list_contacts(two.now()).contacts.empty());
    EXPECT_EQ(two.b.matters.list_contacts(two.now()).contacts.size(), 1u);
    EXPECT_FALSE(two.a.matters.decide_disconnect(the_room, two.now())) << "no contact";
}

TEST(Contacts, ABlockEndsTheContactOfTheOneWhoBlocksAlone) {
    TwoPeople two;
    two.become_contacts();
    two.block(two.a, two.b);
    EXPECT_TRUE(two.a.matters.list_contacts(two.now()).contacts.empty());
    EXPECT_EQ(two.b.matters.list_contacts(two.now()).contacts.size(), 1u);
}

TEST(Contacts, AnEndedContactIsForgottenWhenItHoldsOffNoOfferAnyMore) {
    TwoPeople two;
    two.become_contacts();
    two.a.matters.apply(*two.a.matters.decide_disconnect(direct_room, two.now()));
    EXPECT_EQ(two.a.matters.next_due(), two.now() + days{90});
    two.pass(days{90});
    EXPECT_TRUE(two.a.matters.all().empty());
    EXPECT_EQ(two.a.matters.next_due(), never);
}

TEST(Contacts, AnOfferIsPackedWithWhetherItWasShown) {
    KeptOffer offer{.way = KeptOffer::Way::received, .other = {.account = ana.account}, .shown = true};
    EXPECT_EQ(unpack_matter(pack(offer)), std::optional<Matter>(offer));
    offer.shown = false;
    EXPECT_EQ(unpack_matter(pack(offer)), std::optional<Matter>(offer));
}

void decide_no_contacts(TwoPeople& two) {
    const Decision decision{.id = an_id<DecisionId>(1),
                            .action = DecisionAction::no_contacts,
                            .decided_at = two.now(),
                            .ends_at = two.now() + days{1}};
    two.b.apply(*two.b.matters.decide({.decision = decision, .by = cleo.account}));
}

TEST(Decisions, WithoutContactsNoneBeginsAndThoseThatAreRest) {
    TwoPeople two;
    two.become_contacts();
    decide_no_contacts(two);
    EXPECT_TRUE(two.b.matters.rests_for(ana.account, direct_room, two.now()));
    EXPECT_TRUE(two.b.matters.list_contacts(two.now()).contacts.at(0).resting);
    EXPECT_FALSE(two.a.matters.rests_for(ben.account, direct_room, two.now())) << "Ana has done nothing";
    two.pass(days{1});
    EXPECT_FALSE(two.b.matters.rests_for(ana.account, direct_room, two.now()));
}

TEST(Decisions, AnOfferToWhoeverMayHaveNoContactsIsNeverShown) {
    TwoPeople two;
    decide_no_contacts(two);
    EXPECT_TRUE(two.offer()) << "to Ana it looks like any other";
    EXPECT_TRUE(two.received().empty());
    two.pass(days{1});
    EXPECT_TRUE(two.received().empty());
}

}  // namespace
}  // namespace kindroom::domain::test
