// Every failure at every step: the state is the one before or the one after, and never one between.
#include <gmock/gmock.h>

#include "contract/store_contents.hpp"
#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

const RoomId room = a_room(1).id;
const Named named{.accounts = {an_account(1).id, an_account(2).id},
                  .invite = an_id<SecretHash>(1),
                  .report = a_report(1).receipt,
                  .meta = "name"};

// Transactions of several changes each, so that half of one would show.
std::vector<store::Transaction> a_script() {
    const auto account = an_account(1);
    const auto due = a_day + Duration{1'000};
    const DataKeyId today = place_key_of(room);
    const store::InviteRecord invite{.code = named.invite, .standing = {}, .uses_left = 2, .ends_at = a_day};
    store::InviteRecord used = invite;
    used.uses_left = 1;
    const store::MembershipRecord member{.room = room, .account = account.id, .name = {}};
    const auto received = [&](std::uint64_t position) {
        return store::PutReceived{{.account = account.id, .room = room, .position = Position{position}}};
    };
    auto changed = a_matter(account.id, 1);
    changed.content.box = to_bytes("changed");
    auto left = member;
    left.joined = false;
    left.left_at = a_day;
    // Number 6 is held and then released; number 7 is held until its key ends.
    return {
        {{store::PutInvite{invite}, store::PutMeta{"name", to_bytes("1")}}},
        {{store::PutRoom{a_room(1)}, store::InsertKey{a_key(today, room, due)}}},
        {{store::InsertKey{a_key(account.person_key)}, store::PutAccount{account},
          store::PutSession{a_session(account.id, 1)}, store::PutInvite{used}}},
        {{store::PutMembership{member},
          store::PutRules{{.rules = {.version = 1, .rules = {}}, .file_digest = {}, .published_at = a_day}}}},
        {{store::InsertMessage{a_message(room, 1)}, store::InsertMessage{a_message(room, 2)}}},
        {{store::EditMessage{room, an_id<MessageId>(1), Position{3}, a_day, some_words(today, {}, "new")},
          store::InsertMessage{a_message(room, 4)}}},
        {{store::RetractMessage{room, an_id<MessageId>(2), Position{5}}, store::PutMeta{"name", to_bytes("2")}}},
        {{store::DeleteSession{a_session(account.id, 1).id}, store::PutAccount{an_account(2)}}},
        {{store::PutHeld{a_held(room, 6)}, store::PutHeld{a_held(room, 7)}, store::PutMatter{a_matter(account.id, 1)},
          store::PutMatter{a_matter(account.id, 2)}, received(4)}},
        {{store::DeleteHeld{room, an_id<MessageId>(6)}, store::InsertMessage{a_message(room, 6)}, received(6),
          store::PutMatter{changed}, store::DeleteMatter{account.id, an_id<MatterId>(2)}}},
        {{store::InsertKey{a_key(a_case(1).content.place_key)}, store::PutCase{a_case(1)},
          store::PutReport{a_report(1)}, store::PutMembership{left}}},
        {{store::MarkReportSeen{a_report(1).receipt}, store::PutCase{a_case(2)}}},
        {{store::DestroyKey{a_case(1).content.place_key}, store::DeleteCase{a_case(1).id}}},
        {{store::ExpireRoom{room, due}, store::PutMeta{"name", to_bytes("3")}}},
    };
}

TEST_P(StoreContract, AtEveryFailureOfEveryStepTheStateIsTheOneBeforeOrTheOneAfter) {
    // What there is after each transaction when nothing fails.
    std::vector<Contents> after{read_contents(world(), named)};
    for (const auto& transaction : a_script()) {
        world().commit(transaction.changes);
        after.push_back(read_contents(world(), named));
    }

    for (const std::string& how : world().failures()) {
        bool failed = true;
        for (std::uint64_t n = 0; failed; ++n) {
            ASSERT_LT(n, 1'000u);
            SCOPED_TRACE(how + " at step " + std::to_string(n));
            const auto broken = a_world();
            broken->fail(how, n);
            for (std::size_t done = 0; done < a_script().size();) {
                const auto answer = broken->try_commit(a_script()[done]);
                if (answer && *answer) {
                    ++done;
                    continue;
                }
                if (answer) {
                    // A refusal is "not at all", and asking again succeeds since the trouble has passed.
                    ASSERT_EQ(answer->error().code, Errc::unavailable);
                    ASSERT_TRUE(read_contents(*broken, named) == after[done]);
                    continue;
                }
                ASSERT_TRUE(broken->has_died());
                broken->reopen();
                const auto found = read_contents(*broken, named);
                if (found == after[done + 1]) {
                    ++done;
                } else {
                    ASSERT_TRUE(found == after[done]);
                }
            }
            failed = broken->has_failed();
            broken->reopen();
            ASSERT_TRUE(read_contents(*broken, named) == after.back());
        }
    }
}

TEST_P(StoreContract, AfterItsEndAStoreNeverSaysSuccessAgain) {
    world().commit({store::PutMeta{"name", to_bytes("before")}});
    world().fail(world().failures().back(), 0);
    EXPECT_FALSE(world().try_commit({{store::PutMeta{"name", to_bytes("lost")}}}));
    ASSERT_TRUE(world().has_died());
    EXPECT_FALSE(world().try_commit({{store::PutMeta{"other", {}}}}));
    EXPECT_FALSE(world().ask<std::optional<Bytes>>(
        [](store::Store& store, Scheduler& home, auto then) { store.read_meta("name", home, std::move(then)); }));
    world().reopen();
    EXPECT_FALSE(world().read_meta("other"));
}

}  // namespace
}  // namespace kindroom::test
