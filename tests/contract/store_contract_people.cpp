// Accounts, sessions, invites, rules and the server's own notes.
#include <algorithm>
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::UnorderedElementsAre;

TEST_P(StoreContract, AnAccountComesBackAsItWasLastPut) {
    EXPECT_TRUE(rc::check([&] {
        auto record = any_account();
        record.login_id = "somebody";
        record.id = an_id<AccountId>(1);
        world().commit({store::PutAccount{record}});
        RC_ASSERT(world().load_account(record.id)->account == record);
        RC_ASSERT(world().find_account("somebody") == record.id);
    }));
}

TEST_P(StoreContract, ASessionComesBackAsItWasLastPut) {
    world().commit({store::PutAccount{an_account(1)}});
    EXPECT_TRUE(rc::check([&] {
        auto record = any_session(an_account(1).id);
        world().commit({store::PutSession{record}});
        const auto id = record.id;
        const auto old_token = record.token;
        record = any_session(an_account(1).id);
        record.id = id;
        world().commit({store::PutSession{record}});
        const auto sessions = world().load_account(an_account(1).id)->sessions;
        const auto found = std::ranges::find(sessions, id, &store::SessionRecord::id);
        RC_ASSERT(found != sessions.end());
        RC_ASSERT(*found == record);
        RC_ASSERT(world().find_session(record.token) == an_account(1).id);
        RC_ASSERT(old_token == record.token || !world().find_session(old_token));
    }));
}

TEST_P(StoreContract, AnInviteComesBackAsItWasLastPut) {
    EXPECT_TRUE(rc::check([&] {
        auto record = any_invite();
        world().commit({store::PutInvite{record}});
        const auto code = record.code;
        record = any_invite();
        record.code = code;
        world().commit({store::PutInvite{record}});
        RC_ASSERT(world().find_invite(code) == record);
    }));
}

TEST_P(StoreContract, RulesComeBackAsTheyWerePut) {
    EXPECT_TRUE(rc::check([&] {
        auto record = any_rules();
        record.rules.version = UINT32_MAX;
        world().commit({store::PutRules{record}});
        RC_ASSERT(world().load_rules() == record);
    }));
}

TEST_P(StoreContract, ALoginIdIsFoundAsItIsWrittenAndNoOther) {
    world().commit({store::PutAccount{an_account(1)}, store::PutAccount{an_account(2)}});
    EXPECT_THAT(world().find_account("login-2"), Optional(an_account(2).id));
    EXPECT_FALSE(world().find_account("LOGIN-2"));
    EXPECT_FALSE(world().find_account(""));
}

TEST_P(StoreContract, ALoginIdThatWasGivenUpIsFreeAgain) {
    auto record = an_account(1);
    world().commit({store::PutAccount{record}});
    record.login_id = "another";
    world().commit({store::PutAccount{record}});
    EXPECT_FALSE(world().find_account("login-1"));
    EXPECT_THAT(world().find_account("another"), Optional(record.id));
}

TEST_P(StoreContract, AnEndedSessionIsGoneAndTheOthersStay) {
    const auto account = an_account(1).id;
    world().commit({store::PutAccount{an_account(1)}, store::PutSession{a_session(account, 1)},
                    store::PutSession{a_session(account, 2)}});
    world().commit({store::DeleteSession{a_session(account, 1).id}});
    EXPECT_FALSE(world().find_session(a_session(account, 1).token));
    EXPECT_THAT(world().find_session(a_session(account, 2).token), Optional(account));
    EXPECT_THAT(world().load_account(account)->sessions, ElementsAre(a_session(account, 2)));
    // Ending it once more is no contradiction: two devices may do so at once.
    world().commit({store::DeleteSession{a_session(account, 1).id}});
}

TEST_P(StoreContract, AnAccountBringsTheKeysOfItsPersonItsBanAndItsDevicesEachOnce) {
    auto record = an_account(1);
    const auto person = a_key(record.person_key);
    const auto decision = a_key(an_id<DataKeyId>(50));
    record.ban = some_words(decision.id, record.person_key, "a statement of reasons");
    world().commit({store::InsertKey{person}, store::InsertKey{decision}, store::PutAccount{record},
                    store::PutSession{a_session(record.id, 1)}, store::PutSession{a_session(record.id, 2)}});
    EXPECT_THAT(world().load_account(record.id)->keys, UnorderedElementsAre(person, decision));
}

TEST_P(StoreContract, AnInviteWithoutUsesIsGone) {
    store::InviteRecord invite{.code = an_id<SecretHash>(1), .standing = {}, .uses_left = 1, .ends_at = a_day};
    world().commit({store::PutInvite{invite}});
    invite.uses_left = 0;
    world().commit({store::PutInvite{invite}});
    EXPECT_FALSE(world().find_invite(invite.code));
}

TEST_P(StoreContract, TheRulesInForceAreThoseOfTheHighestVersion) {
    EXPECT_FALSE(world().load_rules());
    const auto version = [](std::uint32_t number) {
        return store::RulesRecord{
            .rules = {.version = number, .rules = {{"kind", "Be kind."}}}, .file_digest = {}, .published_at = a_day};
    };
    world().commit({store::PutRules{version(2)}});
    world().commit({store::PutRules{version(10)}});
    world().commit({store::PutRules{version(9)}});
    EXPECT_THAT(world().load_rules(), Optional(version(10)));
}

TEST_P(StoreContract, ANoteOfTheServerIsKeptUnderItsName) {
    world().commit({store::PutMeta{"one", to_bytes("1")}, store::PutMeta{"empty", {}}});
    world().commit({store::PutMeta{"one", to_bytes("uno")}});
    EXPECT_THAT(world().read_meta("one"), Optional(to_bytes("uno")));
    EXPECT_THAT(world().read_meta("empty"), Optional(IsEmpty()));
    EXPECT_FALSE(world().read_meta("two"));
}

TEST_P(StoreContract, AskingForPeopleWhoDoNotExistSucceedsWithNothing) {
    EXPECT_FALSE(world().load_account(an_id<AccountId>(1)));
    EXPECT_FALSE(world().find_account("nobody"));
    EXPECT_FALSE(world().find_session(an_id<SecretHash>(1)));
    EXPECT_FALSE(world().find_invite(an_id<SecretHash>(1)));
}

}  // namespace
}  // namespace kindroom::test
