#include "config/units.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "config/address.hpp"

namespace kindroom::config {

TEST(Units, ADurationIsANumberAndItsUnit) {
    EXPECT_EQ(parse_duration("250ms"), Duration{250});
    EXPECT_EQ(parse_duration("30s"), Duration{30'000});
    EXPECT_EQ(parse_duration("2m"), Duration{120'000});
    EXPECT_EQ(parse_duration("1h"), Duration{3'600'000});
    EXPECT_EQ(parse_duration("14d"), Duration{1'209'600'000});
    EXPECT_EQ(parse_duration("14 d"), Duration{1'209'600'000});
    EXPECT_EQ(parse_duration("0s"), Duration{0});
}

TEST(Units, WhatIsNotQuiteADurationIsNone) {
    for (const char* text : {"", "30", "s", "-1s", "+1s", "1.5h", "30 seconds", "30s ", " 30s", "30S", "1h30m",
                             "106751991168d", "99999999999999999999s", "1  s"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(Units, ASizeCountsInStepsOf1024) {
    EXPECT_EQ(parse_size("512 B"), 512u);
    EXPECT_EQ(parse_size("16KiB"), 16u * 1024);
    EXPECT_EQ(parse_size("256 KiB"), 256u * 1024);
    EXPECT_EQ(parse_size("64MiB"), 64u * 1024 * 1024);
    for (const char* text : {"", "16", "16 KB", "16k", "-1 B", "9999999999 GiB"}) {
        EXPECT_EQ(parse_size(text), std::nullopt) << text;
    }
}

RC_GTEST_PROP(Units, WhatIsWrittenIsReadAsTheSame, ()) {
    const auto number = *rc::gen::inRange<std::int64_t>(0, 1ll << 50);
    RC_ASSERT(parse_duration(text_of(Duration{number})) == Duration{number});
    RC_ASSERT(parse_size(text_of_size(static_cast<std::uint64_t>(number))) == static_cast<std::uint64_t>(number));
}

TEST(Address, IsNumericWithAPort) {
    const auto v4 = parse_address("127.0.0.1:7443");
    ASSERT_TRUE(v4);
    EXPECT_EQ(v4->host, "127.0.0.1");
    EXPECT_EQ(v4->port, 7443);
    EXPECT_TRUE(v4->is_loopback);
    const auto v6 = parse_address("[::1]:0");
    ASSERT_TRUE(v6);
    EXPECT_EQ(v6->host, "::1");
    EXPECT_TRUE(v6->is_loopback);
    EXPECT_FALSE(parse_address("0.0.0.0:1")->is_loopback);
    EXPECT_FALSE(parse_address("[::]:1")->is_loopback);
    for (const char* text : {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:7x", "localhost:7443",
                             "::1:7443", "[::1]", "[]:1", "256.0.0.1:1", "127.1:1"}) {
        EXPECT_FALSE(parse_address(text)) << text;
    }
}

}  // namespace kindroom::config
