// Rooms, memberships and messages: they come back as they were put, with the keys they need.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contents.hpp"
#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;

const RoomId room = a_room(1).id;

std::vector<MessageId> ids_of(const std::vector<store::MessageRecord>& messages) {
    std::vector<MessageId> ids;
    for (const auto& message : messages) ids.push_back(message.id);
    return ids;
}

TEST_P(StoreContract, ARoomComesBackAsItWasLastPut) {
    EXPECT_TRUE(rc::check([&] {
        auto record = any_room();
        world().commit({store::PutRoom{record}});
        const auto id = record.id;
        record = any_room();
        record.id = id;
        world().commit({store::PutRoom{record}});
        const auto loaded = world().load_room({.room = id});
        RC_ASSERT(loaded.has_value());
        RC_ASSERT(loaded->room == record);
        RC_ASSERT(loaded->head == Position{0});
    }));
}

TEST_P(StoreContract, AMembershipComesBackAsItWasLastPut) {
    world().commit({store::PutRoom{a_room(1)}});
    EXPECT_TRUE(rc::check([&] {
        auto record = any_membership(room);
        world().commit({store::PutMembership{record}});
        const auto account = record.account;
        record = any_membership(room);
        record.account = account;
        world().commit({store::PutMembership{record}});
        const auto loaded = world().load_room({.room = room});
        const auto found = std::ranges::find(loaded->memberships, account, &store::MembershipRecord::account);
        RC_ASSERT(found != loaded->memberships.end());
        RC_ASSERT(*found == record);
    }));
}

TEST_P(StoreContract, AMessageComesBackAsItWasPutWhicheverWayItIsAskedFor) {
    // A room for each run: rapidcheck runs a failing case again to tell of it.
    std::uint64_t number = 0;
    EXPECT_TRUE(rc::check([&] {
        const RoomId place = a_room(++number).id;
        const Position position{*rc::gen::inRange<std::uint64_t>(1, INT64_MAX)};
        const auto record = any_message(place, position);
        world().commit({store::PutRoom{a_room(number)}, store::InsertMessage{record}});
        const auto before = Position{static_cast<std::uint64_t>(position) - 1};
        const std::vector step{store::StepRow{position, store::StepKind::posted, record.posted_at, record}};
        RC_ASSERT(world().find_message(place, record.id).messages == std::vector{record});
        RC_ASSERT(world().read_steps({place, before, 9}).steps == step);
        RC_ASSERT(world().read_messages({place, next(position), store::Store::Direction::back, 1}).messages ==
                  std::vector{record});
        RC_ASSERT(world().read_messages({place, before, store::Store::Direction::on, 9}).messages ==
                  std::vector{record});
        const auto loaded = world().load_room({place, 1, record.posted_at});
        RC_ASSERT(loaded->window == step);
        RC_ASSERT(loaded->head == position);
        const store::AcceptedPost accepted{
            record.author,    record.client_key,        record.request_digest,    record.id,
            record.posted_at, record.content.place_key, record.content.person_key};
        RC_ASSERT(std::ranges::find(loaded->accepted, accepted) != loaded->accepted.end());
    }));
}

TEST_P(StoreContract, AWrappedKeyComesBackAsItWasPut) {
    std::uint64_t number = 0;
    EXPECT_TRUE(rc::check([&] {
        auto key = any_key();
        key.id = an_id<DataKeyId>(++number);
        auto account = an_account(1);
        account.person_key = key.id;
        world().commit({store::InsertKey{key}, store::PutAccount{account}});
        RC_ASSERT(world().load_account(account.id)->keys == std::vector{key});
    }));
}

TEST_P(StoreContract, AllRoomsAreListedClosedOnesToo) {
    auto closed = a_room(2);
    closed.state = domain::RoomState::closed;
    world().commit({store::PutRoom{a_room(1)}, store::PutRoom{closed}, store::PutRoom{a_room(3)}});
    EXPECT_THAT(world().list_rooms(), UnorderedElementsAre(a_room(1), closed, a_room(3)));
}

