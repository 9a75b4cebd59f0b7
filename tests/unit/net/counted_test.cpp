// What connections do, as it is counted for the operator.
#include <chrono>
#include <gmock/gmock.h>
#include <map>
#include <string>

#include "support/test_client.hpp"
#include "test_server.hpp"

namespace kindroom::net {
namespace {

using testing::HasSubstr;

std::string goodbye() { return frame(Opcode::close, std::string("\x03\xe8", 2)); }

void quick_to_close(config::Config& config) { config.limits.close_max = std::chrono::milliseconds(100); }

// Once every connection has ended.
std::string counted_at_the_end(TestServer& server) {
    EXPECT_TRUE(server.stop(std::chrono::seconds(30)));
    return server.counted();
}

TEST(Counted, AConnectionFromItsHandshakeToItsEnd) {
    TestServer server;
    auto client = server.client();
    client.send(say("hello"));
    EXPECT_EQ(client.next(), "hello");
    EXPECT_THAT(server.counted(), HasSubstr("\nkindroom_connections 1\n"));
    client.send(goodbye());
    EXPECT_EQ(client.close_code(), 1000);
    EXPECT_TRUE(client.is_gone());
    const auto counted = counted_at_the_end(server);
    EXPECT_THAT(counted, HasSubstr("\nkindroom_connections 0\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_connections_accepted_total 1\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_connections_closed_total{reason=\"by_client\"} 1\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_frames_received_total 1\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_received_bytes_total 5\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_frames_sent_total 1\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_sent_bytes_total 5\n"));
}

TEST(Counted, EachEndOfOursByItsCode) {
    const std::map<int, std::string> reasons{{4000, "server_restarts"},    {4001, "too_slow"},    {4002, "idle"},
                                             {4003, "signed_in_too_late"}, {4004, "too_many"},    {4500, "malformed"},
                                             {4501, "session_ended"},      {4502, "limit_broken"}};
    TestServer server;
    for (const auto& [code, reason] : reasons) {
        auto client = server.client();
        client.send(say("end " + std::to_string(code)));
        EXPECT_EQ(client.close_code(), code);
        client.send(goodbye());
        EXPECT_TRUE(client.is_gone());
    }
    const auto counted = counted_at_the_end(server);
    for (const auto& [code, reason] : reasons)
        EXPECT_THAT(counted, HasSubstr("\nkindroom_connections_closed_total{reason=\"" + reason + "\"} 1\n"));
    EXPECT_THAT(counted, HasSubstr("{reason=\"by_client\"} 0\n"));
}

TEST(Counted, TextWhereBinaryWasAgreedIsMalformed) {
    TestServer server(quick_to_close);
    auto client = server.client();
    client.send(frame(Opcode::text, "hello"));
    EXPECT_EQ(client.close_code(), 1003);
    EXPECT_THAT(counted_at_the_end(server), HasSubstr("\nkindroom_connections_closed_total{reason=\"malformed\"} 1\n"));
}

TEST(Counted, WhoNeverBecomesAWebSocketIsRefusedUnlessAPageWasAllTheyWanted) {
    TestServer server(quick_to_close);
    for (const char* asked : {"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "GET /v2 HTTP/1.1\r\nHost: h\r\n\r\n"}) {
        auto client = TestClient::to_port(server.port());
        client.send(asked);
        EXPECT_FALSE(client.read_to_end().empty());
    }
    const auto counted = counted_at_the_end(server);
    EXPECT_THAT(counted, HasSubstr("\nkindroom_connections_refused_total{reason=\"handshake\"} 1\n"));
    EXPECT_THAT(counted, HasSubstr("\nkindroom_connections_accepted_total 0\n"));
}

TEST(Counted, ReadingThatIsPaused) {
    TestServer server(quick_to_close);
    auto client = server.client();
    client.send(say("pause"));
    EXPECT_EQ(client.next(), "paused");
    EXPECT_THAT(counted_at_the_end(server), HasSubstr("\nkindroom_reading_paused_total 1\n"));
}

TEST(Counted, WhenTheCertificateIsOver) {
    TestServer server;
    const std::string series = "\nkindroom_certificate_expiry_timestamp_seconds ";
    const auto counted = server.counted();
    const auto at = counted.find(series);
    ASSERT_NE(at, std::string::npos);
    const double end = std::stod(counted.substr(at + series.size()));
    // The test's own is good for an hour.
    const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    EXPECT_GT(end, now);
    EXPECT_LE(end, now + 3'601);
}

}  // namespace
}  // namespace kindroom::net
