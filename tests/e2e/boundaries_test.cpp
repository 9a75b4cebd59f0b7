// The ways in which a blocked person would look for the block, each tried by the program's own self-test against the
// real server.
#include <gtest/gtest.h>
#include <iomanip>
#include <sstream>

#include "e2e/support/program.hpp"

namespace kindroom::test {
namespace {

Ran selftest(std::vector<std::string> words) {
    words.insert(words.begin(), {server_program(), "selftest", "boundaries"});
    return run({.command = std::move(words), .environment = {}, .input = {}, .log_file = {}}, 2 * patience);
}

class SelfTest : public ::testing::TestWithParam<int> {};

TEST_P(SelfTest, ShowsNothing) {
    const auto ran = selftest({"--look", std::to_string(GetParam()), "--pairs", "0"});
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("  pass  look " + std::to_string(GetParam()) + ","), ran.out.npos) << ran.out;
}

// Latency (15) is compared by hand, since it takes a quiet machine.
INSTANTIATE_TEST_SUITE_P(Looks, SelfTest,
                         ::testing::Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22,
                                           23, 24, 25, 26, 27, 28, 29, 30, 31, 32),
                         [](const auto& look) {
                             std::ostringstream name;
                             name << "look_" << std::setw(2) << std::setfill('0') << look.param;
                             return name.str();
                         });

TEST(SelfTestOfLooks, OneThatIsNotTriedIsNoGoodNews) {
    for (const char* look : {"99", "15"}) {
        const auto ran = selftest({"--look", look, "--pairs", "0"});
        EXPECT_EQ(ran.code, 2) << ran.out;
        EXPECT_EQ(ran.out, "");
    }
}

TEST(SelfTestOfLatency, IsMeasuredWithFewPairsToo) {
    const auto ran = selftest({"--look", "15", "--pairs", "20"});
    // With twenty pairs a difference by chance is no finding; that all five calls were timed is.
    for (const char* call : {"post", "direct message", "offer", "profile", "join"})
        EXPECT_NE(ran.out.find(std::string("latency of ") + call), ran.out.npos) << ran.out << ran.err;
}

}  // namespace
}  // namespace kindroom::test
