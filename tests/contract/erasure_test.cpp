// PROMISES P12: what was to be deleted is gone, on the disk and in every copy that was made before. Somebody has kept
// yesterday's files, and tries them with all keys that remain and with the server's own code.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>

#include "contract/sealed_house.hpp"
#include "operator/data_orders.hpp"
#include "store/sqlite/backup.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/ring_binding.hpp"

namespace kindroom::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class Erasure : public testing::Test {
  protected:
    // Ana and Ben say something today; a day is kept for two.
    Erasure() {
        house_.say(1, ana_, today_, "canary of Ana, kept for two days");
        house_.say(2, ben_, today_, "canary of Ben, kept for two days");
        house_.say(1, ana_, later_, "canary of Ana, kept for long");
        house_.say(2, ben_, later_, "canary of Ben, kept for long");
    }

    // Yesterday's files: the database and its log as they lie there, and a backup.
    // Keys that stood in it without a ring are in it no more; it is emptied soon after such a start.
    void wait_for_an_empty_log() {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (fs::file_size(house_.file("kindroom.db-wal")) > 0 && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        ASSERT_EQ(fs::file_size(house_.file("kindroom.db-wal")), 0u);
    }
    void keep_copies() {
        fs::create_directory(house_.file("kept"));
        for (const char* name : {"kindroom.db", "kindroom.db-wal", "kindroom.ring"})
            fs::copy(house_.file(name), house_.file(std::string("kept/") + name));
        ASSERT_EQ(store::make_backup(house_.file("kindroom.db"), house_.file("kept/backup"), house_.master(),
                                     SealedHouse::day(0), [](auto, auto) {}),
                  std::nullopt);
        // Without what a backup has behind its database, as a thief would open it.
        ASSERT_EQ(store::take_out_of_backup(house_.file("kept/backup"), house_.master(), house_.file("kept/opened.db")),
                  std::nullopt);
    }
    // What the server's own code reads of a kept database with this ring.
    std::vector<std::string> readable(const std::string& database, const std::string& ring) {
        // On copies, since opening one writes.
        const TemporaryFolder desk;
        for (const char* ending : {"", "-wal"})
            if (fs::exists(house_.file(database + ending)))
                fs::copy(house_.file(database + ending), desk.file(std::string("kindroom.db") + ending));
        fs::copy(house_.file(ring), desk.file("kindroom.ring"));
        auto opened = house_.open(desk.file("kindroom.db"), desk.file("kindroom.ring"));
        if (const auto* trouble = std::get_if<std::string>(&opened)) return ADD_FAILURE() << *trouble, Lines{};
        return house_.readable(*std::get<0>(opened), house_.master());
    }
    // What any pair of keys opens that can be had from a kept database with this ring and the master key: more than the
    // server would ever try.
    std::vector<std::string> opened_by_any_keys(const std::string& database, const std::string& ring_file) {
        const TemporaryFolder desk;
        for (const char* ending : {"", "-wal"})
            if (fs::exists(house_.file(database + ending)))
                fs::copy(house_.file(database + ending), desk.file(std::string("kindroom.db") + ending));
        auto opened_ring = store::KeyRing::open(house_.file(ring_file));
        const auto& ring = std::get<store::KeyRing>(opened_ring);
        const crypto::Vault vault(house_.master());
        store::Database db;
        EXPECT_EQ(store::open_for_writing(db, desk.file("kindroom.db"), ""), "");
        std::vector<crypto::DataKey> keys;
        for (const auto& stored : store::stored_keys(db)) {
            for (const auto leaf : {stored.leaf, store::KeyRing::no_leaf})
                if (const auto wrapped = ring.unwrap(stored.key.id, stored.key.wrapped, leaf))
                    if (const auto key = vault.unwrap(*wrapped, stored.key.id)) keys.push_back(*key);
        }
        std::vector<std::string> texts;
        for (store::Rows row = db.query("SELECT room, id, box FROM messages"); row.next();) {
            const auto room = row.take<RoomId>();
            const auto message = row.take<MessageId>();
            const auto box = row.take<Bytes>();
            for (const auto& place : keys)
                for (const auto& person : keys)
                    if (auto text = crypto::Vault::open(box, &place, &person,
                                                        {.room = room, .message = message, .kind = "content"}))
                        texts.push_back(*text);
        }
        return texts;
    }
    // In each kind of copy that was kept.
    void expect_readable(const std::vector<std::string>& words, const std::string& ring) {
        for (const char* kept : {"kept/kindroom.db", "kept/opened.db"}) {
            SCOPED_TRACE(std::string(kept) + " with " + ring);
            EXPECT_THAT(readable(kept, ring), testing::UnorderedElementsAreArray(words));
            EXPECT_THAT(opened_by_any_keys(kept, ring), testing::UnorderedElementsAreArray(words));
        }
    }
    // Nothing that anybody said is on the disk in the clear, and of these keys no byte is left, wrapped or not.
    void expect_nothing_left_of(const std::vector<Bytes>& wrapped) {
        for (const auto& entry : fs::directory_iterator(fs::path(house_.file("")))) {
            if (!entry.is_regular_file()) continue;
            const auto content = content_of(entry.path());
            EXPECT_EQ(content.find("canary"), std::string::npos) << entry.path();
            for (const auto& bytes : wrapped)
                EXPECT_EQ(content.find(as_text(bytes)), std::string::npos) << entry.path();
        }
    }
    // As they lie in the database, under the ring.
    std::vector<Bytes> wrapped_as_stored(const std::vector<DataKeyId>& ids) {
        store::Database db;
        EXPECT_EQ(store::open_to_look(db, house_.file("kindroom.db")), "");
        std::vector<Bytes> found;
        for (const auto& stored : store::stored_keys(db))
            if (std::ranges::find(ids, stored.key.id) != ids.end()) found.push_back(stored.key.wrapped);
        return found;
    }

    using Lines = std::vector<std::string>;
    const Lines all_{"canary of Ana, kept for two days", "canary of Ben, kept for two days",
                     "canary of Ana, kept for long", "canary of Ben, kept for long"};

    SealedHouse house_;
    const Keeper today_ = house_.key(house_.room, SealedHouse::day(2));
    const Keeper later_ = house_.key(house_.room, SealedHouse::day(30));
    const Keeper ana_ = house_.person(1);
    const Keeper ben_ = house_.person(2);
};

TEST_F(Erasure, P12WordsWhoseTimeIsOverAreReadInNoCopyThatWasMadeBefore) {
    keep_copies();
    // The means of this test read what can be read.
    expect_readable(all_, "kept/kindroom.ring");
    const auto doomed = wrapped_as_stored({today_.id});
    ASSERT_EQ(doomed.size(), 1u);
    house_.commit({store::ExpireRoom{house_.room, SealedHouse::day(2)}});
    EXPECT_THAT(house_.readable(), ElementsAre(all_[2], all_[3]));
    house_.stop();
    expect_readable({all_[2], all_[3]}, "kindroom.ring");
    expect_nothing_left_of(doomed);
}

TEST_F(Erasure, P12TheWordsOfAnErasedAccountAreReadInNoCopyThatWasMadeBefore) {
    keep_copies();
    expect_readable(all_, "kept/kindroom.ring");
    const auto doomed = wrapped_as_stored({ana_.id});
    house_.commit({store::EraseAccount{an_account(1).id}});
    EXPECT_THAT(house_.readable(), ElementsAre(all_[1], all_[3]));
    house_.stop();
    expect_readable({all_[1], all_[3]}, "kindroom.ring");
    expect_nothing_left_of(doomed);
}

TEST_F(Erasure, P12AKeyOfItsOwnIsDestroyedByItselfAndNoOtherWithIt) {
    const auto evidence = house_.key();
    keep_copies();
    const auto doomed = wrapped_as_stored({evidence.id});
    house_.commit({store::DestroyKey{evidence.id}});
    house_.stop();
    expect_readable(all_, "kindroom.ring");
    expect_nothing_left_of(doomed);
}

TEST_F(Erasure, P12WhatACrashCutShortIsDestroyedAtTheNextStart) {
    keep_copies();
    house_.stop();
    {
        // As a server leaves it that dies between the commit and the ring.
        store::Database db;
        ASSERT_EQ(store::open_for_writing(db, house_.file("kindroom.db"), ""), "");
        db.execute("BEGIN");
        store::condemn(db, 1, store::KeyRing::last_day(SealedHouse::day(2)));
        db.execute("COMMIT");
    }
    expect_readable(all_, "kindroom.ring");
    house_.start();
    house_.stop();
    expect_readable({all_[2], all_[3]}, "kindroom.ring");
}

TEST_F(Erasure, AKeyThatIsMadeTogetherWithTheEndOfTheLastOneIsNotDestroyedWithIt) {
    // Ben's key hangs from the last leaf that is in use.
    const auto cleo = house_.new_key();
    auto account = an_account(3);
    account.person_key = cleo.id;
    house_.commit({store::EraseAccount{an_account(2).id}, house_.keeping(cleo), store::PutAccount{account},
                   store::PutMembership{{.room = house_.room, .account = account.id, .name = {}}}});
    house_.say(3, cleo, later_, "canary of Cleo");
    house_.stop();
    house_.start();
    EXPECT_THAT(house_.readable(), ElementsAre(all_[0], all_[2], "canary of Cleo"));
}

TEST_F(Erasure, ADayThatIsOverInTheSameTransactionTakesNoKeyOfAClockThatIsSetBackAlong) {
    const auto place = house_.new_key();
    house_.commit({store::ExpireRoom{house_.room, SealedHouse::day(2)},
                   house_.keeping(place, house_.room, SealedHouse::day(2))});
    house_.say(1, ana_, place, "canary of a day that came twice");
    house_.stop();
    house_.start();
    EXPECT_THAT(house_.readable(), ElementsAre(all_[2], all_[3], "canary of a day that came twice"));
}

TEST_F(Erasure, ADayThatIsGoneAfterAClockWasSetForwardKeepsNobodyFromWritingOn) {
    house_.commit({store::ExpireRoom{house_.room, SealedHouse::day(365)}});
    EXPECT_THAT(house_.readable(), IsEmpty());
    // Set right again: the day of this key is over in the ring, so it hangs by itself.
    const auto place = house_.key(house_.room, SealedHouse::day(2));
    house_.say(1, ana_, place, "canary after the clock was set right");
    EXPECT_THAT(house_.readable(), ElementsAre("canary after the clock was set right"));
    keep_copies();
    house_.commit({store::ExpireRoom{house_.room, SealedHouse::day(2)}});
    house_.stop();
    expect_readable({}, "kindroom.ring");
}

TEST_F(Erasure, ADatabaseOfAVersionWithoutARingIsPutUnderOne) {
    house_.stop();
    {
        // As version 3 left it: wrapped under the master key only.
        store::Database db;
        ASSERT_EQ(store::open_for_writing(db, house_.file("kindroom.db"), ""), "");
        auto ring = store::bind_ring(db, house_.file("kindroom.ring"));
        for (const auto& stored : store::stored_keys(db))
            db.run("UPDATE data_keys SET wrapped = ?2, leaf = 0 WHERE id = ?1", stored.key.id,
                   *std::get<0>(ring)->unwrap(stored.key.id, stored.key.wrapped, stored.leaf));
        db.execute("DELETE FROM meta WHERE name = 'key_ring'");
        ASSERT_FALSE(db.has_failed());
    }
    fs::remove(house_.file("kindroom.ring"));
    house_.start();
    EXPECT_EQ(house_.readable(), all_);
    wait_for_an_empty_log();
    keep_copies();
    house_.commit({store::EraseAccount{an_account(1).id}});
    house_.stop();
    expect_readable({all_[1], all_[3]}, "kindroom.ring");
}

// Else its leaves would be given out twice, and whoever is erased in the new one would be gone in the old one.
TEST_F(Erasure, ARingOfADatabaseThatIsMissingIsNotUsedForANewOne) {
    house_.commit({store::EraseAccount{an_account(1).id}});
    house_.stop();
    fs::create_directory(house_.file("away"));
    for (const char* ending : {"", "-wal", "-shm"})
        if (fs::exists(house_.file(std::string("kindroom.db") + ending)))
            fs::rename(house_.file(std::string("kindroom.db") + ending), house_.file(std::string("away/db") + ending));
    const auto opened = house_.open(house_.file("kindroom.db"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_THAT(std::get<std::string>(opened), testing::HasSubstr("belongs to a database that is not there"));
}

TEST_F(Erasure, WithoutItsRingOrWithAnothersADatabaseIsNotOpened) {
    house_.stop();
    fs::rename(house_.file("kindroom.ring"), house_.file("away"));
    auto opened = house_.open(house_.file("kindroom.db"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_THAT(std::get<std::string>(opened), testing::HasSubstr("put its newest copy there"));
    EXPECT_FALSE(fs::exists(house_.file("kindroom.ring"))) << "a new one would only hide that it is missing";

    // Under a name that a crash could have left, too.
    const std::string content = content_of(house_.file("away"));
    fs::copy(house_.file("away"), house_.file("kindroom.ring.old"));
    opened = house_.open(house_.file("kindroom.db"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_EQ(content_of(house_.file("kindroom.ring.old")), content);
    fs::remove(house_.file("kindroom.ring.old"));

    ASSERT_TRUE(std::holds_alternative<store::KeyRing>(store::KeyRing::create(house_.file("kindroom.ring"))));
    opened = house_.open(house_.file("kindroom.db"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_THAT(std::get<std::string>(opened), testing::HasSubstr("belongs to another database"));

    auto damaged = content_of(house_.file("away"));
    damaged[damaged.size() / 2] ^= 1;
    std::ofstream(house_.file("kindroom.ring"), std::ios::binary) << damaged;
    opened = house_.open(house_.file("kindroom.db"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_THAT(std::get<std::string>(opened), testing::HasSubstr("or damaged"));

    fs::rename(house_.file("away"), house_.file("kindroom.ring"));
    fs::permissions(house_.file("kindroom.ring"), fs::perms::others_read, fs::perm_options::add);
    opened = house_.open(house_.file("kindroom.db"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_THAT(std::get<std::string>(opened), testing::HasSubstr("chmod 600"));
}

}  // namespace
}  // namespace kindroom::test
