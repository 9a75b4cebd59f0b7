// How one comes in: by way of a proxy, and what is said of TLS.
#include <gmock/gmock.h>

#include "e2e/support/siege.hpp"
#include "support/proxy_headers.hpp"

namespace kindroom::test {

namespace {

std::uint16_t number(const std::string& port) { return static_cast<std::uint16_t>(std::stoi(port)); }

// Over TLS; `header` goes before it.
net::TestClient secured(const House& house, const std::string& header = {}) {
    auto client = net::TestClient::to_port(number(house.port()));
    if (!header.empty()) client.send(header);
    EXPECT_TRUE(client.secure());
    return client;
}

// One who has come over a proxy, and has said Hello.
net::TestClient brought(const House& house, const std::string& header) {
    auto client = secured(house, header);
    EXPECT_TRUE(client.upgrade());
    EXPECT_TRUE(asked(client, request(R"({"hello":{"protocolVersion":1}})")));
    return client;
}

v1::Request signing_up(const std::string& invite) {
    v1::Request request;
    request.mutable_create_account()->set_invite_code(invite);
    request.mutable_create_account()->set_passphrase(good_passphrase);
    return request;
}

std::string head_of(net::TestClient client, const std::string& path) {
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.read_head();
}

const std::string https_only = "Strict-Transport-Security";

}  // namespace

TEST(FrontDoor, BehindAProxyAccountsAndConnectionsAreCountedForTheNetworkOfTheClient) {
    House house(Settings{{"listen.proxies", "127.0.0.1"},
                         {"limits.sign_ups_per_network", "1"},
                         {"limits.connections_per_network_max", "3"}});
    auto first = brought(house, brings(1));
    EXPECT_TRUE(signed_up(first, house.invite()));
    auto second = brought(house, brings(1));
    EXPECT_EQ(refusal(second, signing_up(house.invite())), v1::ERROR_CODE_RATE_LIMITED);
    auto neighbour = brought(house, brings(2));
    EXPECT_TRUE(signed_up(neighbour, house.invite()));

    auto third = brought(house, brings(1));
    auto fourth = secured(house, brings(1));
    EXPECT_TRUE(fourth.upgrade());
    EXPECT_EQ(fourth.close_code(), 4004);
    // Nobody else is affected.
    auto another = brought(house, brings(3));
    EXPECT_EQ(house.log().find("192.0.2."), std::string::npos) << "no address is ever written down";
}

TEST(FrontDoor, FromElsewhereNobodyIsBelievedWhoTheyAre) {
    House house(Settings{{"listen.proxies", "192.0.2.0/24"}, {"limits.connections_per_network_max", "1"}});
    for (int i = 0; i < 3; ++i) {
        auto eve = net::TestClient::to_port(number(house.port()));
        eve.send(brings(1));
        EXPECT_FALSE(eve.secure());
    }
    // Loopback is not counted, as ever.
    auto ana = brought(house, {});
    auto ben = brought(house, {});
    EXPECT_TRUE(signed_up(ben, house.invite()));
}

TEST(FrontDoor, AHouseWithARealCertificateSaysThatOneComesByTlsOnly) {
    House house(Settings{{"listen.https_only_for", "30d"}, {"listen.plain_address", "127.0.0.1:0"}});
    for (const char* path : {"/healthz", "/v1", "/nowhere"})
        EXPECT_THAT(head_of(secured(house), path), testing::HasSubstr("\r\n" + https_only + ": max-age=2592000\r\n"));
    EXPECT_THAT(head_of(net::TestClient::to_port(number(house.plain_port())), "/healthz"),
                testing::Not(testing::HasSubstr(https_only)));
}

TEST(FrontDoor, AHouseWithACertificateForThisMachineOnlyDoesNot) {
    House house;
    EXPECT_THAT(head_of(secured(house), "/healthz"), testing::Not(testing::HasSubstr(https_only)));
}

}  // namespace kindroom::test
