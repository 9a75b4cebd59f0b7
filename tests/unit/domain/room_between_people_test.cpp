// What a room is to two people between whom there is a boundary, and what they may name: roster, places, mentions,
// labels, direct rooms.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

// ---- the roster -----------------------------------------------------------------------------------------------------

std::vector<std::string> names_for(const Somebody& who, const TrueRoster& roster) {
    std::vector<std::string> names;
    for (const RosterEntry& entry : roster.people)
        if (who.visibility()->shows(
                {.kind = Sighting::Kind::presence, .author = entry.account, .room = the_room, .at = roster.at},
                Horizon{}))
            names.push_back(entry.person.name);
    return names;
}

TrueRoster roster_now(const RoomDialogue& talk) { return {.at = talk.now(), .people = talk.room.roster(talk.now())}; }

// Somebody who has blocked another one a minute ago, and is blocked by them since `met_at`.
Somebody apart_on_both_sides(Somebody who, const Somebody& other, TimePoint met_at) {
    who.boundaries.edges[other.account] =
        std::make_shared<const Edge>(Edge{chosen(met_at - 1min), met(met_at, Position{0})});
    return who;
}

TEST(RoomBetweenPeople, Look3WhoeverIsBlockedSeesThemGoAtTheNextTickAndWhoeverChoseItAtOnce) {
    RoomDialogue talk;
    for (const auto& who : {ana, ben, cleo}) ASSERT_TRUE(talk.join(who));
    const TrueRoster before = roster_now(talk);
    talk.pass(10s);
    const Somebody chose = ana.apart_from(ben, chosen(talk.now()));
    const Somebody was_met = ben.apart_from(ana, met(talk.now(), Position{0}));
    EXPECT_EQ(names_for(chose, before), (std::vector<std::string>{"Ana", "Cleo"}));
    EXPECT_EQ(names_for(was_met, before), (std::vector<std::string>{"Ana", "Ben", "Cleo"})) << "not before the tick";
    talk.pass(10s);
    const TrueRoster after = roster_now(talk);
    EXPECT_EQ(names_for(chose, after), (std::vector<std::string>{"Ana", "Cleo"}));
    EXPECT_EQ(names_for(was_met, after), (std::vector<std::string>{"Ben", "Cleo"}));
    EXPECT_EQ(names_for(cleo, after).size(), 3u) << "nobody else notices";
}

TEST(RoomBetweenPeople, Look5AFullRoomHasAPlaceForWhomItDoesNotLookFull) {
    RoomDialogue talk({.topic = "Small", .seats = 2});
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(refusal(talk.join(cleo)), Errc::room_unavailable);
    const Somebody met_now = cleo.apart_from(ana, met(talk.now() + 1s, Position{0}));
    EXPECT_EQ(refusal(talk.join(met_now)), Errc::room_unavailable) << "not before it began";
    talk.pass(2s);
    EXPECT_TRUE(talk.join(met_now));
}

TEST(RoomBetweenPeople, Look5ThePlaceIsFreeFromTheBlocksFirstMillisecondOn) {
    RoomDialogue talk({.topic = "Small", .seats = 2});
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_TRUE(talk.join(cleo.apart_from(ana, met(talk.now(), Position{0})))) << "as if she had left";
}

TEST(RoomBetweenPeople, Look12ANameIsKeptForThoseWhoAreKeptAwayAndForNobodyElse) {
    RoomDialogue talk;
    const auto called = [&](const Somebody& viewer) {
        return talk.room.known_as(*talk.room.find(ana.token()), *viewer.visibility(), talk.now()).name;
    };
    const auto takes = [&](Somebody who, std::string name) {
        talk.pass(1s);
        who.name = std::move(name);
        ASSERT_TRUE(talk.join(who));
    };
    ASSERT_TRUE(talk.join(ana));
    takes(ana, "Anna");
    EXPECT_TRUE(talk.room.member(ana.account)->former_names.empty()) << "nobody has to know her by the first name";
    talk.pass(1s);
    const Somebody keeps_away = ana.apart_from(ben, chosen(talk.now()));
    const Somebody kept_away = ben.apart_from(ana, met(talk.now(), Position{0}));
    takes(keeps_away, "Joan");
    takes(keeps_away, "Jo");
    EXPECT_EQ(talk.room.member(ana.account)->former_names.size(), 1u);
    EXPECT_EQ(called(kept_away), "Anna");
    EXPECT_EQ(called(cleo), "Jo");
    // What is over is over.
    EXPECT_EQ(called(ben.apart_from(ana, met(talk.now() - 3s, Position{0}, talk.now() - 1s))), "Jo");
}

