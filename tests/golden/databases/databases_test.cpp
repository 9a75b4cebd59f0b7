// A database of every schema that was ever released opens, is migrated, and says what it was told.
#include <algorithm>
#include <gmock/gmock.h>

#include "golden/databases/scene.hpp"
#include "store/memory_disk.hpp"
#include "store/sqlite/changes.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/queries.hpp"
#include "store/sqlite/ring_binding.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"

namespace kindroom::test {
namespace {

using testing::UnorderedElementsAreArray;

// What was asked in a post was not hidden before schema 4, and so was forgotten by it.
void forget_digests(store::Transaction& transaction) {
    for (auto& change : transaction.changes) {
        if (auto* said = std::get_if<store::InsertMessage>(&change)) said->message.request_digest = {};
        if (auto* held = std::get_if<store::PutHeld>(&change)) held->held.request_digest = {};
    }
}

class GoldenDatabase : public testing::TestWithParam<std::int64_t> {
  protected:
    GoldenDatabase() {
        const auto name = "schema_" + std::to_string(GetParam()) + ".db";
        const auto path = folder_.file(name);
        std::filesystem::copy(std::filesystem::path(KINDROOM_GOLDEN_DATABASES) / name, path);
        trouble_ = store::open_for_writing(database_, path, "");
        const auto ring = std::filesystem::path(KINDROOM_GOLDEN_DATABASES) / (name + ".ring");
        if (std::filesystem::exists(ring)) {
            std::filesystem::copy(ring, path + ".ring");
            std::filesystem::permissions(path + ".ring", std::filesystem::perms::owner_read);
        }
        auto bound = store::bind_ring(database_, path + ".ring");
        if (auto* why = std::get_if<std::string>(&bound)) trouble_ += *why;
        if (auto* opened = std::get_if<0>(&bound)) ring_ = std::move(*opened);
        for (auto& transaction : scene_of(GetParam())) {
            if (GetParam() < 4) forget_digests(transaction);
            told_.apply(transaction);
        }
    }

