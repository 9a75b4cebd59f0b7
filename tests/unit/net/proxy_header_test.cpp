#include "net/proxy_header.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "support/proxy_headers.hpp"

namespace kindroom::net {
namespace {

using test::binary_header;
using State = ProxyHeaderReader::State;
using Whom = Introduction::Whom;

constexpr std::size_t bytes_max = 1'024;
constexpr std::size_t all_that_is_wanted = 100'000;

struct Reading {
    State state = State::needs_more;
    std::size_t taken = 0;
    Introduction said;
};

// As a connection reads: never more than is wanted, and no more than `at_once`.
Reading read(std::string_view bytes, std::size_t at_once = all_that_is_wanted, std::size_t most = bytes_max) {
    ProxyHeaderReader reader(most);
    Reading reading;
    while (reading.state == State::needs_more && reading.taken < bytes.size()) {
        const auto piece = bytes.substr(reading.taken, std::min(reader.wanted(), at_once));
        reading.taken += piece.size();
        reading.state = reader.feed(piece);
    }
    if (reading.state == State::complete) reading.said = reader.introduction();
    return reading;
}

Introduction client_at(std::string_view address) {
    return {.whom = Whom::client, .host = config::Host::parse(address).value()};
}

Introduction said_in(std::string_view bytes) {
    const auto reading = read(bytes);
    EXPECT_EQ(reading.state, State::complete) << bytes;
    EXPECT_EQ(reading.taken, bytes.size()) << bytes;
    return reading.said;
}

std::string addresses_v6() {
    std::string from("\x20\x01\x0d\xb8", 4);
    from += std::string(11, '\0') + '\x07';
    return from + from + std::string("\x80\x00\x1d\x13", 4);
}

const std::vector<std::string>& good_ones() {
    static const std::vector<std::string> all{
        "PROXY TCP4 192.0.2.1 198.51.100.1 45056 7443\r\n",
        "PROXY TCP6 2001:db8::7 2001:db8::1 45056 7443\r\n",
        "PROXY UNKNOWN\r\n",
        "PROXY UNKNOWN whatever is said\r\n",
        test::brings(1),
        binary_header(0x21, 0x21, addresses_v6()),
        binary_header(0x21, 0x00, ""),
        binary_header(0x21, 0x31, std::string(216, '/')),
        binary_header(0x20, 0x00, ""),
        binary_header(0x20, 0x11, std::string(12, '\0')),
    };
    return all;
}

TEST(ProxyHeader, ALineNamesTheClient) {
    EXPECT_EQ(said_in("PROXY TCP4 192.0.2.1 198.51.100.1 45056 7443\r\n"), client_at("192.0.2.1"));
    EXPECT_EQ(said_in("PROXY TCP4 255.255.255.255 255.255.255.255 65535 0\r\n"), client_at("255.255.255.255"));
    EXPECT_EQ(said_in("PROXY TCP6 2001:db8::7 2001:db8::1 45056 7443\r\n"), client_at("2001:db8::7"));
    EXPECT_EQ(said_in("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:198.51.100.1 1 2\r\n"), client_at("192.0.2.1"));
}

TEST(ProxyHeader, TheBinaryKindNamesTheClientWhateverElseItTells) {
    EXPECT_EQ(said_in(test::brings(1)), client_at("192.0.2.1"));
    EXPECT_EQ(said_in(binary_header(0x21, 0x21, addresses_v6())), client_at("2001:db8::7"));
    EXPECT_EQ(said_in(binary_header(0x21, 0x21, addresses_v6() + std::string(500, 'x'))), client_at("2001:db8::7"));
}

TEST(ProxyHeader, AClientOfWhomNothingIsSaidIsUnknown) {
    EXPECT_EQ(said_in("PROXY UNKNOWN\r\n").whom, Whom::unknown);
    EXPECT_EQ(said_in("PROXY UNKNOWN 2001:db8::7 2001:db8::1 1 2\r\n").whom, Whom::unknown);
    EXPECT_EQ(said_in(binary_header(0x21, 0x00, "")).whom, Whom::unknown);
    EXPECT_EQ(said_in(binary_header(0x21, 0x31, std::string(216, '/'))).whom, Whom::unknown);
}

TEST(ProxyHeader, AProxyMayComeInItsOwnName) {
    EXPECT_EQ(said_in(binary_header(0x20, 0x00, "")).whom, Whom::itself);
    // Whatever stands there then.
    EXPECT_EQ(said_in(binary_header(0x20, 0x11, std::string(12, '\x7f'))).whom, Whom::itself);
    EXPECT_EQ(said_in(binary_header(0x20, 0xff, "x")).whom, Whom::itself);
}

TEST(ProxyHeader, NothingOfWhatFollowsIsTaken) {
    for (const auto& header : good_ones()) {
        for (const std::size_t at_once : {std::size_t{1}, std::size_t{7}, all_that_is_wanted}) {
            const auto reading = read(header + "\r\n\r\nthe client's", at_once);
            EXPECT_EQ(reading.state, State::complete) << header;
            EXPECT_EQ(reading.taken, header.size()) << header << at_once;
            EXPECT_EQ(reading.said, said_in(header)) << header << at_once;
        }
    }
}

TEST(ProxyHeader, WithoutItsEndItIsWaitedFor) {
    for (const auto& header : good_ones())
        for (std::size_t size = 0; size < header.size(); ++size)
            EXPECT_EQ(read(std::string_view(header).substr(0, size)).state, State::needs_more) << header << size;
}

TEST(ProxyHeader, OfAsManyBytesAsMayBeIsReadAndOneByteMoreIsRefusedAtOnce) {
    const auto of = [](std::size_t size) { return binary_header(0x21, 0x11, std::string(size - 16, '\1')); };
    EXPECT_EQ(read(of(bytes_max)).state, State::complete);
    const auto longer = read(of(bytes_max + 1));
    EXPECT_EQ(longer.state, State::refused);
    EXPECT_EQ(longer.taken, 16u);
}

TEST(ProxyHeader, ALineIsNoLongerThanTheProtocolSays) {
    const auto of = [](std::size_t size) { return "PROXY UNKNOWN " + std::string(size - 16, 'x') + "\r\n"; };
    EXPECT_EQ(read(of(107)).state, State::complete);
    for (const std::size_t at_once : {std::size_t{1}, all_that_is_wanted}) {
        const auto longer = read(of(108), at_once);
        EXPECT_EQ(longer.state, State::refused);
        EXPECT_LE(longer.taken, 107u);
    }
}

TEST(ProxyHeader, AnythingElseIsRefused) {
    const std::vector<std::string> others{
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        "GET /v1 HTTP/1.1\r\n",
        "proxy TCP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY\tTCP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY  TCP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 3\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 65536\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 01 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 -1 2\r\n",
        "PROXY TCP4 192.0.2.256 198.51.100.1 1 2\r\n",
        "PROXY TCP4 192.0.2 198.51.100.1 1 2\r\n",
        "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n",
        "PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY TCP6 fe80::1%eth0 2001:db8::1 1 2\r\n",
        "PROXY UDP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY UNKNOWNS\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\rx",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n\r\n",
        std::string("PROXY TCP4 192.0.2.1\0 198.51.100.1 1 2\r\n", 40),
        binary_header(0x11, 0x11, std::string(12, '\1')),  // another version
        binary_header(0x22, 0x11, std::string(12, '\1')),  // another command
        binary_header(0x21, 0x12, std::string(12, '\1')),  // datagrams
        binary_header(0x21, 0x41, std::string(216, '\1')),  // a family that is none
        binary_header(0x21, 0x11, std::string(11, '\1')),
        binary_header(0x21, 0x21, std::string(35, '\1')),
        binary_header(0x21, 0x31, std::string(215, '\1')),
    };
    for (const auto& bytes : others) {
        EXPECT_EQ(read(bytes).state, State::refused) << bytes;
        EXPECT_EQ(read(bytes, 1).state, State::refused) << bytes;
    }
}

TEST(ProxyHeader, WhoBeginsOtherwiseIsRefusedByTheirFirstByte) {
    EXPECT_EQ(read("\x16", 1).state, State::refused);
    EXPECT_EQ(read("G", 1).state, State::refused);
}

}  // namespace
}  // namespace kindroom::net
