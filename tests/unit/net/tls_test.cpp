#include <boost/asio/ssl/context.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <string>

#include "net/tls_context.hpp"
#include "support/test_client.hpp"
#include "test_certificate.hpp"
#include "test_server.hpp"

namespace kindroom::net {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Optional;

constexpr int tls_1_1 = 0x0302;
constexpr int tls_1_2 = 0x0303;

TEST(Tls, CarriesMessagesInBothVersions) {
    TestServer server;
    for (const int version_max : {0, tls_1_2}) {
        auto client = TestClient::to_port(server.tls_port());
        ASSERT_TRUE(client.secure(version_max));
        ASSERT_TRUE(client.upgrade());
        client.send(say("hello"));
        EXPECT_EQ(client.next(), "hello");
        client.send(say("three"));
        EXPECT_EQ(client.next(), "onetwothree");
        client.send(say(std::string(10'000, 'x')));
        EXPECT_EQ(client.next(), std::string(10'000, 'x'));
        client.send(say("end 4501"));
        EXPECT_EQ(client.next(), "farewell");
        EXPECT_EQ(client.close_code(), 4501);
        client.send(frame(Opcode::close, std::string("\x03\xe8", 2)));
        EXPECT_TRUE(client.is_gone());
    }
}

TEST(Tls, ReadingIsPacedAndNothingIsLost) {
    TestServer server([](auto& config) {
        config.limits.read_burst_bytes = 4'000;
        config.limits.read_bytes_per_second = 100'000;
    });
    auto client = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(client.secure());
    ASSERT_TRUE(client.upgrade());
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) client.send(say(std::string(1'000, 'x')));
    std::size_t bytes = 0;
    while (bytes < 10'000) bytes += client.next().size();
    EXPECT_EQ(bytes, 10'000u);
    // Over 6,000 bytes beyond the burst at 100,000 a second.
    EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(40));
}

TEST(Tls, WhatFillsTheSocketComesWholeOnceItIsRead) {
    TestServer server(
        [](auto& config) { config.limits.read_burst_bytes = config.limits.read_bytes_per_second = 1 << 30; });
    auto client = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(client.secure());
    ASSERT_TRUE(client.upgrade());
    // More than a socket takes, written while more is read.
    const std::string message(16'000, 'x');
    constexpr std::size_t bytes = 16'000'000;
    for (std::size_t sent = 0; sent < bytes; sent += message.size()) ASSERT_TRUE(client.send(say(message)));
    std::string told;
    while (told.size() < bytes) {
        const auto read = client.read_frame();
        ASSERT_TRUE(read);
        told += read->payload;
    }
    EXPECT_EQ(told, std::string(bytes, 'x'));
}

TEST(Tls, AReaderWhoDoesNotReadIsDroppedWhenClosed) {
    TestServer server([](auto& config) { config.limits.close_max = milliseconds(50); });
    auto client = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(client.secure());
    ASSERT_TRUE(client.upgrade());
    client.send(say("flood") + say("end 4001"));
    EXPECT_FALSE(client.read_some().empty());
    server.let_clients_stay();
    EXPECT_TRUE(server.stop(std::chrono::hours(1)));
    EXPECT_EQ(server.closed(), 1u);
}

// RFC 6797, 7.2: browsers would have to ignore it elsewhere.
TEST(Tls, EachAnswerOverItSaysForHowLongToComeByTlsOnlyAndNoOtherDoes) {
    TestServer server([](auto& config) {
        config.listen.https_only_for = std::chrono::hours(24);
        config.limits.close_max = milliseconds(100);
    });
    const auto* const line = "\r\nStrict-Transport-Security: max-age=86400\r\n";
    for (const auto& request : {upgrade_request(), std::string("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"),
                                std::string("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), std::string("nonsense\r\n\r\n")}) {
        auto client = TestClient::to_port(server.tls_port());
        ASSERT_TRUE(client.secure());
        client.send(request);
        EXPECT_THAT(client.read_head(), HasSubstr(line)) << request;
        auto plain = TestClient::to_port(server.port());
        plain.send(request);
        EXPECT_THAT(plain.read_head(), Not(HasSubstr("Strict-Transport-Security"))) << request;
    }
}

TEST(Tls, OlderThan12IsRefused) {
    TestServer server;
    EXPECT_FALSE(TestClient::to_port(server.tls_port()).secure(tls_1_1));
}

TEST(Tls, PlainTextIsCutOff) {
    TestServer server;
    auto client = TestClient::to_port(server.tls_port());
    client.send(upgrade_request());
    EXPECT_THAT(client.read_to_end(), testing::Not(HasSubstr("HTTP")));
}

TEST(Tls, AHandshakeThatStopsHalfwayIsCut) {
    TestServer server([](auto& config) { config.limits.handshake_max = milliseconds(50); });
    auto client = TestClient::to_port(server.tls_port());
    client.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8));
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Tls, AFailedWebSocketGetsItsCodeAndThenAnEnd) {
    TestServer server([](auto& config) { config.limits.close_max = milliseconds(50); });
    auto client = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(client.secure());
    ASSERT_TRUE(client.upgrade());
    client.send("\x82\x01x");
    EXPECT_EQ(client.close_code(), 1002);
    server.let_clients_stay();
    EXPECT_TRUE(server.stop(std::chrono::hours(1)));
}

TEST(Tls, ANewCertificateIsForNewConnectionsAndLeavesOldOnesAlone) {
    TestServer server;
    auto old_one = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(old_one.secure());
    EXPECT_EQ(old_one.server_common_name(), "first");
    ASSERT_TRUE(old_one.upgrade());

    make_certificate(server.config().listen.certificate, server.config().listen.certificate_key, "second");
    EXPECT_EQ(server.listener().reload_tls(), std::nullopt);
    // Connections dealt out before the reload was carried out may still be waiting: the operator's socket is the fence.
    EXPECT_TRUE(TestClient::to_path(server.config().operator_.socket).upgrade());

    auto new_one = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(new_one.secure());
    EXPECT_EQ(new_one.server_common_name(), "second");
    old_one.send(say("still here"));
    EXPECT_EQ(old_one.next(), "still here");
}

TEST(Tls, ACertificateThatIsOverSoonIsALineInTheLog) {
    TestServer server([](auto& config) { config.limits.tickets_renewed_every = std::chrono::hours(24); });
    EXPECT_TRUE(server.stop(Duration(0)));
    EXPECT_THAT(server.logged(), HasSubstr(" warning certificate_expires_soon days=0\n"));
}

TEST(Tls, ABadCertificateChangesNothing) {
    TestServer server;
    std::ofstream(server.config().listen.certificate) << "nonsense";
    EXPECT_THAT(server.listener().reload_tls(), Optional(HasSubstr("certificate.pem")));
    auto client = TestClient::to_port(server.tls_port());
    ASSERT_TRUE(client.secure());
    EXPECT_EQ(client.server_common_name(), "first");
}

// A connection after which its session is known, and whether it went on with an earlier one.
struct Met {
    std::string session;
    bool is_resumed = false;
};
Met meet(TestServer& server, int version_max, const std::string& session = {}) {
    auto client = TestClient::to_port(server.tls_port());
    EXPECT_TRUE(client.secure(version_max, session));
    EXPECT_TRUE(client.upgrade());
    return {.session = client.session(), .is_resumed = client.is_resumed()};
}

TEST(Tls, ASessionGoesOnUntilTheKeysOfItsTicketAreOld) {
    TestServer lasting;
    TestServer changing([](auto& config) { config.limits.tickets_renewed_every = milliseconds(1); });
    for (const int version_max : {0, tls_1_2}) {
        const auto met = meet(lasting, version_max);
        EXPECT_FALSE(met.is_resumed);
        EXPECT_TRUE(meet(lasting, version_max, met.session).is_resumed);
        // Nobody knows when the keys change; that they do ends this.
        const auto old = meet(changing, version_max).session;
        while (meet(changing, version_max, old).is_resumed) {
        }
    }
}

TEST(Tls, WithNewTicketsTheCertificateAndItsChainAreTheSame) {
    TestFolder folder;
    make_certificate(folder / "one.pem", folder / "one.key", "one");
    make_certificate(folder / "two.pem", folder / "two.key", "two");
    std::ofstream(folder / "one.pem", std::ios::app) << std::ifstream(folder / "two.pem").rdbuf();
    const auto old = std::get<TlsContext>(load_tls_context(folder / "one.pem", folder / "one.key"));
    const auto fresh = with_new_tickets(*old);
    ASSERT_TRUE(fresh);
    EXPECT_NE(fresh, old);
    EXPECT_EQ(
        X509_cmp(SSL_CTX_get0_certificate(fresh->native_handle()), SSL_CTX_get0_certificate(old->native_handle())), 0);
    STACK_OF(X509)* chain = nullptr;
    SSL_CTX_get0_chain_certs(fresh->native_handle(), &chain);
    EXPECT_EQ(sk_X509_num(chain), 1);
    EXPECT_EQ(SSL_CTX_check_private_key(fresh->native_handle()), 1);
}

std::string trouble_with(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    const auto loaded = load_tls_context(certificate, key);
    const auto* const trouble = std::get_if<std::string>(&loaded);
    return trouble ? *trouble : "";
}

TEST(TlsContext, TroubleIsASentenceThatNamesTheFileAndTheRemedy) {
    TestFolder folder;
    make_certificate(folder / "good.pem", folder / "good.key", "one");
    make_certificate(folder / "other.pem", folder / "other.key", "two");
    make_certificate(folder / "old.pem", folder / "old.key", "three", Validity::expired);
    EXPECT_EQ(trouble_with(folder / "good.pem", folder / "good.key"), "");
    EXPECT_THAT(trouble_with(folder / "none.pem", folder / "good.key"),
                AllOf(HasSubstr("none.pem"), HasSubstr("readable PEM file")));
    EXPECT_THAT(trouble_with(folder / "good.pem", folder / "none.key"), HasSubstr("none.key"));
    EXPECT_THAT(trouble_with(folder / "good.pem", folder / "other.key"),
                AllOf(HasSubstr("other.key"), HasSubstr("belongs to the certificate")));
    EXPECT_THAT(trouble_with(folder / "old.pem", folder / "old.key"), HasSubstr("has expired"));
}

}  // namespace
}  // namespace kindroom::net
