// Order, durability, atomicity and refusal.
#include <atomic>
#include <gmock/gmock.h>

#include "contract/store_contents.hpp"
#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::Optional;

const RoomId room = a_room(1).id;

TEST_P(StoreContract, TransactionsAreAppliedInTheOrderOfTheCallsAndAnsweredInIt) {
    std::vector<int> answered;
    for (int i = 0; i < 200; ++i) {
        store::Transaction transaction{{store::PutMeta{"last", to_bytes(std::to_string(i))}}};
        world().store().commit(std::move(transaction), world().home(), [this, &answered, i](auto answer) {
            const std::lock_guard lock(world().mutex());
            EXPECT_TRUE(answer.has_value());
            answered.push_back(i);
        });
    }
    // A fence: it is answered after all before it.
    world().commit({store::PutMeta{"fence", {}}});
    ASSERT_EQ(answered.size(), 200u);
    EXPECT_TRUE(std::ranges::is_sorted(answered));
    EXPECT_THAT(world().read_meta("last"), Optional(to_bytes("199")));
}

TEST_P(StoreContract, AnAnswerComesOnceAsATaskOfItsHomeAndNeverInsideTheCall) {
    bool in_call = true;
    std::atomic<int> answers = 0;
    world().hold();
    world().store().commit({{store::PutMeta{"name", {}}}}, world().home(), [&](auto) {
        EXPECT_FALSE(in_call);
        EXPECT_TRUE(world().home().is_here());
        ++answers;
    });
    in_call = false;
    world().release();
    world().commit({store::PutMeta{"fence", {}}});
    const auto read = world().ask<std::optional<Bytes>>([&](store::Store& store, Scheduler& home, auto then) {
        store.read_meta("name", home, [&home, then = std::move(then)](auto answer) mutable {
            EXPECT_TRUE(home.is_here());
            then(std::move(answer));
        });
    });
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(answers, 1);
}

TEST_P(StoreContract, AReadAskedAfterACommitHasAnsweredSeesIt) {
    for (int i = 0; i < 50; ++i) {
        const auto value = to_bytes(std::to_string(i));
        world().commit({store::PutMeta{"name", value}});
        ASSERT_THAT(world().read_meta("name"), Optional(value));
    }
}

TEST_P(StoreContract, WhatWasAcknowledgedIsThereAfterTheProcessCameBack) {
    world().commit({store::PutRoom{a_room(1)}});
    for (std::uint64_t i = 1; i <= 30; ++i) world().commit({store::InsertMessage{a_message(room, i)}});
    const auto before = read_contents(world(), {});
    world().reopen();
    EXPECT_TRUE(read_contents(world(), {}) == before);
    EXPECT_EQ(before.rooms[0].steps.size(), 30u);
}

TEST_P(StoreContract, WhatWasAskedBeforeAnOrderlyEndIsDone) {
    for (int i = 0; i < 100; ++i)
        world().store().commit({{store::PutMeta{"last", to_bytes(std::to_string(i))}}}, world().home(), [](auto) {});
    world().reopen();
    EXPECT_THAT(world().read_meta("last"), Optional(to_bytes("99")));
}

TEST_P(StoreContract, AnEmptyTransactionIsCommittedToo) { world().commit({}); }

TEST_P(StoreContract, MoreThanMayWaitIsRefusedWithATimeToAskAgainAndNothingOfItIsDone) {
    world_ = a_world({.queue_max = 4});  // limits: store_queue_max
    world().commit({store::PutMeta{"name", to_bytes("before")}});
    world().hold();
    std::atomic<int> refused = 0;
    std::atomic<int> accepted = 0;
    for (int i = 0; i < 12; ++i) {
        world().store().commit({{store::PutMeta{"name " + std::to_string(i), {}}}}, world().home(), [&](auto answer) {
            ++(answer.has_value() ? accepted : refused);
            if (answer.has_value()) return;
            EXPECT_EQ(answer.error().code, Errc::unavailable);
            EXPECT_TRUE(answer.error().retry_at.has_value());
        });
    }
    world().release();
    // By and by there is room again; a refusal is no reason for a test to fail.
    for (bool fenced = false; !fenced;) fenced = world().try_commit({{store::PutMeta{"fence", {}}}})->has_value();
    EXPECT_EQ(accepted, 4);
    EXPECT_EQ(refused, 8);
    int present = 0;
    for (int i = 0; i < 12; ++i) present += world().read_meta("name " + std::to_string(i)).has_value();
    EXPECT_EQ(present, accepted);
}

