// The machine in trouble: its disk is slow, full or read-only, or somebody sets its clock. What was accepted is there
// once, what cannot be kept is refused, and all goes on by itself.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/support/trouble.hpp"

namespace kindroom::test {

namespace {

using std::chrono::hours;
using Disk = Faults::Disk;

v1::Request erasing() {
    v1::Request request;
    request.mutable_erase_account()->set_passphrase(good_passphrase);
    return request;
}

}  // namespace

// ---- a slow disk ----------------------------------------------------------------------------------------------------

TEST_F(TroubledHouse, ASlowDiskMakesAnswersSlowAndTheyShareItsSyncs) {
    begin_to_write();
    faults.slow_down_syncs(Milliseconds(200));
    // The first of each may have been on its way before.
    wait_accepted();
    const auto syncs = faults.syncs();
    const auto accepted = times_accepted();
    wait_accepted(4);
    EXPECT_LT(4 * (faults.syncs() - syncs), 3 * (times_accepted() - accepted)) << "what waits is made durable together";
    block_and_ban(0, Expected::accepted);
    expect_nobody_was_cut();
    faults.slow_down_syncs({});
    wait_accepted();
    expect_exactly_what_was_accepted();
    for (auto& writer : writers) EXPECT_EQ(writer->times_refused(), 0u) << "slow is not unavailable";
}

TEST_F(TroubledHouse, WhileADiskDoesNotAnswerNobodyWaitsButThoseWhoWriteAndAKillLosesNothing) {
    begin_to_write();
    block_and_ban(0, Expected::accepted);
    faults.hold_syncs();
    while (!faults.holds_a_sync()) ASSERT_FALSE(house.server().wait_ended(Milliseconds(5))) << house.log();
    eve().get(request(R"({"ping":{}})"));
    EXPECT_FALSE(eve().history_backwards(room).empty());
    kill();
    faults.slow_down_syncs({});
    start();
    wait_accepted(3);
    block_and_ban(1, Expected::accepted);
    expect_exactly_what_was_accepted();
}

// ---- a disk on which nothing can be written -------------------------------------------------------------------------

class TroubledDisk : public TroubledHouse, public testing::WithParamInterface<Disk> {};

TEST_P(TroubledDisk, RefusesWhatItCannotKeepShowsWhatItHasAndGoesOnByItself) {
    begin_to_write();
    block_and_ban(0, Expected::accepted);
    faults.make_disk(GetParam());
    wait_refused(3);
    block_and_ban(1, Expected::unavailable);
    EXPECT_EQ(other(2).refusal(erasing()), v1::ERROR_CODE_UNAVAILABLE);
    EXPECT_FALSE(eve().history_backwards(room).empty());
    EXPECT_GT(faults.writes_refused(), 0u);
    faults.make_disk(Disk::well);
    wait_accepted(3);
    block_and_ban(1, Expected::accepted);
    posts(2, "I am still here.");
    expect_nobody_was_cut();
    expect_exactly_what_was_accepted();
}

// Whether a server starts on such a disk is its own affair; that it does no harm there is not.
TEST_P(TroubledDisk, AServerThatDiesOnItHasLostNothing) {
    begin_to_write();
    faults.make_disk(GetParam());
    wait_refused();
    kill();
    try {
        house.start();
        house.kill();
    } catch (const std::runtime_error&) {
        EXPECT_TRUE(house.server().wait_ended(patience));
    }
    faults.make_disk(Disk::well);
    start();
    wait_accepted(3);
    block_and_ban(0, Expected::accepted);
    expect_exactly_what_was_accepted();
}

INSTANTIATE_TEST_SUITE_P(Each, TroubledDisk, testing::Values(Disk::full, Disk::read_only),
                         [](const auto& disk) { return std::string(disk.param == Disk::full ? "Full" : "ReadOnly"); });

// ---- a clock that jumps ---------------------------------------------------------------------------------------------

class TroubledClock : public TroubledHouse {
  protected:
    TroubledClock() : moderator_(house.options()) {
        moderator_.connect();
        moderator_.sign_up(house.invite("moderator"));
        moderator_.consent();
        moderator_.join(room, "Mira");
    }
    void let_listen_for_an_hour(std::size_t number) {
        v1::Request request;
        auto& decide = *request.mutable_decide();
        decide.set_room_id(room);
        decide.set_token(token(number));
        decide.set_action(v1::DECISION_ACTION_LISTEN_ONLY);
        decide.set_rule_id(rule());
        decide.set_facts("told Eve to leave");
        decide.set_lasts_ms(Milliseconds(hours(1)).count());
        EXPECT_TRUE(moderator_.get(request).has_decision_taken());
    }
    v1::ErrorCode what_becomes_of_a_word_by(std::size_t number) {
        return other(number).refusal(posting(room, "may I"));
    }

  private:
    Guest moderator_;
};

TEST_F(TroubledClock, ThatIsSetWhileTheServerRunsIsNoticedByNobody) {
    begin_to_write();
    let_listen_for_an_hour(5);
    std::size_t next = 0;
    for (const auto ahead : {hours(24), hours(-24), hours(0)}) {
        SCOPED_TRACE(std::to_string(ahead.count()) + " hours ahead");
        faults.set_clock_ahead(ahead);
        wait_accepted(3);
        EXPECT_EQ(what_becomes_of_a_word_by(5), v1::ERROR_CODE_LISTEN_ONLY) << "an hour is an hour";
        block_and_ban(next++, Expected::accepted);
    }
    expect_nobody_was_cut();
    expect_exactly_what_was_accepted();
    const auto history = eve().history_backwards(room);
    const auto earlier = [](const auto& one, const auto& two) { return one.posted_at_ms() < two.posted_at_ms(); };
    EXPECT_TRUE(std::ranges::is_sorted(history, earlier));
    EXPECT_LT(history.back().posted_at_ms() - history.front().posted_at_ms(), Milliseconds(hours(1)).count());
}

TEST_F(TroubledClock, ThatIsSetWhileTheServerIsAwayTakesNothingFromAnybody) {
    begin_to_write();
    let_listen_for_an_hour(5);
    std::size_t next = 0;
    for (const auto ahead : {hours(24), hours(0), hours(-24), hours(0)}) {
        SCOPED_TRACE(std::to_string(ahead.count()) + " hours ahead");
        kill();
        faults.set_clock_ahead(ahead);
        start();
        wait_accepted(3);
        // What ends at a moment is over once the clock says so, and as long as it does.
        if (ahead == hours(24))
            posts(5, "the hour is over");
        else
            EXPECT_EQ(what_becomes_of_a_word_by(5), v1::ERROR_CODE_LISTEN_ONLY);
        block_and_ban(next++, Expected::accepted);
    }
    expect_exactly_what_was_accepted();
}

}  // namespace kindroom::test