TEST(RoomBetweenPeople, BeforeGoingInOneIsToldOfSomebodyOneBlockedAndOfNobodyElse) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ben));
    const TimePoint before = talk.now() - 1s;
    const auto warned = [&](const Somebody& who) {
        return talk.room.holds_somebody_to_warn_of(who.asker(), roster_now(talk));
    };
    EXPECT_FALSE(warned(ana));
    EXPECT_TRUE(warned(ana.apart_from(ben, chosen(talk.now()))));
    EXPECT_FALSE(warned(ana.apart_from(ben, met(before, Position{0}))));
    EXPECT_FALSE(warned(ana.apart_from(cleo, chosen(talk.now())))) << "is not there";
    EXPECT_FALSE(warned(apart_on_both_sides(ana, ben, before))) << "blocked by them as well";
    talk.leave(ben);
    EXPECT_FALSE(warned(ana.apart_from(ben, chosen(talk.now()))));
    ASSERT_TRUE(talk.join(ben));
    talk.room.apply(RoomClosed{});
    EXPECT_FALSE(warned(ana.apart_from(ben, chosen(talk.now()))));
}

TEST(RoomBetweenPeople, Look3AWarningGoesWithTheRosterOfTheNextTickWhetherTheyLeaveOrBlock) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ben));
    const TrueRoster before = roster_now(talk);
    talk.pass(10s);
    const Somebody both = apart_on_both_sides(ana, ben, talk.now());
    EXPECT_TRUE(talk.room.holds_somebody_to_warn_of(both.asker(), before)) << "as if he had left just now";
    talk.pass(10s);
    EXPECT_FALSE(talk.room.holds_somebody_to_warn_of(both.asker(), roster_now(talk)));
}

// ---- mentions and labels --------------------------------------------------------------------------------------------

TEST(RoomBetweenPeople, Look7MentionsAreOfMembersWhomTheAuthorCanSee) {
    RoomDialogue talk;
    for (const auto& who : {ana, ben, cleo}) ASSERT_TRUE(talk.join(who));
    PostMessage command{.room = the_room, .text = "you two"};
    command.mentions = {ben.token(), cleo.token(), ben.token(), an_id<PersonToken>(99)};
    const auto mentioned_by = [&](const Somebody& who) {
        std::vector<AccountId> accounts;
        EXPECT_TRUE(talk.post(who, command)) << "the same answer";
        for (const Mention& mention : talk.last_message().mentions) accounts.push_back(mention.account);
        return accounts;
    };
    EXPECT_EQ(mentioned_by(ana), (std::vector{ben.account, cleo.account})) << "each once, the unknown one dropped";
    EXPECT_EQ(mentioned_by(ana.apart_from(ben, chosen(talk.now()))), std::vector{cleo.account});
    EXPECT_EQ(mentioned_by(ana.apart_from(ben, met(talk.now(), Position{1}))), std::vector{cleo.account});
    talk.leave(ben);
    EXPECT_EQ(mentioned_by(ana), std::vector{cleo.account}) << "an old token is that of one who left";
}

TEST(RoomBetweenPeople, OnlySoManyAreMentioned) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    PostMessage command{.room = the_room, .text = "all of you"};
    command.mentions.assign(talk.limits.mentions_max, an_id<PersonToken>(99));
    EXPECT_TRUE(talk.post(ana, command));
    command.mentions.push_back(ana.token());
    const auto refused = talk.post(ana, command);
    EXPECT_EQ(refusal(refused), Errc::invalid_argument);
    EXPECT_STREQ(refused.error().field, "mentions");
}

TEST(RoomBetweenPeople, LabelsAreThoseOfTheRoom) {
    RoomDialogue talk({.topic = "Grief", .content_labels = {"a", "b", "c", "d", "e"}, .seats = 12});
    ASSERT_TRUE(talk.join(ana));
    const auto with_labels = [&](std::vector<std::string> labels) {
        return talk.post(ana, PostMessage{.room = the_room, .text = "words", .labels = std::move(labels)});
    };
    const auto message = with_labels({"a", "b", "c", "d"});
    ASSERT_TRUE(message);
    EXPECT_EQ(talk.last_message().labels.size(), talk.limits.message_labels_max);
    EXPECT_EQ(refusal(with_labels({"a", "b", "c", "d", "e"})), Errc::invalid_argument) << "too many";
    const auto unknown = with_labels({"f"});
    EXPECT_EQ(refusal(unknown), Errc::invalid_argument);
    EXPECT_STREQ(unknown.error().field, "labels");
    ASSERT_TRUE(talk.edit(ana, *message, "other words"));
    EXPECT_EQ(std::get<MessageEdited>(talk.last.what).labels.size(), 4u) << "an edit keeps them";
}

