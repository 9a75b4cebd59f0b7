#include "text/text.hpp"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace kindroom::text {
namespace {

TEST(CodePoints, AreCountedNotBytes) {
    EXPECT_EQ(code_points(""), 0U);
    EXPECT_EQ(code_points("abc"), 3U);
    EXPECT_EQ(code_points("Zo\xc3\xab"), 3U);
    EXPECT_EQ(code_points("\xf0\x9f\xa6\x8a\xe7\x8e\x8b"), 2U);
}

TEST(CleanName, TheLimitIsCountedAfterNormalisation) {
    // Two code points before, one after.
    EXPECT_EQ(clean_name("e\xcc\x81", 1), "\xc3\xa9");
    // One code point before, two after: this letter has no composed form.
    EXPECT_EQ(clean_name("\xe0\xa5\x98", 1), std::nullopt);
}

TEST(CleanName, ManyThreadsMayAskAtOnce) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int n = 0; n < 50; ++n) {
                EXPECT_EQ(clean_name("Zoe\xcc\x88", 40), "Zo\xc3\xab");
                EXPECT_EQ(clean_name("m0derator", 40), std::nullopt);
            }
        });
    for (auto& thread : threads) thread.join();
}

TEST(CleanMessage, ALongPlainTextIsKept) {
    const std::string text(4'000, 'x');
    EXPECT_EQ(clean_message(text), text);
}

}  // namespace
}  // namespace kindroom::text