TEST_P(StoreContract, TheRoomsOfAnAccountAreThoseItHasNotLeft) {
    const auto account = an_id<AccountId>(1);
    const auto membership = [&](std::uint64_t number, bool joined) {
        return store::PutMembership{{.room = a_room(number).id, .account = account, .joined = joined, .name = {}}};
    };
    world().commit({store::PutRoom{a_room(1)}, store::PutRoom{a_room(2)}, store::PutRoom{a_room(3)}});
    world().commit({membership(1, true), membership(2, true), membership(3, true)});
    world().commit({membership(2, false)});
    EXPECT_THAT(world().rooms_of(account), UnorderedElementsAre(a_room(1).id, a_room(3).id));
    EXPECT_THAT(world().rooms_of(an_id<AccountId>(2)), IsEmpty());
}

TEST_P(StoreContract, APersonWhoLeftStaysWithTheRoomSoThatTheirNameCanBeShown) {
    const store::MembershipRecord left{.room = room, .account = an_id<AccountId>(1), .joined = false, .name = {}};
    world().commit({store::PutRoom{a_room(1)}, store::PutMembership{left}});
    EXPECT_THAT(world().load_room({.room = room})->memberships, ElementsAre(left));
}

TEST_P(StoreContract, ALoadedRoomHasTheNewestStepsOldestFirstWithoutHoles) {
    world().commit({store::PutRoom{a_room(1)}});
    for (std::uint64_t i = 1; i <= 8; ++i) world().commit({store::InsertMessage{a_message(room, i)}});
    world().commit({store::RetractMessage{room, an_id<MessageId>(7), Position{9}}});
    const auto loaded = world().load_room({.room = room, .window_steps = 4});
    std::vector<std::uint64_t> positions;
    for (const auto& step : loaded->window) positions.push_back(static_cast<std::uint64_t>(step.position));
    EXPECT_THAT(positions, ElementsAre(6, 7, 8, 9));
    EXPECT_EQ(loaded->head, Position{9});
}

TEST_P(StoreContract, AcceptedPostsAreThoseSinceTheGivenTimeRetractedOnesToo) {
    world().commit({store::PutRoom{a_room(1)}});
    for (std::uint64_t i = 1; i <= 4; ++i) world().commit({store::InsertMessage{a_message(room, i)}});
    world().commit({store::RetractMessage{room, an_id<MessageId>(4), Position{5}}});
    const auto loaded =
        world().load_room({.room = room, .window_steps = 0, .accepted_since = a_message(room, 3).posted_at});
    std::vector<MessageId> ids;
    for (const auto& post : loaded->accepted) ids.push_back(post.message);
    EXPECT_THAT(ids, UnorderedElementsAre(an_id<MessageId>(3), an_id<MessageId>(4)));
    EXPECT_THAT(loaded->window, IsEmpty());
}

TEST_P(StoreContract, KeysAreThereForEveryRowThatNeedsThemEachOnce) {
    const auto place = a_key(place_key_of(room), room, a_day + Duration{1});
    std::vector<store::Change> changes{store::PutRoom{a_room(1)}, store::InsertKey{place}};
    std::vector<store::WrappedKey> keys{place};
    for (std::uint64_t author = 1; author <= 3; ++author) {
        keys.push_back(a_key(an_id<DataKeyId>(an_id<AccountId>(author).hash())));
        changes.push_back(store::InsertKey{keys.back()});
    }
    // Nobody's words here: it must not come along.
    changes.push_back(store::InsertKey{a_key(an_id<DataKeyId>(99))});
    for (std::uint64_t i = 1; i <= 9; ++i) changes.push_back(store::InsertMessage{a_message(room, i)});
    world().commit(std::move(changes));

    EXPECT_THAT(world().load_room({.room = room, .window_steps = 9})->keys, UnorderedElementsAreArray(keys));
    EXPECT_THAT(world().load_room({.room = room, .window_steps = 0, .accepted_since = a_day})->keys,
                UnorderedElementsAreArray(keys))
        << "to know a repetition";
    EXPECT_THAT(world().read_steps({room, Position{0}, 9}).keys, UnorderedElementsAreArray(keys));
    EXPECT_THAT(world().read_messages({room, Position{10}, store::Store::Direction::back, 9}).keys,
                UnorderedElementsAreArray(keys));
    EXPECT_THAT(world().find_message(room, an_id<MessageId>(3)).keys, UnorderedElementsAre(place, keys[1]));
}