TEST_P(StoreContract, TellsWhatWasMadeDurableAndDestroyedHowManyWaitAndHowManyWereRefused) {
    struct Told {
        store::CommittedGroup durable;
        std::uint64_t refused = 0;
        std::optional<store::Refusal> why;
        std::uint64_t waiting = 0;
    };
    const auto told = std::make_shared<Told>();
    world_ = a_world({.queue_max = 1,
                      .watch = {.on_committed =
                                    [told](const store::CommittedGroup& group) {
                                        told->durable.transactions += group.transactions;
                                        told->durable.records += group.records;
                                        told->durable.keys_destroyed += group.keys_destroyed;
                                        told->durable.took += group.took;
                                    },
                                .on_refused =
                                    [told](std::uint64_t transactions, store::Refusal why) {
                                        told->refused += transactions;
                                        told->why = why;
                                    },
                                .on_waiting = [told](std::uint64_t transactions) { told->waiting = transactions; }}});
    world().commit({store::PutRoom{a_room(1)}, store::InsertKey{a_key(an_id<DataKeyId>(1), room, a_day)},
                    store::InsertKey{a_key(an_id<DataKeyId>(2), room, a_day)},
                    store::InsertKey{a_key(an_id<DataKeyId>(3))}});
    EXPECT_EQ(told->durable.transactions, 1u);
    EXPECT_EQ(told->durable.records, 4u);
    EXPECT_EQ(told->durable.keys_destroyed, 0u);
    EXPECT_GT(told->durable.took.count(), 0);
    // Two of the room's, which are due, and one by name; the other that is named is no key.
    world().commit({store::ExpireRoom{room, a_day}, store::DestroyKey{an_id<DataKeyId>(3)},
                    store::DestroyKey{an_id<DataKeyId>(4)}});
    EXPECT_EQ(told->durable.keys_destroyed, 3u);
    EXPECT_EQ(told->waiting, 0u);
    EXPECT_EQ(told->refused, 0u);

    // What follows the destroying is over when this is answered.
    world().commit({store::PutMeta{"fence", {}}});
    world().hold();
    for (int i = 0; i < 2; ++i) world().store().commit({{store::PutMeta{"name", {}}}}, world().home(), [](auto) {});
    EXPECT_EQ(told->waiting, 1u);
    EXPECT_EQ(told->refused, 1u);
    EXPECT_EQ(told->why, store::Refusal::too_many_waiting);
    world().release();
    world().reopen();
    EXPECT_EQ(told->waiting, 0u);
}

TEST_P(StoreContract, ASecondMessageAtOnePositionEndsTheStore) {
    world().commit({store::PutRoom{a_room(1)}, store::InsertMessage{a_message(room, 1)}});
    auto second = a_message(room, 1);
    second.id = an_id<MessageId>(2);
    EXPECT_TRUE(world().is_fatal({{store::InsertMessage{second}}}));
}

TEST_P(StoreContract, ASecondMessageWithOneIdEndsTheStore) {
    world().commit({store::PutRoom{a_room(1)}, store::InsertMessage{a_message(room, 1)}});
    auto second = a_message(room, 2);
    second.id = an_id<MessageId>(1);
    EXPECT_TRUE(world().is_fatal({{store::InsertMessage{second}}}));
}

TEST_P(StoreContract, ASecondStepAtOnePositionEndsTheStore) {
    world().commit({store::PutRoom{a_room(1)}, store::InsertMessage{a_message(room, 1)}});
    EXPECT_TRUE(world().is_fatal({{store::RetractMessage{room, an_id<MessageId>(1), Position{1}}}}));
}

TEST_P(StoreContract, ASecondKeyWithOneIdEndsTheStore) {
    world().commit({store::InsertKey{a_key(an_id<DataKeyId>(1))}});
    EXPECT_TRUE(world().is_fatal({{store::InsertKey{a_key(an_id<DataKeyId>(1))}}}));
}

TEST_P(StoreContract, ALoginIdOfSomebodyElseEndsTheStore) {
    world().commit({store::PutAccount{an_account(1)}});
    auto second = an_account(2);
    second.login_id = an_account(1).login_id;
    EXPECT_TRUE(world().is_fatal({{store::PutAccount{second}}}));
}

TEST_P(StoreContract, ATokenOfAnotherSessionEndsTheStore) {
    const auto account = an_account(1).id;
    world().commit({store::PutAccount{an_account(1)}, store::PutSession{a_session(account, 1)}});
    auto second = a_session(account, 2);
    second.token = a_session(account, 1).token;
    EXPECT_TRUE(world().is_fatal({{store::PutSession{second}}}));
}

}  // namespace
}  // namespace kindroom::test
