#include "lib/endpoint.hpp"

#include <gtest/gtest.h>

namespace kindroom::client {
namespace {

const Endpoint* good(const std::variant<Endpoint, Ending>& parsed) { return std::get_if<Endpoint>(&parsed); }

TEST(Endpoint, AServerIsReachedOverTlsOnItsUsualPort) {
    const auto parsed = parse_endpoint("wss://rooms.example.org");
    ASSERT_TRUE(good(parsed));
    EXPECT_EQ(good(parsed)->transport, Transport::tls);
    EXPECT_EQ(good(parsed)->host, "rooms.example.org");
    EXPECT_EQ(good(parsed)->port, "7443");
}

TEST(Endpoint, AnAddressOfVersionSixStandsInBrackets) {
    const auto parsed = parse_endpoint("wss://[::1]:9000/");
    ASSERT_TRUE(good(parsed));
    EXPECT_EQ(good(parsed)->host, "::1");
    EXPECT_EQ(good(parsed)->port, "9000");
    EXPECT_EQ(host_header(*good(parsed)), "[::1]:9000");
}

TEST(Endpoint, PlainTextStaysOnThisMachine) {
    EXPECT_TRUE(good(parse_endpoint("ws://localhost:8000")));
    EXPECT_TRUE(good(parse_endpoint("ws://127.0.0.1:8000")));
    EXPECT_TRUE(good(parse_endpoint("ws://[::1]:8000")));
    EXPECT_FALSE(good(parse_endpoint("ws://rooms.example.org:8000")));
    EXPECT_FALSE(good(parse_endpoint("ws://192.0.2.7:8000")));
    EXPECT_FALSE(good(parse_endpoint("ws://localhost.example.org:8000")));
}

TEST(Endpoint, AUnixSocketNeedsAnAbsolutePath) {
    ASSERT_TRUE(good(parse_endpoint("unix:/run/kindroom.sock")));
    EXPECT_EQ(good(parse_endpoint("unix:/run/kindroom.sock"))->path, "/run/kindroom.sock");
    EXPECT_FALSE(good(parse_endpoint("unix:kindroom.sock")));
}

TEST(Endpoint, WhatIsNoEndpointIsRefusedWithAReason) {
    for (const char* url :
         {"", "rooms.example.org", "http://rooms.example.org", "wss://", "wss://:7443", "wss://a:0", "wss://a:65536",
          "wss://a:1x", "wss://a/b", "wss://user@a:1", "wss://[::1", "ws://localhost", "wss://a\r\nx:1"}) {
        const auto parsed = parse_endpoint(url);
        ASSERT_FALSE(good(parsed)) << url;
        EXPECT_EQ(std::get<Ending>(parsed).kind, EndKind::misconfigured);
        EXPECT_FALSE(std::get<Ending>(parsed).words.empty());
    }
}

TEST(Ending, TheCloseCodesRangeSaysWhetherToComeBack) {
    const auto closed = [](int code) {
        return Ending{EndKind::closed_by_server, static_cast<std::uint16_t>(code), ""};
    };
    for (const int code : {4000, 4003, 4321, 4499, 1001, 1012}) EXPECT_TRUE(may_come_back(closed(code))) << code;
    for (const int code : {4500, 4501, 4999, 1000, 1002, 1007, 1009}) EXPECT_FALSE(may_come_back(closed(code))) << code;
    EXPECT_TRUE(may_come_back({EndKind::lost, 0, ""}));
    EXPECT_TRUE(may_come_back({EndKind::unreachable, 0, ""}));
    EXPECT_FALSE(may_come_back({EndKind::untrusted, 0, ""}));
    EXPECT_FALSE(may_come_back({EndKind::closed_by_us, 0, ""}));
}

}  // namespace
}  // namespace kindroom::client
