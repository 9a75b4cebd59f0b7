// What is private to an account: its matters, and how far each room has reached it.
#include <algorithm>
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const AccountId ana = an_account(1).id;
const AccountId ben = an_account(2).id;

void meet(StoreWorld& world) { world.commit({store::PutAccount{an_account(1)}, store::PutAccount{an_account(2)}}); }

TEST_P(StoreContract, AMatterComesBackAsItWasLastPut) {
    meet(world());
    EXPECT_TRUE(rc::check([&] {
        auto matter = any_matter(ana);
        world().commit({store::PutMatter{matter}});
        const auto id = matter.id;
        matter = any_matter(ana);
        matter.id = id;
        world().commit({store::PutMatter{matter}});
        const auto matters = world().load_account(ana)->matters;
        RC_ASSERT(std::ranges::count(matters, id, &store::MatterRecord::id) == 1);
        RC_ASSERT(std::ranges::find(matters, matter) != matters.end());
    }));
}

TEST_P(StoreContract, AnAccountHasItsOwnMattersAndNobodyElses) {
    meet(world());
    // Ids are given by each account for itself, so two may be alike.
    world().commit({store::PutMatter{a_matter(ana, 1)}, store::PutMatter{a_matter(ana, 2)},
                    store::PutMatter{a_matter(ben, 1)}, store::PutMatter{a_matter(an_id<AccountId>(3), 3)}});
    world().reopen();
    EXPECT_THAT(world().load_account(ana)->matters, UnorderedElementsAre(a_matter(ana, 1), a_matter(ana, 2)));
    EXPECT_THAT(world().load_account(ben)->matters, ElementsAre(a_matter(ben, 1)));
}

TEST_P(StoreContract, ADeletedMatterIsGoneAndTheOthersStay) {
    meet(world());
    world().commit(
        {store::PutMatter{a_matter(ana, 1)}, store::PutMatter{a_matter(ana, 2)}, store::PutMatter{a_matter(ben, 1)}});
    world().commit({store::DeleteMatter{ana, an_id<MatterId>(1)}});
    EXPECT_THAT(world().load_account(ana)->matters, ElementsAre(a_matter(ana, 2)));
    EXPECT_THAT(world().load_account(ben)->matters, ElementsAre(a_matter(ben, 1)));
    // One that is not there is no contradiction.
    world().commit({store::DeleteMatter{ana, an_id<MatterId>(1)}, store::DeleteMatter{ben, an_id<MatterId>(9)}});
    EXPECT_THAT(world().load_account(ben)->matters, ElementsAre(a_matter(ben, 1)));
}

TEST_P(StoreContract, AnAccountsMattersBringTheirKeysEachOnce) {
    meet(world());
    // Not the account's own, so that only the matters can have asked for them.
    const auto place = a_key(an_id<DataKeyId>(50));
    const auto person = a_key(an_id<DataKeyId>(51));
    std::vector<store::Change> changes{store::InsertKey{place}, store::InsertKey{person},
                                       store::InsertKey{a_key(an_id<DataKeyId>(52))}};
    for (std::uint64_t number = 1; number <= 3; ++number) {
        auto matter = a_matter(ana, number);
        matter.content = some_words(place.id, person.id, "a matter");
        changes.push_back(store::PutMatter{matter});
    }
    world().commit(std::move(changes));
    EXPECT_THAT(world().load_account(ana)->keys, UnorderedElementsAre(place, person));
}

TEST_P(StoreContract, HowFarARoomHasReachedAnAccountComesBackAsItWasPut) {
    meet(world());
    EXPECT_TRUE(rc::check([&] {
        const auto received = any_received(ana);
        world().commit({store::PutReceived{received}});
        const auto all = world().load_account(ana)->received;
        RC_ASSERT(std::ranges::find(all, received) != all.end());
    }));
}

TEST_P(StoreContract, HowFarARoomHasReachedAnAccountNeverMovesBack) {
    meet(world());
    const auto received = [](AccountId account, std::uint64_t number, std::uint64_t position) {
        return store::ReceivedRecord{.account = account, .room = a_room(number).id, .position = Position{position}};
    };
    for (const std::uint64_t position : {5u, 7u, 6u, 0u})
        world().commit({store::PutReceived{received(ana, 1, position)}});
    world().commit({store::PutReceived{received(ana, 2, 3)}, store::PutReceived{received(ben, 1, 4)}});
    world().reopen();
    world().commit({store::PutReceived{received(ana, 1, 2)}});
    EXPECT_THAT(world().load_account(ana)->received, UnorderedElementsAre(received(ana, 1, 7), received(ana, 2, 3)));
    EXPECT_THAT(world().load_account(ben)->received, ElementsAre(received(ben, 1, 4)));
}

TEST_P(StoreContract, APersonWithoutPrivateMattersHasNone) {
    meet(world());
    EXPECT_THAT(world().load_account(ana)->matters, IsEmpty());
    EXPECT_THAT(world().load_account(ana)->received, IsEmpty());
}

}  // namespace
}  // namespace kindroom::test
