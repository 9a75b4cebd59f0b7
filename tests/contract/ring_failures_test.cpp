// A disk that refuses one step while the key ring is written: whichever it is, the ring on the disk is whole, either as
// it was or as it is to be; nobody's words are lost with it; and what was to be destroyed is destroyed when it goes on.
#include <cerrno>
#include <filesystem>
#include <future>
#include <gmock/gmock.h>

#include "crypto/secret_file.hpp"
#include "store/sqlite/key_ring.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/faulty_files.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

namespace fs = std::filesystem;
using store::KeyRing;
using store::SqliteStore;

// More steps than anything here takes.
constexpr std::uint64_t steps_max = 100;

std::string as_it_is(const fs::path& path) {
    const auto content = crypto::read_secret_file(path, 1'000);
    return content ? std::string(as_text(*content)) : "not there";
}

class RingFailures : public testing::Test {
  protected:
    // A folder for itself, so that no step of the database counts.
    fs::path ring() const { return keys_.file("kindroom.ring"); }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(keys_.path())) found.push_back(entry.path().filename());
        return found;
    }
    std::variant<std::unique_ptr<SqliteStore>, std::string> open() {
        return SqliteStore::open({.path = data_.file("kindroom.db"), .audit_key = a_chain_key(), .ring = ring()},
                                 clock_, [](std::string_view sentence) { ADD_FAILURE() << sentence; });
    }
    Result<store::Committed> commit(store::Store& store, std::vector<store::Change> changes) {
        std::promise<Result<store::Committed>> answer;
        store.commit({std::move(changes)}, home_, [&](auto result) { answer.set_value(std::move(result)); });
        return answer.get_future().get();
    }
    // Whether somebody is there with the key of what they said.
    bool has_key(store::Store& store, std::uint64_t account) {
        std::promise<bool> answer;
        store.load_account(an_account(account).id, home_,
                           [&](auto loaded) { answer.set_value(loaded && *loaded && !(**loaded).keys.empty()); });
        return answer.get_future().get();
    }
    void start_anew() {
        for (const auto* folder : {&keys_, &data_})
            for (const auto& entry : fs::directory_iterator(folder->path())) fs::remove(entry.path());
    }

    TemporaryFolder keys_;
    TemporaryFolder data_;
    VirtualClock clock_;
    ThreadScheduler home_;
    FaultyFiles disk_{keys_.path()};
};

TEST_F(RingFailures, AfterAnyFailedStepTheOldFileOrTheNewOneIsWholeAndTheNextTryLeavesNothingOfTheOld) {
    std::uint64_t n = 0;
    for (bool failed = true; failed; ++n) {
        SCOPED_TRACE(n);
        ASSERT_LT(n, steps_max);
        start_anew();
        ASSERT_TRUE(crypto::replace_secret_file(ring(), as_bytes("old")));
        // Another name for the same bytes shows what becomes of them.
        fs::create_hard_link(ring(), data_.file("witness"));
        disk_.fail(n, EIO);
        const bool done = crypto::replace_secret_file(ring(), as_bytes("new"));
        failed = disk_.has_failed();
        disk_.heal();
        if (done) {
            EXPECT_EQ(as_it_is(ring()), "new");
            EXPECT_EQ(as_it_is(data_.file("witness")), std::string(3, '\0'));
        } else {
            EXPECT_THAT(as_it_is(ring()), testing::AnyOf("old", "new"));
        }
        EXPECT_TRUE(crypto::replace_secret_file(ring(), as_bytes("new")));
        EXPECT_EQ(as_it_is(ring()), "new");
        EXPECT_EQ(as_it_is(data_.file("witness")), std::string(3, '\0'));
        EXPECT_EQ(names(), std::vector<std::string>{"kindroom.ring"});
    }
    EXPECT_GT(n, 6u) << "the steps are not counted";
}

