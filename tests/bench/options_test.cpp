#include "bench/options.hpp"

#include <gtest/gtest.h>

namespace kindroom::bench {
namespace {

TEST(BenchOptions, AreSetByNameOverThoseBefore) {
    const auto before = read_options({"--rooms", "3", "--tls"}, {});
    const auto options = read_options({"--rooms", "7", "--store", "memory"}, before);
    EXPECT_EQ(options.rooms, 7u);
    EXPECT_TRUE(options.tls);
    EXPECT_EQ(options.store, "memory");
    EXPECT_EQ(options.members, Options{}.members);
}

TEST(BenchOptions, WhatMakesNoSenseIsRefused) {
    for (const auto& words : std::vector<std::vector<std::string>>{{"--rooms"},
                                                                   {"--rooms", "many"},
                                                                   {"--rooms", "0"},
                                                                   {"--room", "1"},
                                                                   {"--store", "paper"},
                                                                   {"--posters", "101"},
                                                                   {"--slow", "100"}})
        EXPECT_THROW(read_options(words, {}), WrongUsage) << words.front();
}

TEST(BenchOptions, AreListedWithTheirDefaults) {
    EXPECT_NE(option_list().find("--rooms       rooms (10)\n"), std::string::npos);
}

}  // namespace
}  // namespace kindroom::bench
