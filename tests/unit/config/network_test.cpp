#include "config/network.hpp"

#include <gtest/gtest.h>

namespace kindroom::config {

namespace {

bool holds(std::string_view network, std::string_view host) {
    return Network::parse(network).value().contains(Host::parse(host).value());
}

}  // namespace

TEST(Host, IsAnAddressOfEitherKindAndNoName) {
    EXPECT_TRUE(Host::parse("192.0.2.1")->is_v4());
    EXPECT_FALSE(Host::parse("2001:db8::1")->is_v4());
    for (const char* text : {"", "localhost", "192.0.2", "192.0.2.256", "192.0.2.01", "[::1]", "::1%lo", "192.0.2.1 "})
        EXPECT_FALSE(Host::parse(text)) << text;
    EXPECT_FALSE(Host::parse(std::string_view("192.0.2.1\0", 10)));
}

TEST(Host, AnIpv4AddressInIpv6sClothesIsOneOfIpv4) {
    EXPECT_EQ(Host::parse("::ffff:192.0.2.1"), Host::parse("192.0.2.1"));
    EXPECT_NE(Host::parse("::192.0.2.1"), Host::parse("192.0.2.1"));
}

TEST(Host, KnowsLoopback) {
    for (const char* text : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(Host::parse(text)->is_loopback()) << text;
    for (const char* text : {"128.0.0.1", "0.0.0.0", "::", "::2", "1::1"})
        EXPECT_FALSE(Host::parse(text)->is_loopback()) << text;
}

TEST(Network, HoldsTheHostsThatShareItsPrefix) {
    EXPECT_TRUE(holds("10.1.0.0/16", "10.1.255.255"));
    EXPECT_FALSE(holds("10.1.0.0/16", "10.2.0.0"));
    EXPECT_TRUE(holds("10.1.2.128/25", "10.1.2.200"));
    EXPECT_FALSE(holds("10.1.2.128/25", "10.1.2.127"));
    EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
}

TEST(Network, WithoutAPrefixIsOneHost) {
    EXPECT_TRUE(holds("192.0.2.7", "192.0.2.7"));
    EXPECT_TRUE(holds("192.0.2.7", "::ffff:192.0.2.7"));
    EXPECT_FALSE(holds("192.0.2.7", "192.0.2.6"));
    EXPECT_FALSE(holds("::1", "127.0.0.1"));
}

TEST(Network, OfBothKindsHaveNothingInCommon) {
    EXPECT_FALSE(holds("32.1.13.184/32", "2001:db8::1"));
    EXPECT_FALSE(holds("2001:db8::/32", "32.1.13.184"));
}

TEST(Network, IsNoneIfItIsEverybodyOrHasBitsBehindItsPrefix) {
    for (const char* text : {"0.0.0.0/0", "::/0", "10.0.0.1/8", "2001:db8::1/32", "10.0.0.0/33", "::/129", "10.0.0.0/",
                             "10.0.0.0/8x", "10.0.0.0/-8", "/8", "", "proxy.example"})
        EXPECT_FALSE(Network::parse(text)) << text;
}

}  // namespace kindroom::config