    void expect_the_room_as_told();
    void expect_the_people_as_told();
    void expect_the_log_as_told() {
        const store::Store::AuditQuery all{.after = 0, .limit = 1'000};
        EXPECT_EQ(store::read_audit(database_, all), told_.read_audit(all));
    }
    void expect_the_cases_as_told();

    TemporaryFolder folder_;
    std::unique_ptr<store::KeyRing> ring_;
    store::Database database_;
    std::string trouble_;
    // The same scene in the store that has no schema.
    store::MemoryDisk told_{a_chain_key()};
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

void GoldenDatabase::expect_the_room_as_told() {
    const store::Store::RoomQuery query{.room = a_room(1).id, .window_steps = 100, .accepted_since = {}};
    const auto found = store::load_room(database_, query);
    const auto told = told_.load_room(query);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->head, told->head);
    EXPECT_EQ(found->window, told->window);
    EXPECT_FALSE(found->window.empty());
    EXPECT_THAT(found->memberships, UnorderedElementsAreArray(told->memberships));
    EXPECT_THAT(found->accepted, UnorderedElementsAreArray(told->accepted));
    EXPECT_THAT(found->held, UnorderedElementsAreArray(told->held));
    EXPECT_THAT(found->invites, UnorderedElementsAreArray(told->invites));
    EXPECT_THAT(found->keys, UnorderedElementsAreArray(told->keys));
}

TEST_P(GoldenDatabase, HasItsRoomsWithAllThatWasSaidThere) {
    EXPECT_THAT(store::list_rooms(database_), UnorderedElementsAreArray(told_.list_rooms()));
    expect_the_room_as_told();
}

void GoldenDatabase::expect_the_people_as_told() {
    for (std::uint64_t number = 1; number <= 3; ++number) {
        const auto id = an_id<AccountId>(number);
        const auto found = store::load_account(database_, id);
        const auto told = told_.load_account(id);
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->account, told->account);
        EXPECT_THAT(found->sessions, UnorderedElementsAreArray(told->sessions));
        EXPECT_THAT(found->matters, UnorderedElementsAreArray(told->matters));
        EXPECT_THAT(found->received, UnorderedElementsAreArray(told->received));
        EXPECT_THAT(found->keys, UnorderedElementsAreArray(told->keys));
        EXPECT_EQ(store::find_account(database_, told->account.login_id), id);
        EXPECT_THAT(store::rooms_of(database_, id), UnorderedElementsAreArray(told_.rooms_of(id)));
    }
}

TEST_P(GoldenDatabase, HasItsPeopleWithTheirDevicesTheirDecisionsAndWhatIsPrivateToThem) {
    expect_the_people_as_told();
}

void GoldenDatabase::expect_the_cases_as_told() {
    const auto found = store::load_cases(database_);
    const auto told = told_.load_cases();
    EXPECT_THAT(found.cases, UnorderedElementsAreArray(told.cases));
    EXPECT_THAT(found.reports, UnorderedElementsAreArray(told.reports));
    EXPECT_THAT(found.keys, UnorderedElementsAreArray(told.keys));
    for (std::uint64_t number = 3; number <= 5; ++number)
        EXPECT_EQ(store::find_report(database_, a_report(number).receipt),
                  told_.find_report(a_report(number).receipt));
}

TEST_P(GoldenDatabase, HasTheHousesOwnThings) {
    EXPECT_EQ(store::find_invite(database_, an_id<SecretHash>(1)), told_.find_invite(an_id<SecretHash>(1)));
    EXPECT_EQ(store::open_decisions(database_), told_.open_decisions());
    for (const std::uint64_t number : {1, 2, 3})
        EXPECT_EQ(store::find_decision(database_, a_decision(number).id), told_.find_decision(a_decision(number).id));
    expect_the_cases_as_told();
    EXPECT_EQ(store::load_rules(database_), told_.load_rules());
    expect_the_log_as_told();
    EXPECT_EQ(store::read_meta(database_, "master_key"), told_.read_meta("master_key"));
}

TEST_P(GoldenDatabase, GoesOnAsIfItHadAlwaysHadTheNewestSchema) {
    const auto all = scene_of(store::newest_schema());
    for (auto at = scene_of(GetParam()).size(); at < all.size(); ++at) {
        store::apply(database_, all[at], a_chain_key());
        told_.apply(all[at]);
    }
    ASSERT_FALSE(database_.has_failed());
    expect_the_room_as_told();
    expect_the_people_as_told();
    expect_the_log_as_told();
    EXPECT_EQ(store::open_decisions(database_), told_.open_decisions());
    EXPECT_EQ(store::list_erasures(database_), told_.list_erasures());
    expect_the_cases_as_told();
}

// A database is no witness for a table in which it has nothing.
TEST_P(GoldenDatabase, HasRowsInEachTableOfItsSchema) {
    database_.execute("ANALYZE");
    std::vector<std::string> without_rows;
    for (store::Rows row = database_.query(R"sql(
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN (SELECT tbl FROM sqlite_stat1))sql");
         row.next();)
        without_rows.push_back(row.take<std::string>());
    // What is to be destroyed in the ring is destroyed before a file is written.
    std::vector<std::string> younger{"destroyed_leaves"};
    if (GetParam() < 2) younger.insert(younger.end(), {"held_messages", "matters", "received", "reports"});
    if (GetParam() < 3)
        younger.insert(younger.end(), {"audit_log", "cases", "decisions", "network_bans", "room_invites"});
    if (GetParam() < 4) younger.push_back("erasures");
    EXPECT_THAT(without_rows, UnorderedElementsAreArray(younger));
    EXPECT_FALSE(database_.has_failed());
}

// Every schema that was released. Of the newest one there is a file from its release on.
std::vector<std::int64_t> written_schemas() {
    std::vector<std::int64_t> all;
    for (std::int64_t schema = 1; schema < store::newest_schema(); ++schema) all.push_back(schema);
    const auto newest = "schema_" + std::to_string(store::newest_schema()) + ".db";
    if (std::filesystem::exists(std::filesystem::path(KINDROOM_GOLDEN_DATABASES) / newest))
        all.push_back(store::newest_schema());
    return all;
}

INSTANTIATE_TEST_SUITE_P(Schema, GoldenDatabase, testing::ValuesIn(written_schemas()));

}  // namespace
}  // namespace kindroom::test
