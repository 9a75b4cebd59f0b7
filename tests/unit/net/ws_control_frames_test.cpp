// Pings, their answers, and whoever says nothing.
#include <gtest/gtest.h>
#include <string>

#include "support/test_client.hpp"
#include "test_server.hpp"

namespace kindroom::net {
namespace {

using std::chrono::milliseconds;

std::string pings(int count) {
    std::string bytes;
    for (int i = 0; i < count; ++i) bytes += frame(Opcode::ping, "p");
    return bytes;
}

TEST(Pings, AreAnsweredUpToTheLimitAndOneMoreCloses4502) {
    TestServer server([](auto& config) { config.limits.control_frames_max = 5; });
    auto client = server.client();
    client.send(pings(5));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client.next(), "p");
    client.send(pings(1));
    EXPECT_EQ(client.close_code(), 4502);
}

TEST(Pings, AreCountedAnewWhenTheirWindowIsOver) {
    TestServer server([](auto& config) {
        config.limits.control_frames_max = 2;
        config.limits.control_frames_window = milliseconds(50);
        config.limits.ping_every = milliseconds(10);
    });
    auto client = server.client();
    client.send(pings(2));
    // Their window has begun when they are answered, however late that is.
    for (int answers = 0; answers < 2;) {
        const auto frame = client.read_frame();
        ASSERT_TRUE(frame);
        answers += frame->opcode == Opcode::pong;
    }
    const auto start = std::chrono::steady_clock::now();
    // The server's own pings tell the time; they are not answered here.
    while (std::chrono::steady_clock::now() - start < milliseconds(100)) ASSERT_TRUE(client.read_frame());
    client.send(pings(2));
    client.send(say("still here"));
    std::string heard;
    while (heard != "still here") {
        const auto frame = client.read_frame();
        ASSERT_TRUE(frame) << "closed";
        ASSERT_NE(frame->opcode, Opcode::close);
        if (frame->opcode == Opcode::binary) heard = frame->payload;
    }
}

// The answers are Beast's and the messages are ours: neither may begin in the midst of the other.
TEST(Pings, AreAnsweredBetweenMessagesThatTheSocketDoesNotTakeAtOnce) {
    for (const bool is_over_tls : {false, true}) {
        TestServer server([](auto& config) { config.limits.control_frames_max = 200; });
        auto client = TestClient::to_port(is_over_tls ? server.tls_port() : server.port());
        ASSERT_TRUE(!is_over_tls || client.secure());
        ASSERT_TRUE(client.upgrade());
        // The flood stands in the socket until it is read, and most of the pings come while a part of a message waits.
        client.send(say("flood"));
        int answers = 0;
        std::size_t messages = 0;
        for (int sent = 0; answers < 200;) {
            if (sent < 200 && messages % 2 == 0) {
                client.send(pings(10));
                sent += 10;
            }
            const auto frame = client.read_frame();
            ASSERT_TRUE(frame) << "closed";
            if (frame->opcode == Opcode::pong) {
                ++answers;
                continue;
            }
            ASSERT_EQ(frame->opcode, Opcode::binary);
            ASSERT_EQ(frame->payload, std::string(100'000, 'x'));
            ++messages;
        }
    }
}

TEST(Pings, AFloodGetsItsCloseCode) {
    TestServer server;
    auto client = server.client();
    client.send(pings(20'000));
    EXPECT_EQ(client.close_code(), 4502);
}

TEST(Silence, IsAnsweredWithAPingAndThenWithClose4002) {
    TestServer server([](auto& config) {
        config.limits.ping_every = milliseconds(20);
        // A server that stood still for all of it would close without having asked.
        config.limits.idle_max = milliseconds(1'000);
    });
    auto client = server.client();
    const auto ping = client.read_frame();
    ASSERT_TRUE(ping);
    EXPECT_EQ(ping->opcode, Opcode::ping);
    EXPECT_EQ(client.close_code(), 4002);
}

TEST(Silence, APongIsASignOfLife) {
    TestServer server([](auto& config) {
        config.limits.ping_every = milliseconds(20);
        config.limits.idle_max = milliseconds(1'000);
        config.limits.control_frames_max = 1000;
    });
    auto client = server.client();
    const auto start = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - start < milliseconds(1'500)) {
        const auto ping = client.read_frame();
        ASSERT_TRUE(ping);
        ASSERT_EQ(ping->opcode, Opcode::ping);
        client.send(frame(Opcode::pong, ""));
    }
}

}  // namespace
}  // namespace kindroom::net
