#include "runtime/shard.hpp"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <future>
#include <gmock/gmock.h>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/shard_pool.hpp"
#include "runtime/system_clock.hpp"
#include "runtime/worker.hpp"

namespace kindroom::runtime {
namespace {

// Runs `question` on the shard and returns its answer here.
template <class F>
auto ask(Scheduler& shard, F question) {
    std::promise<decltype(question())> answer;
    shard.post([&] { answer.set_value(question()); });
    return answer.get_future().get();
}

TEST(Shard, TasksOfOneThreadRunInTheirOrder) {
    Shard shard("test");
    std::vector<int> seen;
    for (int i = 0; i < 1000; ++i) shard.post([&seen, i] { seen.push_back(i); });
    shard.start();
    for (int i = 1000; i < 2000; ++i) shard.post([&seen, i] { seen.push_back(i); });
    ask(shard, [] { return 0; });
    std::vector<int> expected(2000);
    for (int i = 0; i < 2000; ++i) expected[static_cast<std::size_t>(i)] = i;
    EXPECT_EQ(seen, expected);
}

TEST(Shard, ATaskPostedByATaskRunsBehindThosePostedBefore) {
    Shard shard("test");
    std::string story;
    std::promise<void> done;
    shard.post([&] {
        shard.post([&] {
            story += "inner";
            done.set_value();
        });
        story += "outer ";
    });
    shard.post([&] { story += "second "; });
    shard.start();
    done.get_future().wait();
    EXPECT_EQ(story, "outer second inner");
}

TEST(Shard, WhatWaitsForACalmMomentRunsWhenNothingElseIsReady) {
    Shard shard("test");
    std::string story;
    std::promise<void> done;
    shard.post([&] {
        shard.when_calm([&] { story += "calm "; });
        shard.when_calm([&] {
            story += "calm too";
            done.set_value();
        });
        shard.post([&] { shard.post([&] { story += "busy "; }); });
    });
    shard.post([&] { story += "second "; });
    shard.start();
    done.get_future().wait();
    EXPECT_EQ(story, "second busy calm calm too");
}

TEST(Shard, WhatWaitsForACalmMomentDoesNotWaitForEver) {
    Shard shard("test");
    std::atomic<bool> is_over = false;
    std::promise<void> done;
    const std::function<void()> go_on = [&] {
        if (!is_over) shard.post(go_on);
    };
    shard.post([&] {
        shard.when_calm([&] {
            is_over = true;
            done.set_value();
        });
        go_on();
    });
    shard.start();
    EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    is_over = true;
}

TEST(Shard, FinishingRunsWhatWaitsForACalmMomentAndHaltingDropsIt) {
    int ran = 0;
    for (const bool finishes : {true, false}) {
        Shard shard("test");
        shard.post([&] {
            for (int i = 0; i < 1000; ++i) shard.when_calm([&] { ran += 1; });
            finishes ? shard.finish() : shard.halt();
        });
        shard.start();
        shard.join();
        EXPECT_EQ(ran, 1000);
    }
}

TEST(Shard, KnowsWhetherItIsHere) {
    Shard shard("test");
    shard.start();
    EXPECT_FALSE(shard.is_here());
    EXPECT_TRUE(ask(shard, [&] { return shard.is_here(); }));
}

TEST(Shard, ADelayedTaskRunsOnTheShardAndNotBeforeItsTime) {
    Shard shard("test");
    shard.start();
    const auto start = std::chrono::steady_clock::now();
    std::promise<bool> here;
    shard.after(Duration(5), [&] { here.set_value(shard.is_here()); });
    EXPECT_TRUE(here.get_future().get());
    EXPECT_GE(std::chrono::steady_clock::now() - start, Duration(5));
}

TEST(Shard, AnEarlierTimerIsNotHeldUpByALaterOneSetBefore) {
    Shard shard("test");
    shard.start();
    std::promise<void> done;
    shard.after(std::chrono::hours(1), [] {});
    shard.after(Duration(1), [&] { done.set_value(); });
    EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(Shard, ATaskWithoutMemoryIsCountedAndTheShardGoesOn) {
    Shard shard("test");
    shard.start();
    shard.post([] { throw std::bad_alloc(); });
    shard.after(Duration(0), [] { throw std::bad_alloc(); });
    std::promise<void> done;
    shard.after(Duration(1), [&] { done.set_value(); });
    done.get_future().wait();
    EXPECT_EQ(shard.tasks_failed(), 2u);
}

TEST(ShardDeathTest, AnyOtherExceptionEndsTheProcessWithoutSayingItsText) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(
        {
            Shard shard("test");
            shard.start();
            shard.post([] { throw std::runtime_error("private words"); });
            shard.has_ended_within(std::chrono::minutes(1));
        },
        "^[^\n]*broken assumption[^\n]*an exception left a task[^\n]*\n$");
}

TEST(ShardPool, StopRunsWhatIsQueuedAndWhatThatPosts) {
    ShardPool pool(2);
    int steps = 0;
    std::function<void()> step = [&] {
        if (++steps < 100) pool[0].post([&] { step(); });
    };
    pool[0].post([&] { step(); });
    pool.start();
    pool.stop(std::chrono::seconds(10));
    EXPECT_EQ(steps, 100);
}

TEST(ShardPool, StopDropsTimersThatWait) {
    ShardPool pool(1);
    pool.start();
    auto alive = std::make_shared<int>();
    bool ran = false;
    pool[0].after(std::chrono::hours(1), [alive, &ran] { ran = true; });
    pool.stop(std::chrono::seconds(10));
    EXPECT_FALSE(ran);
    EXPECT_EQ(alive.use_count(), 1);
}

TEST(ShardPool, StopHaltsAShardThatStillWaitsForASocket) {
    ShardPool pool(1);
    boost::asio::ip::tcp::acceptor acceptor(pool[0].context(), {boost::asio::ip::address_v4::loopback(), 0});
    acceptor.async_accept([](const boost::system::error_code&, boost::asio::ip::tcp::socket) {});
    pool.start();
    pool.stop(Duration(10));
    EXPECT_TRUE(pool[0].has_ended_within(Duration(0)));
}

TEST(ShardPool, ATaskPostedAfterTheStopIsDroppedUnrun) {
    auto alive = std::make_shared<int>();
    bool ran = false;
    {
        ShardPool pool(1);
        pool.start();
        pool.stop(std::chrono::seconds(10));
        pool[0].post([alive, &ran] { ran = true; });
    }
    EXPECT_FALSE(ran);
    EXPECT_EQ(alive.use_count(), 1);
}

TEST(Shard, HaltFinishesTheTaskThatRunsAndDropsTheRest) {
    Shard shard("test");
    bool finished = false;
    bool ran = false;
    shard.post([&] {
        shard.halt();
        finished = true;
    });
    shard.post([&] { ran = true; });
    shard.start();
    shard.join();
    EXPECT_TRUE(finished);
    EXPECT_FALSE(ran);
}

TEST(Worker, RunsFromItsConstructionOnAThreadOfItsOwn) {
    Worker worker("test");
    EXPECT_FALSE(worker.is_here());
    EXPECT_TRUE(ask(worker, [&] { return worker.is_here(); }));
    worker.stop();
}

TEST(SystemClock, SaysTheTimeOfTheWallAndNeverGoesBack) {
    const SystemClock clock;
    const auto wall = std::chrono::system_clock::now();
    TimePoint before = clock.now();
    EXPECT_LT(std::chrono::abs(wall - before), std::chrono::seconds(5));
    for (int i = 0; i < 1000; ++i) {
        const auto now = clock.now();
        ASSERT_GE(now, before);
        before = now;
    }
}

}  // namespace
}  // namespace kindroom::runtime
