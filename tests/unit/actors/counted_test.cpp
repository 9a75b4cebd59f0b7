// What the actors count for the operator.
#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "bench.hpp"

namespace kindroom::actors::test {
namespace {

struct Counted : testing::Test {
    // The whole line of a series.
    bool says(const std::string& line) const {
        return bench.ground.metrics.exposition().find("\n" + line + "\n") != std::string::npos;
    }
    Bench bench;
};

TEST_F(Counted, ARoomIsInMemoryFromWhenItIsAskedForUntilItIsForgotten) {
    EXPECT_TRUE(says("kindroom_rooms_loaded 0"));
    bench.on_shard([&] {
        bench.home().room(RoomId{});
        bench.home().room(RoomId{});
        EXPECT_TRUE(says("kindroom_rooms_loaded 1"));
    });
    // There is no such room.
    EXPECT_TRUE(says("kindroom_rooms_loaded 0"));
}

TEST_F(Counted, AnAccountIsInMemoryUntilItIsForgottenOrTheServerEnds) {
    bench.on_shard([&] { bench.home().account(AccountId{}); });
    EXPECT_TRUE(says("kindroom_accounts_loaded 1"));
    bench.on_shard([&] {
        bench.home().forget_account(AccountId{});
        bench.home().forget_account(AccountId{});
    });
    EXPECT_TRUE(says("kindroom_accounts_loaded 0"));
    bench.on_shard([&] { bench.home().account(AccountId{}); });
    bench.restart(sim::house_texts());
    EXPECT_TRUE(says("kindroom_accounts_loaded 0"));
}

TEST_F(Counted, AFrameThatCannotBeUnderstood) {
    Paper paper;
    Client& client = bench.connect(paper);
    bench.on_shard([&] { client.on_frame(as_bytes("\xFF\xFF\xFF")); });
    EXPECT_TRUE(says("kindroom_frames_malformed_total 1"));
    EXPECT_TRUE(says("kindroom_commands_total 0"));
}

TEST_F(Counted, APassphraseWaitsUntilItIsHashed) {
    bench.on_shard([&] {
        bench.home().services().passphrases.hash(Secret("four quiet herons"), bench.home().scheduler(), [](auto) {});
        EXPECT_TRUE(says("kindroom_passphrases_waiting 1"));
        EXPECT_TRUE(says("kindroom_passphrase_check_seconds_count 0"));
    });
    EXPECT_TRUE(says("kindroom_passphrases_waiting 0"));
    EXPECT_TRUE(says("kindroom_passphrase_check_seconds_count 1"));
}

}  // namespace
}  // namespace kindroom::actors::test