TEST(RoomBetweenPeople, AMessageIsEditedOnlySoOften) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    const auto message = talk.post(ana, "words");
    for (std::uint32_t i = 0; i < talk.limits.edits_max; ++i) ASSERT_TRUE(talk.edit(ana, *message, "others"));
    EXPECT_EQ(refusal(talk.edit(ana, *message, "others still")), Errc::edit_too_late);
    EXPECT_EQ(talk.said.at(*message).earlier.size(), talk.limits.edits_max);
}

TEST(RoomBetweenPeople, ALinkToSomebodyWhomTheAuthorBlockedIsDropped) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    const auto message = talk.post(ben, "hello");
    ASSERT_TRUE(talk.answer(ana.apart_from(ben, chosen(talk.now())), *message, "to that"));
    EXPECT_EQ(talk.last_message().reply_to, std::nullopt);
    ASSERT_TRUE(talk.answer(ana, *message, "to that"));
    EXPECT_EQ(talk.last_message().reply_to_posted_at, talk.said.at(*message).posted_at);
}

TEST(RoomBetweenPeople, ATokenMeansOnePersonAlsoAfterTheyHaveLeft) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    talk.leave(ben);
    const auto found = talk.room.find(ben.token());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->account, ben.account);
    EXPECT_FALSE(found->member->joined);
    EXPECT_FALSE(talk.room.find(cleo.token()));
}

// ---- direct rooms ---------------------------------------------------------------------------------------------------

struct TwoContacts : ::testing::Test {
    TwoContacts() {
        for (const auto& who : {ana, ben}) talk.room.restore(who.account, Member{.person = who.person()});
    }
    RoomDialogue talk{{.topic = "Two", .kind = RoomKind::direct, .seats = 2}};
};

TEST_F(TwoContacts, NobodyElseGetsIn) {
    EXPECT_TRUE(talk.join(ana)) << "is in already";
    EXPECT_EQ(refusal(talk.join(cleo)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.join(cleo.moderating())), Errc::room_unavailable);
    talk.leave(ana);
    EXPECT_EQ(refusal(talk.join(ana)), Errc::room_unavailable) << "left for good";
    EXPECT_EQ(talk.room.other_than(ben.account), ana.account) << "whose account is asked all the same";
}

TEST_F(TwoContacts, NobodyLooksAfterThem) {
    EXPECT_EQ(refusal(talk.room.decide_change({.topic = "x"}, ana.moderating().standing, talk.now())),
              Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.decide_close(ana.moderating().standing)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.may_go_on_duty(ana.moderating().asker())), Errc::not_allowed)
        << "a role voice could not be blocked";
}

TEST_F(TwoContacts, WhoIsThereIsNobodyElsesToAsk) {
    ASSERT_TRUE(talk.join(ben));
    const auto here = roster_now(talk);
    EXPECT_TRUE(talk.room.holds_somebody_to_warn_of(ana.apart_from(ben, chosen(talk.now())).asker(), here));
    EXPECT_FALSE(talk.room.holds_somebody_to_warn_of(cleo.apart_from(ben, chosen(talk.now())).asker(), here));
}

TEST_F(TwoContacts, RestWhenNobodyHasSpokenForLong) {
    const TimePoint made = talk.now();
    const Duration quiet = talk.limits.contact_quiet_max;
    EXPECT_FALSE(talk.room.is_quiet(made, made + quiet - 1ms));
    EXPECT_TRUE(talk.room.is_quiet(made, made + quiet));
    talk.pass(1h);
    ASSERT_TRUE(talk.post(ana, "hello"));
    EXPECT_FALSE(talk.room.is_quiet(made, made + quiet));
    EXPECT_TRUE(talk.room.is_quiet(made, made + quiet + 1h));
}

TEST(RoomBetweenPeople, NoRoomIsMadeDirectByItsSettings) {
    const Limits limits;
    const auto judged = judge_settings({.topic = "Two", .kind = RoomKind::direct}, limits);
    EXPECT_EQ(refusal(judged), Errc::invalid_argument);
    EXPECT_STREQ(judged.error().field, "settings.kind");
}

}  // namespace
}  // namespace kindroom::domain::test