// The folder's entry may still be that of the old one: overwritten, it would be all that a power cut leaves.
TEST_F(RingFailures, TheOldOneIsOverwrittenOnlyOnceTheNameOfTheNewOneIsOnTheDisk) {
    const auto old = ring().string() + ".old";
    bool was_left = false;
    for (std::uint64_t n = 0; n < steps_max && !was_left; ++n) {
        start_anew();
        ASSERT_TRUE(crypto::replace_secret_file(ring(), as_bytes("old")));
        disk_.fail(n, EIO);
        crypto::replace_secret_file(ring(), as_bytes("new"));
        was_left = as_it_is(ring()) == "new" && as_it_is(old) == "old";
        disk_.heal();
    }
    ASSERT_TRUE(was_left) << "no step between the two names";
    // The folder cannot be synced this time either.
    for (std::uint64_t n = 0; n < 2; ++n) {
        disk_.fail(0, EIO);
        crypto::settle_secret_file(ring());
        EXPECT_EQ(as_it_is(old), "old");
        disk_.heal();
    }
    crypto::settle_secret_file(ring());
    EXPECT_EQ(names(), std::vector<std::string>{"kindroom.ring"});
}

TEST_F(RingFailures, AServerGoesOnWhicheverStepFailsWhileSomebodyIsErasedAndLosesNobodyElse) {
    std::uint64_t n = 0;
    for (bool failed = true; failed; ++n) {
        SCOPED_TRACE(n);
        ASSERT_LT(n, steps_max);
        start_anew();
        std::vector<store::Change> changes;
        for (const std::uint64_t number : {1, 2}) {
            changes.push_back(store::InsertKey{a_key(an_account(number).person_key)});
            changes.push_back(store::PutAccount{an_account(number)});
        }
        auto opened = open();
        auto store = std::move(std::get<0>(opened));
        ASSERT_TRUE(commit(*store, std::move(changes)));
        disk_.fail(n, EIO);
        EXPECT_TRUE(commit(*store, {store::EraseAccount{an_account(1).id}}));
        EXPECT_TRUE(commit(*store, {store::PutMeta{"talk goes on", {}}}));
        EXPECT_TRUE(has_key(*store, 2));
        EXPECT_TRUE(std::holds_alternative<KeyRing>(KeyRing::open(ring()))) << "whole, whenever the power is cut";
        // What was put off is done now at the latest.
        store.reset();
        failed = disk_.has_failed();
        disk_.heal();
        const auto left = KeyRing::open(ring());
        ASSERT_TRUE(std::holds_alternative<KeyRing>(left)) << std::get<std::string>(left);
        EXPECT_FALSE(std::get<KeyRing>(left).has(KeyRing::first_single));
        EXPECT_TRUE(std::get<KeyRing>(left).has(KeyRing::first_single + 1));
        EXPECT_EQ(names(), std::vector<std::string>{"kindroom.ring"});
        auto again = open();
        ASSERT_TRUE(std::holds_alternative<std::unique_ptr<SqliteStore>>(again)) << std::get<std::string>(again);
        EXPECT_TRUE(has_key(*std::get<0>(again), 2));
        EXPECT_FALSE(has_key(*std::get<0>(again), 1));
    }
    EXPECT_GT(n, 6u);
}

TEST_F(RingFailures, AServerThatCannotMakeItsRingSaysSoAndTheNextStartMakesIt) {
    std::uint64_t n = 0;
    for (bool failed = true; failed; ++n) {
        SCOPED_TRACE(n);
        ASSERT_LT(n, steps_max);
        start_anew();
        disk_.fail(n, ENOSPC);
        {
            auto opened = open();
            if (auto* sentence = std::get_if<std::string>(&opened)) {
                EXPECT_THAT(*sentence, testing::HasSubstr("cannot be written"));
            }
        }
        failed = disk_.has_failed();
        disk_.heal();
        auto again = open();
        ASSERT_TRUE(std::holds_alternative<std::unique_ptr<SqliteStore>>(again)) << std::get<std::string>(again);
        EXPECT_TRUE(commit(*std::get<0>(again),
                           {store::InsertKey{a_key(an_account(1).person_key)}, store::PutAccount{an_account(1)}}));
        EXPECT_TRUE(has_key(*std::get<0>(again), 1));
    }
    EXPECT_GT(n, 2u);
}

}  // namespace
}  // namespace kindroom::test
