// Posts that are held: durable, repeatable and known to nobody, until they are released, taken back or end with their
// key.
#include <algorithm>
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const RoomId room = a_room(1).id;

store::AcceptedPost accepted_of(const store::HeldRecord& held) {
    return {held.author,      held.client_key,        held.request_digest,    held.id,
            held.accepted_at, held.content.place_key, held.content.person_key};
}

store::LoadedRoom load(StoreWorld& world, RoomId id = room) {
    return world.load_room({.room = id, .window_steps = 9, .accepted_since = {}}).value();
}

TEST_P(StoreContract, AHeldPostComesBackAsItWasLastPutAndItsRepetitionIsKnown) {
    std::uint64_t number = 0;
    EXPECT_TRUE(rc::check([&] {
        const RoomId place = a_room(++number).id;
        auto held = any_held(place);
        world().commit({store::PutRoom{a_room(number)}, store::PutHeld{held}});
        const auto id = held.id;
        held = any_held(place);
        held.id = id;
        world().commit({store::PutHeld{held}});
        const auto loaded = load(world(), place);
        RC_ASSERT(loaded.held == std::vector{held});
        RC_ASSERT(loaded.accepted == std::vector{accepted_of(held)});
    }));
}

TEST_P(StoreContract, HeldPostsAreThereAfterTheProcessCameBackAndUntilTheyAreDeleted) {
    world().commit({store::PutRoom{a_room(1)}, store::PutRoom{a_room(2)}});
    world().commit({store::PutHeld{a_held(room, 1)}, store::PutHeld{a_held(room, 2)}});
    world().commit({store::PutHeld{a_held(a_room(2).id, 1)}});
    world().reopen();
    EXPECT_THAT(load(world()).held, UnorderedElementsAre(a_held(room, 1), a_held(room, 2)));
    world().commit({store::DeleteHeld{room, an_id<MessageId>(1)}});
    world().reopen();
    EXPECT_THAT(load(world()).held, ElementsAre(a_held(room, 2)));
    EXPECT_THAT(load(world()).accepted, ElementsAre(accepted_of(a_held(room, 2))));
    EXPECT_THAT(load(world(), a_room(2).id).held, ElementsAre(a_held(a_room(2).id, 1)));
    // Taking it back once more is no contradiction.
    world().commit({store::DeleteHeld{room, an_id<MessageId>(1)}});
}

TEST_P(StoreContract, HowManyMessagesOfAMemberWereShownIsKeptAndNeverFalls) {
    const store::MembershipRecord member{.room = room, .account = an_id<AccountId>(1), .name = {}, .passed = 2};
    world().commit({store::PutRoom{a_room(1)}, store::PutMembership{member}});
    world().commit({store::PutPassed{room, member.account, 4}});
    world().commit({store::PutPassed{room, member.account, 3}, store::PutPassed{room, an_id<AccountId>(2), 9}});
    world().reopen();
    const auto loaded = load(world());
    ASSERT_EQ(loaded.memberships.size(), 1u) << "nobody becomes a member by it";
    EXPECT_EQ(loaded.memberships.front().passed, 4u);
}

TEST_P(StoreContract, AHeldPostIsNoMessageAndHasNoPosition) {
    world().commit({store::PutRoom{a_room(1)}, store::InsertMessage{a_message(room, 1)}});
    world().commit({store::PutHeld{a_held(room, 2)}});
    EXPECT_THAT(world().find_message(room, an_id<MessageId>(2)).messages, IsEmpty());
    EXPECT_EQ(world().read_steps({room, Position{0}, 9}).steps.size(), 1u);
    EXPECT_EQ(world().read_messages({room, Position{0}, store::Store::Direction::on, 9}).messages.size(), 1u);
    EXPECT_EQ(load(world()).window.size(), 1u);
    EXPECT_EQ(load(world()).head, Position{1});
}

TEST_P(StoreContract, AReleasedPostIsAMessageLikeAnyOtherAndAcceptedOnce) {
    const auto held = a_held(room, 1);
    auto message = a_message(room, 1);
    message.posted_at = held.due_at;
    world().commit({store::PutRoom{a_room(1)}, store::PutHeld{held}});
    world().commit({store::DeleteHeld{room, held.id}, store::InsertMessage{message}});
    world().reopen();
    const auto loaded = load(world());
    EXPECT_THAT(loaded.held, IsEmpty());
    EXPECT_THAT(loaded.window,
                ElementsAre(store::StepRow{Position{1}, store::StepKind::posted, message.posted_at, message}));
    const store::AcceptedPost accepted{held.author,       held.client_key,           held.request_digest,       held.id,
                                       message.posted_at, message.content.place_key, message.content.person_key};
    EXPECT_THAT(loaded.accepted, ElementsAre(accepted));
}

TEST_P(StoreContract, AHeldPostIsListedHoweverOldAndItsRepetitionOnlySinceTheGivenTime) {
    auto old_one = a_held(room, 1);
    old_one.accepted_at = a_day - Duration{1};
    const auto new_one = a_held(room, 2);
    world().commit({store::PutRoom{a_room(1)}, store::PutHeld{old_one}, store::PutHeld{new_one}});
    const auto loaded = world().load_room({.room = room, .window_steps = 0, .accepted_since = a_day});
    EXPECT_THAT(loaded->held, UnorderedElementsAre(old_one, new_one));
    EXPECT_THAT(loaded->accepted, ElementsAre(accepted_of(new_one)));
}

TEST_P(StoreContract, AHeldPostBringsTheKeysOfItsPlaceAndOfItsAuthor) {
    // Neither is the room's own, so that only the post can have asked for them.
    const auto place = a_key(an_id<DataKeyId>(50));
    const auto person = a_key(an_id<DataKeyId>(51));
    auto held = a_held(room, 1);
    held.content = some_words(place.id, person.id, "held words");
    world().commit({store::PutRoom{a_room(1)}, store::InsertKey{place}, store::InsertKey{person},
                    store::InsertKey{a_key(an_id<DataKeyId>(52))}, store::PutHeld{held}});
    EXPECT_THAT(load(world()).keys, UnorderedElementsAre(place, person));
}

TEST_P(StoreContract, AHeldPostEndsWithItsKeyAndNotAMomentEarlier) {
    const auto due = a_day + Duration{1'000};
    const RoomId elsewhere = a_room(2).id;
    auto other_key = a_held(room, 2);
    other_key.content.place_key = an_id<DataKeyId>(50);
    world().commit({store::PutRoom{a_room(1)}, store::PutRoom{a_room(2)}});
    world().commit({store::InsertKey{a_key(place_key_of(room), room, due)},
                    store::InsertKey{a_key(an_id<DataKeyId>(50), room, due + Duration{1})},
                    store::InsertKey{a_key(place_key_of(elsewhere), elsewhere, due)}});
    world().commit({store::PutHeld{a_held(room, 1)}, store::PutHeld{other_key}, store::PutHeld{a_held(elsewhere, 1)}});
    world().commit({store::ExpireRoom{room, due - Duration{1}}});
    EXPECT_THAT(load(world()).held, UnorderedElementsAre(a_held(room, 1), other_key));
    world().commit({store::ExpireRoom{room, due}});
    EXPECT_THAT(load(world()).held, ElementsAre(other_key));
    EXPECT_THAT(load(world()).accepted, ElementsAre(accepted_of(other_key)));
    EXPECT_THAT(load(world(), elsewhere).held, ElementsAre(a_held(elsewhere, 1)));
}

}  // namespace
}  // namespace kindroom::test
