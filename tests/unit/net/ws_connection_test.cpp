// A client's connection over a plain loopback socket, with the echo of stand_in/.
#include <gmock/gmock.h>
#include <string>

#include "support/test_client.hpp"
#include "test_server.hpp"

namespace kindroom::net {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

// What is answered to these bytes, with a limited patience for the connection's end.
std::string answer_to(std::string_view bytes) {
    TestServer server([](auto& config) { config.limits.close_max = milliseconds(100); });
    auto client = TestClient::to_port(server.port());
    client.send(bytes);
    return client.read_to_end();
}

// -- Before it is a WebSocket --

TEST(Handshake, TheAnswerNamesTheSubprotocolThatWasChosen) {
    TestServer server;
    auto client = TestClient::to_port(server.port());
    client.send(upgrade_request("soap, kindroom.v1.json"));
    const auto head = client.read_head();
    EXPECT_THAT(head, StartsWith("HTTP/1.1 101 "));
    EXPECT_THAT(head, HasSubstr("\r\nSec-WebSocket-Protocol: kindroom.v1.json\r\n"));
    // The answer to the key of RFC 6455's own example.
    EXPECT_THAT(head, HasSubstr("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
}

TEST(Handshake, FifteenKilobytesOfCookiesAreReadAndSeventeenAreNot) {
    TestServer server;
    auto client = TestClient::to_port(server.port());
    client.send(upgrade_request("kindroom.v1", "Cookie: " + std::string(15'000, 'c') + "\r\n"));
    EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 101 "));
    EXPECT_THAT(answer_to(upgrade_request("kindroom.v1", "Cookie: " + std::string(17'000, 'c') + "\r\n")),
                StartsWith("HTTP/1.1 431 "));
}

TEST(Handshake, TheLimitOfAHeadIsTheOperatorsToSet) {
    const auto head = upgrade_request();
    TestServer server([&](auto& config) {
        config.limits.head_bytes_max = static_cast<std::uint32_t>(head.size());
        config.limits.close_max = milliseconds(100);
    });
    auto client = TestClient::to_port(server.port());
    client.send(head);
    EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 101 "));
    auto other = TestClient::to_port(server.port());
    other.send(upgrade_request("kindroom.v1", "A: b\r\n"));
    EXPECT_THAT(other.read_to_end(), StartsWith("HTTP/1.1 431 "));
}

TEST(Handshake, WhatBeastAloneWouldAcceptIsRefused) {
    EXPECT_THAT(answer_to(upgrade_request("kindroom.v1", "Host: other\r\n")), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(answer_to(upgrade_request("kindroom.v1", "Transfer-Encoding: chunked\r\n")),
                StartsWith("HTTP/1.1 400 "));
    auto short_key = upgrade_request();
    short_key.replace(short_key.find("dGhl"), 24, "abc");
    EXPECT_THAT(answer_to(short_key), StartsWith("HTTP/1.1 400 "));
}

TEST(Handshake, APageOfAForeignOriginIsRefused) {
    EXPECT_THAT(answer_to(upgrade_request("kindroom.v1", "Origin: https://evil.example\r\n")),
                StartsWith("HTTP/1.1 403 "));
}

TEST(Handshake, AHeadThatDoesNotEndIsCut) {
    TestServer server([](auto& config) { config.limits.handshake_max = milliseconds(50); });
    auto client = TestClient::to_port(server.port());
    client.send("GET /v1 HTTP/1.1\r\nHost: house\r\n");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Handshake, WhoSaysNothingIsCut) {
    TestServer server([](auto& config) { config.limits.handshake_max = milliseconds(50); });
    EXPECT_TRUE(TestClient::to_port(server.port()).is_gone());
}

TEST(Pages, AreAnsweredAndTheConnectionEnds) {
    EXPECT_THAT(answer_to("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"),
                testing::AllOf(StartsWith("HTTP/1.1 200 "), testing::EndsWith("well\n")));
    EXPECT_THAT(answer_to("GET /readyz HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(answer_to("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n"), testing::EndsWith("counted 1\n"));
    EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(answer_to("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
}

// -- Messages --

TEST(Messages, ComeWholeInBothFormats) {
    TestServer server;
    auto binary = server.client();
    binary.send(say("hello") + say(""));
    const auto echoed = binary.read_frame();
    ASSERT_TRUE(echoed);
    EXPECT_EQ(echoed->opcode, Opcode::binary);
    EXPECT_EQ(echoed->payload, "hello");

    auto json = TestClient::to_port(server.port());
    json.upgrade("kindroom.v1.json");
    json.send(frame(Opcode::text, R"({"id":1})"));
    const auto joined = json.read_frame();
    ASSERT_TRUE(joined);
    EXPECT_EQ(joined->opcode, Opcode::text);
    EXPECT_EQ(joined->payload, R"({"event":[{"id":1}]})");
}

TEST(Messages, AllThatIsPendingGoesAsOne) {
    TestServer server;
    auto binary = server.client();
    binary.send(say("three"));
    EXPECT_EQ(binary.next(), "onetwothree");
    auto json = TestClient::to_port(server.port());
    json.upgrade("kindroom.v1.json");
    json.send(frame(Opcode::text, "three"));
    EXPECT_EQ(json.next(), R"({"event":[one,two,three]})");
}

TEST(Messages, AtTheSizeLimitIsReadAndOneByteMoreCloses1009) {
    TestServer server([](auto& config) { config.limits.frame_bytes_max = 3000; });
    auto client = server.client();
    client.send(say(std::string(3000, 'x')));
    EXPECT_EQ(client.next(), std::string(3000, 'x'));
    client.send(say(std::string(3001, 'x')));
    EXPECT_EQ(client.close_code(), 1009);
}

TEST(Messages, TheSizeLimitCountsAllFragments) {
    TestServer server([](auto& config) { config.limits.frame_bytes_max = 3000; });
    auto client = server.client();
    client.send(frame(Opcode::binary, std::string(2000, 'x'), Part::more_follows) +
                frame(Opcode::continuation, std::string(1001, 'x')));
    EXPECT_EQ(client.close_code(), 1009);
}

std::string in_fragments(int count) {
    std::string bytes = frame(Opcode::binary, "x", Part::more_follows);
    for (int i = 2; i < count; ++i) bytes += frame(Opcode::continuation, "x", Part::more_follows);
    return bytes + frame(Opcode::continuation, "x");
}

TEST(Messages, AtTheFragmentLimitIsReadAndOneFragmentMoreCloses4502) {
    TestServer server([](auto& config) { config.limits.fragments_max = 20; });
    auto client = server.client();
    client.send(in_fragments(20));
    EXPECT_EQ(client.next(), std::string(20, 'x'));
    client.send(in_fragments(21));
    EXPECT_EQ(client.close_code(), 4502);
}

TEST(Messages, AFloodOfFragmentsStillGetsItsCloseCode) {
    TestServer server;
    auto client = server.client();
    client.send(in_fragments(5000));
    EXPECT_EQ(client.close_code(), 4502);
}

TEST(Messages, TheWrongKindOfFrameCloses1003) {
    TestServer server;
    auto client = server.client();
    client.send(frame(Opcode::text, "hello"));
    EXPECT_EQ(client.close_code(), 1003);
}

TEST(Messages, UnmaskedFramesClose1002AndBadUtf8Closes1007) {
    TestServer server;
    auto client = server.client();
    client.send("\x82\x01x");
    EXPECT_EQ(client.close_code(), 1002);
    auto json = TestClient::to_port(server.port());
    json.upgrade("kindroom.v1.json");
    json.send(frame(Opcode::text, "\xff\xff"));
    EXPECT_EQ(json.close_code(), 1007);
}

TEST(Messages, ReadingIsPacedAndNothingIsLost) {
    TestServer server([](auto& config) {
        config.limits.read_burst_bytes = 2'000;
        config.limits.read_bytes_per_second = 100'000;
    });
    auto client = server.client();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) client.send(say(std::string(1'000, 'x')));
    std::size_t bytes = 0;
    while (bytes < 10'000) bytes += client.next().size();
    EXPECT_EQ(bytes, 10'000u);
    // 8,000 bytes beyond the burst at 100,000 a second.
    EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(60));
}

TEST(Messages, AreNotReadWhileTheClientDoesNotWantThem) {
    TestServer server;
    auto client = server.client();
    client.send(say("pause") + say("behind"));
    EXPECT_EQ(client.next(), "paused");
    server.resume_all();
    EXPECT_EQ(client.next(), "behind");
    client.send(say("after"));
    EXPECT_EQ(client.next(), "after");
}

TEST(Messages, WantOfMemoryEndsOneConnectionAndNoOther) {
    TestServer server;
    auto client = server.client();
    auto other = server.client();
    client.send(say("no memory"));
    EXPECT_TRUE(client.is_gone());
    other.send(say("still here"));
    EXPECT_EQ(other.next(), "still here");
}

// -- The end --

TEST(Close, WhatIsQueuedGoesFirstThenTheCode) {
    TestServer server;
    for (const int code : {4000, 4001, 4003, 4500, 4501}) {
        auto client = server.client();
        client.send(say("end " + std::to_string(code)));
        EXPECT_EQ(client.next(), "farewell");
        EXPECT_EQ(client.close_code(), code);
        client.send(frame(Opcode::close, std::string("\x03\xe8", 2)));
        EXPECT_TRUE(client.is_gone());
    }
}

TEST(Close, NothingIsReadAfterIt) {
    TestServer server;
    auto client = server.client();
    client.send(say("end 4501") + say("too late"));
    EXPECT_EQ(client.next(), "farewell");
    EXPECT_EQ(client.close_code(), 4501);
}

TEST(Close, WhoDoesNotAnswerItIsDropped) {
    TestServer server([](auto& config) { config.limits.close_max = milliseconds(50); });
    auto client = server.client();
    client.send(say("end 4501"));
    EXPECT_EQ(client.close_code(), 4501);
    EXPECT_TRUE(client.is_gone());
}

TEST(Close, ByThePeerIsAnsweredInKind) {
    TestServer server;
    auto client = server.client();
    client.send(frame(Opcode::close, std::string("\x03\xe8", 2)));
    EXPECT_EQ(client.close_code(), 1000);
    EXPECT_TRUE(client.is_gone());
}

TEST(Close, AfterABreachTheSocketDoesNotStayForEver) {
    TestServer server([](auto& config) { config.limits.close_max = milliseconds(50); });
    auto client = server.client();
    client.send("\x82\x01x");
    EXPECT_EQ(client.close_code(), 1002);
    // The client keeps its end open: without a bound of ours this would wait as long as it likes.
    server.let_clients_stay();
    EXPECT_TRUE(server.stop(std::chrono::hours(1)));
}

TEST(Close, AReaderWhoDoesNotReadIsDroppedWhenClosed) {
    TestServer server([](auto& config) { config.limits.close_max = milliseconds(50); });
    auto client = server.client();
    client.send(say("flood") + say("end 4001"));
    EXPECT_FALSE(client.read_some().empty());
    server.let_clients_stay();
    EXPECT_TRUE(server.stop(std::chrono::hours(1)));
    EXPECT_EQ(server.closed(), 1u);
}

TEST(Close, AReaderWhoDoesNotReadIsDroppedEvenIfNobodyClosesIt) {
    TestServer server([](auto& config) {
        config.limits.idle_max = milliseconds(100);
        config.limits.close_max = std::chrono::hours(1);
    });
    auto client = server.client();
    client.send(say("flood") + say("pause"));
    EXPECT_FALSE(client.read_some().empty());
    server.let_clients_stay();
    EXPECT_TRUE(server.stop(std::chrono::hours(1)));
}

TEST(Close, EachClientIsToldOnceThatItIsGone) {
    TestServer server;
    {
        auto polite = server.client();
        auto rude = server.client();
        polite.send(say("end 4501"));
        EXPECT_EQ(polite.close_code(), 4501);
        rude.send(say("hello"));
        EXPECT_EQ(rude.next(), "hello");
    }
    EXPECT_TRUE(server.stop(std::chrono::seconds(30)));
    EXPECT_EQ(server.admitted(), 2u);
    EXPECT_EQ(server.closed(), 2u);
}

}  // namespace
}  // namespace kindroom::net
