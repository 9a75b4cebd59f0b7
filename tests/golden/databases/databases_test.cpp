// A database of every schema that was ever released opens, is migrated, and says what it was told.
#include <algorithm>
#include <gmock/gmock.h>

#include "golden/databases/scene.hpp"
#include "store/memory_disk.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/queries.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"

namespace kindroom::test {
namespace {

using testing::UnorderedElementsAreArray;

class GoldenDatabase : public testing::TestWithParam<int> {
  protected:
    GoldenDatabase() {
        const auto name = "schema_" + std::to_string(GetParam()) + ".db";
        const auto path = folder_.file(name);
        std::filesystem::copy(std::filesystem::path(KINDROOM_GOLDEN_DATABASES) / name, path);
        trouble_ = store::open_for_writing(database_, path, "");
        for (const auto& transaction : scene_1()) told_.apply(transaction);
    }

    TemporaryFolder folder_;
    store::Database database_;
    std::string trouble_;
    // The same scene in the store that has no schema.
    store::MemoryDisk told_;
};

TEST_P(GoldenDatabase, OpensWithTheNewestSchemaAndWithoutDamage) {
    ASSERT_EQ(trouble_, "");
    store::Rows schema = database_.query("PRAGMA user_version");
    ASSERT_TRUE(schema.next());
    EXPECT_EQ(schema.take<std::int64_t>(), store::newest_schema());
    store::Rows integrity = database_.query("PRAGMA integrity_check");
    ASSERT_TRUE(integrity.next());
    EXPECT_EQ(integrity.take<std::string>(), "ok");
}

TEST_P(GoldenDatabase, HasItsRoomsWithAllThatWasSaidThere) {
    EXPECT_THAT(store::list_rooms(database_), UnorderedElementsAreArray(told_.list_rooms()));
    const store::Store::RoomQuery query{.room = a_room(1).id, .window_steps = 100, .accepted_since = {}};
    const auto found = store::load_room(database_, query);
    const auto told = told_.load_room(query);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->head, told->head);
    EXPECT_EQ(found->window, told->window);
    EXPECT_FALSE(found->window.empty());
    EXPECT_THAT(found->memberships, UnorderedElementsAreArray(told->memberships));
    EXPECT_THAT(found->accepted, UnorderedElementsAreArray(told->accepted));
    EXPECT_THAT(found->keys, UnorderedElementsAreArray(told->keys));
}

TEST_P(GoldenDatabase, HasItsPeopleWithTheirDevicesAndDecisions) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
        const auto id = an_id<AccountId>(number);
        const auto found = store::load_account(database_, id);
        const auto told = told_.load_account(id);
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->account, told->account);
        EXPECT_THAT(found->sessions, UnorderedElementsAreArray(told->sessions));
        EXPECT_THAT(found->keys, UnorderedElementsAreArray(told->keys));
        EXPECT_EQ(store::find_account(database_, told->account.login_id), id);
        EXPECT_THAT(store::rooms_of(database_, id), UnorderedElementsAreArray(told_.rooms_of(id)));
    }
}

TEST_P(GoldenDatabase, HasTheHousesOwnThings) {
    EXPECT_EQ(store::find_invite(database_, an_id<SecretHash>(1)), told_.find_invite(an_id<SecretHash>(1)));
    EXPECT_EQ(store::load_rules(database_), told_.load_rules());
    EXPECT_EQ(store::read_meta(database_, "master_key"), told_.read_meta("master_key"));
}

INSTANTIATE_TEST_SUITE_P(Schema, GoldenDatabase, testing::Range(1, static_cast<int>(store::newest_schema()) + 1));

}  // namespace
}  // namespace kindroom::test
