// Taking one's data along, and being forgotten: what is found of one account, and what is left when it is erased.
#include <gmock/gmock.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const RoomId porch = a_room(1).id;
const RoomId garden = a_room(2).id;
const auto ana = an_account(1);
const auto ben = an_account(2);

store::MembershipRecord member(RoomId room, const store::AccountRecord& account) {
    return {.room = room, .account = account.id, .name = some_words({}, account.person_key, "name")};
}

store::MessageRecord said_by(const store::AccountRecord& author, RoomId room, std::uint64_t position) {
    auto message = a_message(room, position);
    message.author = author.id;
    message.content.person_key = author.person_key;
    return message;
}

// Ana and Ben have accounts with all that belongs to one, and are in the porch; Ana was in the garden.
void come_in(StoreWorld& world) {
    world.commit({store::PutRoom{a_room(1)}, store::PutRoom{a_room(2)},
                  store::InsertKey{a_key(place_key_of(porch), porch, a_day)}});
    for (const auto& account : {ana, ben})
        world.commit({store::InsertKey{a_key(account.person_key)}, store::PutAccount{account},
                      store::PutMembership{member(porch, account)}});
    auto left = member(garden, ana);
    left.joined = false;
    world.commit({store::PutMembership{left}, store::PutSession{a_session(ana.id, 1)},
                  store::PutSession{a_session(ben.id, 2)}, store::PutMatter{a_matter(ana.id, 1)},
                  store::PutMatter{a_matter(ben.id, 1)},
                  store::PutReceived{{.account = ana.id, .room = porch, .position = Position{3}}},
                  store::PutDecision{a_decision(1, a_day)}});
    world.commit({store::InsertMessage{said_by(ana, porch, 1)}, store::InsertMessage{said_by(ben, porch, 2)},
                  store::InsertMessage{said_by(ana, porch, 3)}, store::InsertMessage{said_by(ana, porch, 4)},
                  store::RetractMessage{porch, an_id<MessageId>(3), Position{5}, a_day}});
}

std::vector<Position> positions(const store::OwnWords& words) {
    std::vector<Position> all;
    for (const auto& message : words.messages) all.push_back(message.position);
    return all;
}

TEST_P(StoreContract, OnesOwnWordsAreFoundAmongThoseOfOthersWithTheirKeys) {
    come_in(world());
    const auto words = world().read_own_words({.room = porch, .author = ana.id, .after = {}, .rows_max = 100});
    EXPECT_THAT(words.messages, ElementsAre(said_by(ana, porch, 1), said_by(ana, porch, 4)));
    EXPECT_EQ(words.further, std::nullopt);
    EXPECT_THAT(words.keys, UnorderedElementsAre(a_key(ana.person_key), a_key(place_key_of(porch), porch, a_day)));
    EXPECT_THAT(positions(world().read_own_words({porch, ana.id, Position{1}, 100})), ElementsAre(Position{4}));
    EXPECT_THAT(world().read_own_words({garden, ana.id, {}, 100}).messages, IsEmpty());
    EXPECT_THAT(world().read_own_words({a_room(9).id, ana.id, {}, 100}).messages, IsEmpty());
}

TEST_P(StoreContract, OnesOwnWordsAreLookedForInPiecesHoweverFewThereAre) {
    come_in(world());
    const auto first = world().read_own_words({porch, ana.id, {}, 2});
    EXPECT_THAT(positions(first), ElementsAre(Position{1}));
    EXPECT_EQ(first.further, Position{2});
    const auto second = world().read_own_words({porch, ana.id, Position{2}, 2});
    EXPECT_THAT(positions(second), ElementsAre(Position{4}));
    // A piece that ends where the room does may say that there could be more.
    const auto last = world().read_own_words({porch, ana.id, Position{4}, 2});
    EXPECT_THAT(positions(last), IsEmpty());
    EXPECT_EQ(last.further, std::nullopt);
}

TEST_P(StoreContract, EveryRoomThatSomebodyWasEverInIsFoundByTheIdOfTheRoom) {
    come_in(world());
    const auto all = world().memberships_of(ana.id);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_LT(all[0].room, all[1].room);
    EXPECT_THAT(world().memberships_of(ben.id), ElementsAre(member(porch, ben)));
    EXPECT_THAT(world().memberships_of(an_account(9).id), IsEmpty());
}

TEST_P(StoreContract, ADestroyedKeyOpensNothingAndOthersStay) {
    come_in(world());
    world().commit({store::DestroyKey{ana.person_key}, store::DestroyKey{an_id<DataKeyId>(99)}});
    world().reopen();
    EXPECT_THAT(world().load_account(ana.id)->keys, IsEmpty());
    EXPECT_THAT(world().load_account(ben.id)->keys, ElementsAre(a_key(ben.person_key)));
}

TEST_P(StoreContract, AnErasedAccountIsGoneWithItsKeyAndAllThatIsPrivateToIt) {
    come_in(world());
    world().commit({store::EraseAccount{ana.id}});
    world().reopen();
    EXPECT_FALSE(world().load_account(ana.id));
    EXPECT_FALSE(world().find_account(ana.login_id));
    EXPECT_FALSE(world().find_session(a_session(ana.id, 1).token));
    EXPECT_FALSE(world().find_decision(a_decision(1).id));
    const auto room = world().load_room({.room = porch, .window_steps = 100, .accepted_since = {}});
    for (const auto& key : room->keys) EXPECT_NE(key.id, ana.person_key);
    // Words and places are the rooms' to take back.
    EXPECT_THAT(world().list_erasures(),
                UnorderedElementsAre(store::Erasure{porch, ana.id}, store::Erasure{garden, ana.id}));
    EXPECT_EQ(room->memberships.size(), 2u);
    EXPECT_EQ(world().load_account(ben.id)->matters.size(), 1u);
    EXPECT_TRUE(world().find_session(a_session(ben.id, 2).token));
}

TEST_P(StoreContract, AnErasureComesToItsEndRoomByRoom) {
    come_in(world());
    auto held = a_held(porch, 7);
    held.author = ana.id;
    world().commit({store::PutHeld{held}, store::EraseAccount{ana.id}});
    world().commit({store::EndErasure{porch, ana.id}});
    EXPECT_THAT(world().list_erasures(), ElementsAre(store::Erasure{garden, ana.id}));
    const auto room = world().load_room({.room = porch, .window_steps = 100, .accepted_since = {}});
    EXPECT_THAT(room->held, IsEmpty());
    for (const auto& membership : room->memberships) {
        if (membership.account != ana.id) continue;
        EXPECT_FALSE(membership.joined);
        EXPECT_THAT(membership.name.box, IsEmpty());
    }
    world().commit({store::EndErasure{garden, ana.id}, store::EndErasure{garden, ben.id}});
    EXPECT_THAT(world().list_erasures(), IsEmpty());
}

TEST_P(StoreContract, AnAccountThatIsErasedTwiceOrNeverWasIsNoContradiction) {
    come_in(world());
    world().commit({store::EraseAccount{ana.id}, store::EraseAccount{ana.id}, store::EraseAccount{an_account(9).id}});
    EXPECT_EQ(world().list_erasures().size(), 2u);
    // Its login id is free for somebody else.
    auto next = an_account(3);
    next.login_id = ana.login_id;
    world().commit({store::PutAccount{next}});
    EXPECT_EQ(world().find_account(ana.login_id), next.id);
}

}  // namespace
}  // namespace kindroom::test
