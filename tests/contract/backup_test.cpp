// Backups: whole while the server writes, refused when anything is wrong with them, and brought back without what was
// destroyed since.
#include "store/sqlite/backup.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <gmock/gmock.h>
#include <random>
#include <sys/stat.h>
#include <thread>

#include "contract/backed_up.hpp"
#include "store/sqlite/backup_note.hpp"
#include "store/sqlite/changes_keys.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "support/environment.hpp"

namespace kindroom::test {
namespace {

using operator_::MakeBackup;
using operator_::Restore;
using testing::ElementsAre;
using testing::HasSubstr;

int mutations_wanted() { return static_cast<int>(from_environment("KINDROOM_MUTATIONS").value_or(1'000)); }

std::uint64_t seed() { return from_environment("KINDROOM_SEED").value_or(20'261'128); }

TEST_F(Backup, OfARunningServerHasAllThatWasAcceptedBefore) {
    EXPECT_THAT(make(), HasSubstr("made   " + backup()));
    EXPECT_EQ(code_, 0);
    struct stat about {};
    for (const auto& file : {backup(), house_.file("copies/kindroom.ring")}) {
        ASSERT_EQ(::stat(file.c_str(), &about), 0) << file;
        EXPECT_EQ(about.st_mode & 0777u, 0600u) << file;
    }
    EXPECT_FALSE(fs::exists(backup() + ".part"));
    const auto told = verify();
    EXPECT_EQ(code_, 0) << told;
    EXPECT_THAT(told, HasSubstr("whole and unchanged, of this house"));
    EXPECT_THAT(told, HasSubstr("passes SQLite's own check"));
    EXPECT_THAT(told, HasSubstr("keys: 2 open, 0 destroyed since"));
    EXPECT_THAT(told, HasSubstr("messages: 1 open, 0 gone for good"));
}

TEST_F(Backup, IsOfOneMomentHoweverMuchIsWrittenMeanwhile) {
    // Two words in each transaction: half of one would show.
    std::atomic<bool> goes_on = true;
    std::uint64_t written = 0;
    std::thread writer([&] {
        while (goes_on) {
            std::vector<store::Change> two;
            for (int i = 0; i < 2; ++i) two.push_back(store::PutMeta{"number " + std::to_string(2 * written + i), {}});
            house_.commit(std::move(two));
            ++written;
        }
    });
    for (int i = 0; i < 5; ++i) {
        EXPECT_THAT(order(MakeBackup{.file = backup() + std::to_string(i), .ring = {}}), HasSubstr("made   "));
        EXPECT_EQ(code_, 0);
    }
    goes_on = false;
    writer.join();
    for (int i = 0; i < 5; ++i) {
        const auto file = backup() + std::to_string(i);
        EXPECT_EQ(order(Restore{.file = file, .only_verify = true}).find("refused"), std::string::npos);
        EXPECT_EQ(code_, 0);
        store::Database db;
        ASSERT_EQ(store::open_unchanging(db, file), "");
        store::Rows rows = db.query("SELECT count(*) FROM meta WHERE name LIKE 'number %'");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.take<std::uint64_t>() % 2, 0u);
    }
    EXPECT_GT(written, 0u);
}

TEST_F(Backup, IsNeverWrittenOverAFileThatIsThere) {
    make();
    const auto before = content_of(backup());
    EXPECT_THAT(make(), HasSubstr("exists already"));
    EXPECT_EQ(code_, 2);
    EXPECT_EQ(content_of(backup()), before);
}

TEST_F(Backup, PutsTheCopyOfTheRingOverAnOlderCopyAndOverNothingElse) {
    make();
    EXPECT_THAT(order(MakeBackup{.file = house_.file("copies/tuesday"), .ring = {}}), HasSubstr("made   "));
    EXPECT_EQ(code_, 0);
    const SealedHouse other;
    fs::copy(other.file("kindroom.ring"), house_.file("copies/others.ring"));
    // Beside the backup it would be the ring itself, to which what the server destroys meanwhile would come back.
    for (const auto& [file, ring, why] :
         {std::tuple{"wednesday", "", "is the key ring itself"},
          std::tuple{"copies/wednesday", "kindroom.ring", "is the key ring itself"},
          std::tuple{"copies/wednesday", "master.key", "is no copy of this key ring"},
          std::tuple{"copies/wednesday", "copies/others.ring", "is no copy of this key ring"}}) {
        const auto named = std::string_view(ring).empty() ? std::string() : house_.file(ring);
        const auto before = named.empty() ? std::string() : content_of(named);
        EXPECT_THAT(order(MakeBackup{.file = house_.file(file), .ring = named}), HasSubstr(why));
        EXPECT_EQ(code_, 2);
        EXPECT_FALSE(fs::exists(house_.file(file)));
        EXPECT_EQ(named.empty() ? std::string() : content_of(named), before);
    }
}

TEST_F(Backup, ThatIsDamagedAnywhereIsRefused) {
    make();
    ASSERT_EQ(refusal(), "");
    const auto whole = content_of(backup());
    std::mt19937_64 chance(seed());
    const auto somewhere = [&](std::size_t size) {
        return std::uniform_int_distribution<std::size_t>(0, size - 1)(chance);
    };
    for (int i = 0; i < mutations_wanted(); ++i) {
        auto damaged = whole;
        switch (i % 5) {
            case 0:
                damaged.resize(somewhere(whole.size()));
                break;
            case 1:
                damaged += damaged.substr(0, 1 + somewhere(5'000));
                break;
            case 2:
                damaged.erase(somewhere(whole.size()), 1 + somewhere(5'000));
                break;
            default:
                damaged[somewhere(whole.size())] ^= static_cast<char>(1 << somewhere(8));
                break;
        }
        if (damaged == whole) continue;
        write(damaged);
        EXPECT_NE(refusal(), "") << "mutation " << i << " of seed " << seed();
    }
    // The last bytes are a note about the others: each of its bits counts too.
    for (std::size_t at = whole.size() - 150; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] ^= 1;
        write(damaged);
        EXPECT_NE(refusal(), "") << at;
    }
    write(whole);
    EXPECT_EQ(refusal(), "");
}

TEST_F(Backup, OfAnotherHouseIsRefusedAndSoIsWhatIsNoBackup) {
    make();
    const SealedHouse other;
    const auto checked = store::check_backup(backup(), other.master());
    ASSERT_TRUE(std::holds_alternative<std::string>(checked));
    EXPECT_THAT(std::get<std::string>(checked), HasSubstr("of another house"));
    for (const auto& text : {std::string(), std::string("short"), std::string(100'000, 'x')}) {
        write(text);
        EXPECT_THAT(refusal(), HasSubstr("no backup of Kindroom"));
    }
    fs::remove(backup());
    EXPECT_THAT(refusal(), HasSubstr("cannot be read"));
    // The database itself is none either: nothing says that it is whole.
    house_.stop();
    fs::copy(house_.file("kindroom.db"), backup());
    EXPECT_THAT(refusal(), HasSubstr("no backup of Kindroom"));
}

TEST_F(Backup, OfANewerSchemaIsRefusedWithBothNumbers) {
    house_.stop();
    {
        store::Database newer;
        newer.open(house_.file("kindroom.db"), "");
        newer.execute("PRAGMA user_version = 1000");
    }
    EXPECT_THAT(make(), HasSubstr("newer Kindroom"));
    EXPECT_EQ(code_, 2);
}

TEST_F(Backup, ThatANewerKindroomMadeIsRefusedWithBothNumbers) {
    make();
    const auto whole = to_bytes(content_of(backup()));
    auto note = std::get<store::BackupNote>(store::check_backup(backup(), house_.master()));
    const auto database = std::span(whole).first(note.database_bytes);
    note.schema = 1000;
    crypto::Hasher hasher(house_.master().derive("backup"));
    hasher.add(database);
    hasher.add(store::pack(note));
    const auto end = store::with_seal(note, hasher.take());
    write(std::string(as_text(database)) + std::string(as_text(end)));
    const auto known = std::to_string(store::newest_schema());
    EXPECT_THAT(verify(), HasSubstr("its schema is 1000, this program knows " + known));
    EXPECT_EQ(code_, 1);
}

TEST_F(Backup, IsBroughtBackWithWhatWasThereThenAndTheDatabaseOfNowIsKept) {
    make();
    house_.say(1, ana_, place_, "after the backup");
    EXPECT_THAT(restore(), HasSubstr("in use by another server: stop it first"));
    EXPECT_EQ(code_, 2);
    house_.stop();
    const auto told = restore();
    EXPECT_EQ(code_, 0) << told;
    EXPECT_THAT(told, HasSubstr("moved  " + house_.file("kindroom.db.before-restore")));
    house_.start();
    EXPECT_THAT(house_.readable(), ElementsAre("before the backup"));
    auto old = house_.open(house_.file("kindroom.db.before-restore"), house_.file("kindroom.ring"));
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<store::SqliteStore>>(old));
    EXPECT_THAT(house_.readable(*std::get<0>(old), house_.master()),
                ElementsAre("before the backup", "after the backup"));
}

// Else somebody who comes after the restore would get the leaf of somebody who came after the backup, and when one of
// them is erased, the other would be gone as well.
TEST_F(Backup, AfterItWasBroughtBackNobodyHangsFromALeafThatWasGivenOutSince) {
    make();
    house_.say(2, house_.person(2), place_, "Ben after the backup");
    house_.stop();
    EXPECT_EQ((restore(), code_), 0);
    house_.start();
    house_.say(3, house_.person(3), place_, "Cleo after the restore");
    house_.commit({store::EraseAccount{an_account(3).id}});
    house_.stop();
    auto old = house_.open(house_.file("kindroom.db.before-restore"), house_.file("kindroom.ring"));
    EXPECT_THAT(house_.readable(*std::get<0>(old), house_.master()),
                ElementsAre("before the backup", "Ben after the backup"));
}

TEST_F(Backup, NorWhereNobodyKnowsWhatWasGivenOutSince) {
    make();
    house_.say(2, house_.person(2), place_, "Ben after the backup");
    house_.stop();
    const auto away = house_.file("away.db");
    fs::rename(house_.file("kindroom.db"), away);
    EXPECT_EQ((restore(), code_), 0);
    house_.start();
    house_.say(3, house_.person(3), place_, "Cleo after the restore");
    house_.commit({store::EraseAccount{an_account(3).id}});
    house_.stop();
    auto old = house_.open(away, house_.file("kindroom.ring"));
    EXPECT_THAT(house_.readable(*std::get<0>(old), house_.master()),
                ElementsAre("before the backup", "Ben after the backup"));
}

TEST_F(Backup, ThatIsRefusedChangesNothing) {
    make();
    house_.stop();
    const auto before = content_of(house_.file("kindroom.db"));
    auto damaged = content_of(backup());
    damaged[damaged.size() / 2] ^= 1;
    write(damaged);
    EXPECT_THAT(restore(), HasSubstr("is damaged"));
    EXPECT_EQ(code_, 1);
    EXPECT_EQ(content_of(house_.file("kindroom.db")), before);
    EXPECT_FALSE(fs::exists(house_.file("kindroom.db.before-restore")));
}

TEST_F(Backup, BringsBackNobodyWhoWasErasedSince) {
    const auto ben = house_.person(2);
    house_.say(2, ben, place_, "Ben before the backup");
    make();
    house_.commit({store::EraseAccount{an_account(1).id}});
    house_.stop();
    EXPECT_THAT(verify(), HasSubstr("keys: 2 open, 1 destroyed since"));
    EXPECT_EQ((restore(), code_), 0);
    house_.start();
    EXPECT_THAT(house_.readable(), ElementsAre("Ben before the backup"));
    EXPECT_EQ(house_.ask<std::optional<AccountId>>([&](auto then) {
        house_.store().find_account(an_account(1).login_id, house_.home(), std::move(then));
    }),
              std::nullopt);
    EXPECT_EQ(house_
                  .ask<std::vector<store::Erasure>>(
                      [&](auto then) { house_.store().list_erasures(house_.home(), std::move(then)); })
                  .size(),
              1u)
        << "the room has still to take their words back";
}

TEST_F(Backup, BringsBackNobodyWhoseErasureACrashCutShort) {
    make();
    house_.stop();
    {
        // As a server leaves it that dies between the commit and the ring.
        store::Database db;
        ASSERT_EQ(store::open_for_writing(db, house_.file("kindroom.db"), ""), "");
        db.execute("BEGIN");
        store::apply(db, store::EraseAccount{an_account(1).id});
        db.execute("COMMIT");
        ASSERT_FALSE(db.has_failed());
    }
    EXPECT_EQ((restore(), code_), 0);
    house_.start();
    EXPECT_THAT(house_.readable(), testing::IsEmpty());
    EXPECT_EQ(house_.ask<std::optional<AccountId>>([&](auto then) {
        house_.store().find_account(an_account(1).login_id, house_.home(), std::move(then));
    }),
              std::nullopt);
}

TEST_F(Backup, OnAMachineThatIsNewNeedsTheCopyOfTheRing) {
    make();
    house_.stop();
    for (const char* lost : {"kindroom.db", "kindroom.ring"}) fs::remove(house_.file(lost));
    const auto told = restore();
    EXPECT_EQ(code_, 0) << told;
    EXPECT_THAT(told, HasSubstr("put    " + house_.file("kindroom.ring") + ", from its copy"));
    house_.start();
    EXPECT_THAT(house_.readable(), ElementsAre("before the backup"));
    house_.stop();
    for (const char* lost : {"kindroom.db", "kindroom.ring", "copies/kindroom.ring"}) fs::remove(house_.file(lost));
    EXPECT_THAT(restore(), HasSubstr("put its newest copy there"));
    EXPECT_EQ(code_, 1);
}

}  // namespace
}  // namespace kindroom::test
