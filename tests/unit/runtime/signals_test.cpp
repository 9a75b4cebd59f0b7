#include "runtime/signals.hpp"

#include <csignal>
#include <gtest/gtest.h>
#include <thread>

namespace kindroom::runtime {
namespace {

TEST(Signals, HangUpMeansReloadAndTerminateMeansStop) {
    Signals signals;
    std::raise(SIGHUP);
    EXPECT_EQ(signals.wait(), Request::reload);
    std::raise(SIGTERM);
    EXPECT_EQ(signals.wait(), Request::stop);
}

TEST(Signals, AStopFromInsideEndsTheWaiting) {
    Signals signals;
    std::thread trouble([&] { signals.stop(); });
    EXPECT_EQ(signals.wait(), Request::stop);
    trouble.join();
}

TEST(SignalsDeathTest, ASecondInterruptEndsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            Signals signals;
            std::raise(SIGINT);
            signals.wait();
            std::raise(SIGINT);
        },
        testing::KilledBySignal(SIGINT), "");
}

TEST(Signals, AWriteToAPeerThatHasGoneIsNoSignal) {
    const Signals signals;
    std::raise(SIGPIPE);
}

}  // namespace
}  // namespace kindroom::runtime
