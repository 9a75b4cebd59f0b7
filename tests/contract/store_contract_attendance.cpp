// What a room keeps so that it never runs unattended: its hours, its pause, its invites, and who only listens.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

const RoomId room = a_room(1).id;

TEST_P(StoreContract, AnInviteToARoomComesBackAsItWasLastPutAndOnlyInItsRoom) {
    std::uint64_t number = 0;
    EXPECT_TRUE(rc::check([&] {
        const RoomId place = a_room(++number).id;
        auto invite = any_room_invite(place);
        world().commit({store::PutRoom{a_room(number)}, store::PutRoomInvite{invite}});
        const auto code = invite.code;
        invite = any_room_invite(place);
        invite.code = code;
        world().commit({store::PutRoomInvite{invite}});
        RC_ASSERT(world().load_room({.room = place})->invites == std::vector{invite});
    }));
    world().commit({store::PutRoom{a_room(9'999)}});
    EXPECT_THAT(world().load_room({.room = a_room(9'999).id})->invites, IsEmpty());
}

TEST_P(StoreContract, AnInviteToARoomThatIsUsedUpIsGone) {
    const store::RoomInviteRecord kept{.room = room, .code = an_id<SecretHash>(1), .uses_left = 1, .ends_at = a_day};
    store::RoomInviteRecord spent{.room = room, .code = an_id<SecretHash>(2), .uses_left = 1, .ends_at = a_day};
    world().commit({store::PutRoom{a_room(1)}, store::PutRoomInvite{kept}, store::PutRoomInvite{spent}});
    spent.uses_left = 0;
    world().commit({store::PutRoomInvite{spent}});
    world().reopen();
    EXPECT_THAT(world().load_room({.room = room})->invites, UnorderedElementsAre(kept));
    // Once more is no contradiction.
    world().commit({store::PutRoomInvite{spent}});
}

TEST_P(StoreContract, WhoOnlyListensDoesSoAfterTheProcessCameBackAndNobodyElse) {
    const auto membership = [](std::uint64_t number) {
        return store::MembershipRecord{
            .room = room, .account = an_id<AccountId>(number), .joined = true, .name = {}, .listens_until = a_day};
    };
    world().commit({store::PutRoom{a_room(1)}, store::PutMembership{membership(1)},
                    store::PutMembership{membership(2)}});
    world().commit(
        {store::PutListening{.room = room, .account = an_id<AccountId>(1), .until = {}},
         store::PutListening{
             .room = room, .account = an_id<AccountId>(2), .until = a_day, .cause = domain::ListenCause::wave},
         store::PutListening{.room = room, .account = an_id<AccountId>(3), .until = a_day}});
    world().reopen();
    auto speaks = membership(1);
    speaks.listens_until = {};
    auto listens = membership(2);
    listens.listen_cause = domain::ListenCause::wave;
    EXPECT_THAT(world().load_room({.room = room})->memberships, UnorderedElementsAre(speaks, listens));
}

TEST_P(StoreContract, WhyARoomIsPausedBringsItsKeyAlong) {
    const auto key = a_key(an_id<DataKeyId>(2));
    auto record = a_room(1);
    record.state = domain::RoomState::paused;
    record.pause_sentence = some_words(key.id, {}, "a break");
    world().commit({store::InsertKey{key}, store::PutRoom{record}});
    EXPECT_THAT(world().load_room({.room = room})->keys, UnorderedElementsAre(key));
}

}  // namespace
}  // namespace kindroom::test