TEST_P(StoreContract, AMembersNameAndTheHandoverNoteBringTheirKeysToo) {
    const auto name_key = a_key(an_id<DataKeyId>(1));
    const auto note_key = a_key(an_id<DataKeyId>(2));
    auto record = a_room(1);
    record.handover_note = some_words(note_key.id, {}, "a quiet evening");
    const store::MembershipRecord ana{
        .room = room, .account = an_id<AccountId>(1), .name = some_words({}, name_key.id, "Ana")};
    world().commit(
        {store::InsertKey{name_key}, store::InsertKey{note_key}, store::PutRoom{record}, store::PutMembership{ana}});
    EXPECT_THAT(world().load_room({.room = room})->keys, UnorderedElementsAre(name_key, note_key));
}

TEST_P(StoreContract, AMembershipEndsAndKeepsItsName) {
    const store::MembershipRecord ana{.room = room,
                                      .account = an_id<AccountId>(1),
                                      .joined_after = Position{4},
                                      .name = some_words({}, an_id<DataKeyId>(1), "Ana")};
    const auto ends = [&](AccountId account, TimePoint at) {
        return store::EndMembership{.room = room, .account = account, .left_at = at};
    };
    world().commit({store::PutRoom{a_room(1)}, store::PutMembership{ana}});
    world().commit({ends(ana.account, a_day), ends(an_id<AccountId>(2), a_day)});
    auto left = ana;
    left.joined = false;
    left.left_at = a_day;
    EXPECT_THAT(world().load_room({.room = room})->memberships, ElementsAre(left));
    EXPECT_THAT(world().rooms_of(ana.account), IsEmpty());
    // It is over already.
    world().commit({ends(ana.account, a_day + Duration{5})});
    EXPECT_THAT(world().load_room({.room = room})->memberships, ElementsAre(left));
}

TEST_P(StoreContract, ARoomsOwnKeysComeWithItEvenBeforeAnybodySpoke) {
    const auto today = a_key(place_key_of(room), room, a_day + Duration{1});
    const auto elsewhere = a_key(an_id<DataKeyId>(2), a_room(2).id, a_day + Duration{1});
    world().commit({store::PutRoom{a_room(1)}, store::InsertKey{today}, store::InsertKey{elsewhere}});
    EXPECT_THAT(world().load_room({.room = room})->keys, ElementsAre(today));
}

TEST_P(StoreContract, ReadingWhatDoesNotExistSucceedsWithNothing) {
    EXPECT_FALSE(world().load_room({.room = room, .window_steps = 9}));
    EXPECT_THAT(world().list_rooms(), IsEmpty());
    EXPECT_THAT(world().read_steps({room, Position{0}, 9}).steps, IsEmpty());
    EXPECT_THAT(world().read_messages({room, Position{9}, store::Store::Direction::back, 9}).messages, IsEmpty());
    EXPECT_THAT(world().find_message(room, an_id<MessageId>(1)).messages, IsEmpty());
}

TEST_P(StoreContract, AMessageIsFoundOnlyInItsOwnRoom) {
    world().commit({store::PutRoom{a_room(1)}, store::PutRoom{a_room(2)}});
    world().commit({store::InsertMessage{a_message(room, 1)}});
    EXPECT_THAT(ids_of(world().find_message(room, an_id<MessageId>(1)).messages), ElementsAre(an_id<MessageId>(1)));
    EXPECT_THAT(world().find_message(a_room(2).id, an_id<MessageId>(1)).messages, IsEmpty());
}

}  // namespace
}  // namespace kindroom::test
