// PROMISES P1: an acknowledged message survives kill -9.
#include <gtest/gtest.h>
#include <random>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contract/store_world.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/environment.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

const RoomId room = a_room(1).id;
// Enough that groups of all sizes come about, few enough that the pipe never fills.
constexpr std::uint64_t unanswered_max = 40;
// Checkpoints often, so that many kills hit one.
constexpr std::uint32_t wal_pages_max = 50;

int rounds_wanted() { return static_cast<int>(from_environment("KINDROOM_ROUNDS").value_or(20)); }

// The child: posts without end, two messages a transaction, and writes one byte into the pipe for each answer.
class Poster {
  public:
    Poster(const std::string& path, std::uint64_t head, int pipe) : next_(head + 1), pipe_(pipe) {
        auto opened = store::SqliteStore::open(
            {.path = path, .audit_key = a_chain_key(), .wal_pages_max = wal_pages_max}, clock_,
            [](std::string_view) { ::_exit(3); });
        if (std::holds_alternative<std::string>(opened)) ::_exit(4);
        store_ = std::move(std::get<0>(opened));
    }

    [[noreturn]] void run() {
        home_.post([this] {
            for (std::uint64_t i = 0; i < unanswered_max; ++i) post();
        });
        while (true) ::pause();
    }

  private:
    void post() {
        store::Transaction transaction;
        for (int i = 0; i < 2; ++i) transaction.changes.push_back(store::InsertMessage{a_message(room, next_++)});
        store_->commit(std::move(transaction), home_, [this](auto answer) {
            if (!answer || ::write(pipe_, "+", 1) != 1) ::_exit(5);
            post();
        });
    }

    std::uint64_t next_;
    const int pipe_;
    VirtualClock clock_;
    ThreadScheduler home_;
    std::unique_ptr<store::SqliteStore> store_;
};

// Lets a child post until it has read `answers` of its answers, kills it there, and returns how many it had given.
std::uint64_t answers_until_killed(const std::string& path, std::uint64_t head, std::uint64_t answers) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        Poster(path, head, ends[1]).run();
    }
    ::close(ends[1]);
    std::uint64_t given = 0;
    char buffer[256];
    for (ssize_t got = 1; got > 0;) {
        got = ::read(ends[0], buffer, sizeof buffer);
        if (got > 0) given += static_cast<std::uint64_t>(got);
        // Once more after the first time does no harm; what was in the pipe still has to be read.
        if (given >= answers) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    return given;
}

TEST(SqliteStore, P1NoAcknowledgedMessageIsLostWhenTheProcessIsKilledAtAnyMoment) {
    const TemporaryFolder folder;
    const auto path = folder.file("store.db");
    const VirtualClock clock;
    std::mt19937_64 chance(20'261'124);
    {
        ThreadScheduler home;
        auto opened =
            store::SqliteStore::open({.path = path, .audit_key = a_chain_key()}, clock, [](std::string_view) {});
        std::get<0>(opened)->commit({{store::PutRoom{a_room(1)}}}, home, [](auto) {});
    }
    std::uint64_t head = 0;
    for (int round = 0; round < rounds_wanted(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const auto answered = answers_until_killed(path, head, 1 + chance() % 400);

        store::Database database;
        ASSERT_EQ(store::open_for_writing(database, path, ""), "");
        const auto number = [&](store::Sql sql) {
            store::Rows rows = database.query(sql);
            return rows.next() ? rows.take<std::uint64_t>() : 0;
        };
        const auto found = number("SELECT count(*) FROM messages");
        ASSERT_EQ(found, number("SELECT max(position) FROM messages"));
        ASSERT_EQ(found, number("SELECT count(*) FROM steps"));
        ASSERT_EQ(found % 2, 0u) << "half a transaction";
        ASSERT_GE(found, head + 2 * answered) << "an acknowledged message is lost";
        ASSERT_LE(found, head + 2 * (answered + unanswered_max)) << "a message appeared that nobody waits for";
        store::Rows integrity = database.query("PRAGMA integrity_check");
        ASSERT_TRUE(integrity.next());
        ASSERT_EQ(integrity.take<std::string>(), "ok");
        head = found;
    }
}

}  // namespace
}  // namespace kindroom::test
