// Connections that a proxy of ours makes for somebody else.
#include <gmock/gmock.h>
#include <sstream>
#include <string>
#include <vector>

#include "support/proxy_headers.hpp"
#include "support/test_client.hpp"
#include "test_server.hpp"

namespace kindroom::net {
namespace {

using std::chrono::milliseconds;
using test::binary_header;
using test::brings;
using testing::StartsWith;

const std::string in_its_own_name = binary_header(0x20, 0x00, "");

void trust_loopback(config::Config& config) {
    config.listen.proxies = {"127.0.0.1"};
    config.limits.close_max = milliseconds(100);
}

// Brought over the plain listener, and let in.
TestClient brought(const TestServer& server, const std::string& header) {
    auto client = TestClient::to_port(server.port());
    client.send(header);
    EXPECT_TRUE(client.upgrade());
    return client;
}

std::string asked_who(TestClient& client) {
    client.send(frame(Opcode::binary, "who"));
    return client.next();
}

std::string answer_to(const TestServer& server, const std::string& bytes) {
    auto client = TestClient::to_port(server.port());
    client.send(bytes);
    return client.read_to_end();
}

TEST(BehindAProxy, WhomItBringsComesFromElsewhereHoweverNearTheyAre) {
    TestServer server(trust_loopback);
    for (const auto& header : {brings(1), std::string("PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n"),
                               std::string("PROXY UNKNOWN\r\n"), binary_header(0x21, 0x00, "")}) {
        auto client = brought(server, header);
        EXPECT_EQ(asked_who(client), "stranger") << header;
    }
    auto itself = brought(server, in_its_own_name);
    EXPECT_EQ(asked_who(itself), "loopback");
}

TEST(BehindAProxy, TheHeaderComesBeforeTls) {
    TestServer server(trust_loopback);
    for (const auto& header : {brings(1), std::string("PROXY TCP6 2001:db8::7 2001:db8::1 1 2\r\n")}) {
        auto client = TestClient::to_port(server.tls_port());
        client.send(header);
        ASSERT_TRUE(client.secure());
        ASSERT_TRUE(client.upgrade());
        EXPECT_EQ(asked_who(client), "stranger");
    }
}

TEST(BehindAProxy, ConnectionsCountForTheNetworkOfTheClientAndNotOfTheProxy) {
    TestServer server([](auto& config) {
        trust_loopback(config);
        config.limits.connections_per_network_max = 1;
        // Who is told to go is counted until then.
        config.limits.close_max = std::chrono::seconds(60);
    });
    auto first = brought(server, brings(1));
    EXPECT_EQ(asked_who(first), "stranger");
    auto one_too_many = brought(server, brings(1));
    EXPECT_EQ(one_too_many.close_code(), 4004);
    auto turned_away = TestClient::to_port(server.port());
    turned_away.send(brings(1));
    EXPECT_FALSE(turned_away.upgrade());
    auto another = brought(server, brings(2));
    EXPECT_EQ(asked_who(another), "stranger");
    EXPECT_TRUE(server.stop(Duration(0)));
    EXPECT_THAT(server.counted(), testing::HasSubstr("\nkindroom_connections_refused_total{reason=\"too_many\"} 1\n"));
}

TEST(BehindAProxy, WhoLeavesMakesRoomInTheirNetwork) {
    TestServer server([](auto& config) {
        trust_loopback(config);
        config.limits.connections_per_network_max = 1;
    });
    brought(server, brings(1));
    // Until the server has seen that they are gone; each that is refused meanwhile is counted and goes, too.
    std::string answer;
    for (int i = 0; i < 10'000 && answer != "stranger"; ++i) {
        auto client = TestClient::to_port(server.port());
        client.send(brings(1));
        if (client.upgrade()) answer = asked_who(client);
    }
    EXPECT_EQ(answer, "stranger");
    // It waits for all that were counted.
    EXPECT_TRUE(server.stop(milliseconds(100)));
}

TEST(BehindAProxy, MetricsAreForTheProxyAndForNobodyWhomItBrings) {
    TestServer server(trust_loopback);
    const std::string asked = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n";
    EXPECT_THAT(answer_to(server, "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + asked), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(answer_to(server, "PROXY UNKNOWN\r\n" + asked), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(answer_to(server, in_its_own_name + asked), StartsWith("HTTP/1.1 200 "));
}

TEST(BehindAProxy, FromElsewhereTheHeaderIsGarbage) {
    for (const auto& proxies : {std::vector<std::string>{}, std::vector<std::string>{"192.0.2.0/24", "::1"}}) {
        TestServer server([&](auto& config) {
            config.listen.proxies = proxies;
            config.limits.close_max = milliseconds(100);
        });
        for (const auto& header : {brings(1), std::string("PROXY TCP4 192.0.2.1 198.51.100.1 1 2\r\n")}) {
            EXPECT_THAT(answer_to(server, header + upgrade_request()), StartsWith("HTTP/1.1 400 "));
            auto client = TestClient::to_port(server.tls_port());
            client.send(header);
            EXPECT_FALSE(client.secure());
        }
        EXPECT_EQ(server.admitted(), 0u);
    }
}

TEST(BehindAProxy, AProxyThatSaysNothingOfWhomItBringsIsDropped) {
    TestServer server(trust_loopback);
    EXPECT_EQ(answer_to(server, upgrade_request()), "");
    auto client = TestClient::to_port(server.tls_port());
    EXPECT_FALSE(client.secure());
    EXPECT_EQ(server.admitted(), 0u);
}

TEST(BehindAProxy, OneThatNeverSaysWhomItBringsIsALineInTheLogAndNotOneEachTime) {
    TestServer server(trust_loopback);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(answer_to(server, upgrade_request()), "");
    brought(server, brings(1));
    EXPECT_TRUE(server.stop(milliseconds(100)));
    std::vector<std::string> told;
    std::istringstream lines(server.logged());
    for (std::string line; std::getline(lines, line);)
        if (line.find("proxy_header_missing") != std::string::npos) told.push_back(line);
    EXPECT_THAT(told, testing::ElementsAre(testing::EndsWith(" warning proxy_header_missing connections=1")));
}

TEST(BehindAProxy, AHeaderThatDoesNotEndIsCut) {
    TestServer server([](auto& config) {
        trust_loopback(config);
        config.limits.handshake_max = milliseconds(50);
    });
    EXPECT_EQ(answer_to(server, ""), "");
    EXPECT_EQ(answer_to(server, "PROXY TCP4 192.0.2.1 "), "");
    EXPECT_EQ(answer_to(server, brings(1).substr(0, 20)), "");
}

TEST(BehindAProxy, AHeaderMayBeAsLongAsTheOperatorSays) {
    TestServer server([](auto& config) {
        trust_loopback(config);
        config.limits.proxy_header_bytes_max = 300;
    });
    const auto of = [](std::size_t size) { return binary_header(0x21, 0x11, std::string(size - 16, '\1')); };
    auto client = brought(server, of(300));
    EXPECT_EQ(asked_who(client), "stranger");
    EXPECT_EQ(answer_to(server, of(301) + upgrade_request()), "");
}

TEST(BehindAProxy, WhoIsBeingIntroducedStandsAtTheDoorLikeAnybody) {
    TestServer server([](auto& config) {
        trust_loopback(config);
        config.limits.handshakes_max = 1;
    });
    auto first = TestClient::to_port(server.port());
    first.send("PROXY ");
    // Whichever shard has the first one, one of these is there too.
    auto second = TestClient::to_port(server.port());
    auto third = TestClient::to_port(server.port());
    EXPECT_TRUE(first.is_gone());
}

TEST(BehindAProxy, TheOperatorsSocketHasNone) {
    TestServer server(trust_loopback);
    auto client = TestClient::to_path(server.config().operator_.socket);
    ASSERT_TRUE(client.upgrade());
    EXPECT_EQ(asked_who(client), "operator");
}

TEST(BehindAProxy, ANetworkThatCannotBeReadIsNamed) {
    TestServer server([](auto& config) { config.listen.proxies = {"192.0.2.1", "proxy.example"}; });
    EXPECT_THAT(server.trouble(), testing::Optional(testing::HasSubstr("proxy.example")));
}

}  // namespace
}  // namespace kindroom::net
