#include "net/http.hpp"

#include <gmock/gmock.h>
#include <string>

#include "support/test_client.hpp"

namespace kindroom::net {
namespace {

using State = HeadReader::State;

// A good request of exactly that many bytes.
std::string request_of(std::size_t bytes) {
    const auto bare = upgrade_request("kindroom.v1", "Cookie: \r\n").size();
    return upgrade_request("kindroom.v1", "Cookie: " + std::string(bytes - bare, 'c') + "\r\n");
}

TEST(HeadReader, AHeadMayComeByteByByte) {
    HeadReader reader(16 * 1024);
    const auto request = upgrade_request();
    for (std::size_t i = 0; i + 1 < request.size(); ++i) {
        ASSERT_EQ(reader.feed(request.substr(i, 1)), State::needs_more) << i;
    }
    ASSERT_EQ(reader.feed(request.substr(request.size() - 1)), State::complete);
    const auto head = reader.head();
    EXPECT_EQ(head.method, "GET");
    EXPECT_EQ(head.target, "/v1");
    EXPECT_EQ(head.version, 11u);
    EXPECT_EQ(head.fields.front().name, "Host");
    EXPECT_EQ(head.fields.front().value, "house");
    EXPECT_EQ(head.fields.size(), 6u);
}

TEST(HeadReader, AHeadAtTheLimitIsReadAndOneByteMoreIsNot) {
    EXPECT_EQ(HeadReader(4096).feed(request_of(4096)), State::complete);
    EXPECT_EQ(HeadReader(4096).feed(request_of(4097)), State::too_large);
}

TEST(HeadReader, TheLimitIsTheSameForAHeadWhoseFirstLineComesAlone) {
    const auto read = [](std::size_t bytes) {
        HeadReader reader(4096);
        const auto head = request_of(bytes);
        const auto line = head.find('\n') + 1;
        EXPECT_EQ(reader.feed(head.substr(0, line)), State::needs_more);
        return reader.feed(head.substr(line));
    };
    EXPECT_EQ(read(4096), State::complete);
    EXPECT_EQ(read(4097), State::too_large);
}

TEST(HeadReader, AHeadWithoutEndIsGivenUpAtTheLimit) {
    HeadReader reader(4096);
    auto state = reader.feed("GET / HTTP/1.1\r\n");
    int lines = 0;
    while (state == State::needs_more && ++lines < 10'000) state = reader.feed("A: b\r\n");
    EXPECT_EQ(state, State::too_large);
}

TEST(HeadReader, GarbageIsMalformed) {
    for (const auto* bytes : {"\x16\x03\x01\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                              "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nA: \x01\r\n\r\n"}) {
        EXPECT_EQ(HeadReader(4096).feed(bytes), State::malformed) << bytes;
    }
}

TEST(HeadReader, NothingMayFollowTheHeadBeforeItIsAnswered) {
    EXPECT_EQ(HeadReader(4096).feed(upgrade_request() + frame(Opcode::binary, "too early")), State::malformed);
}

TEST(HttpAnswer, IsNeverStoredAndEndsTheConnection) {
    EXPECT_EQ(written_answer({.status = 404, .body = ""}, true),
              "HTTP/1.1 404 Not Found\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n");
}

TEST(HttpAnswer, HeadSaysTheLengthAndSendsNoBody) {
    const auto whole = written_answer({.status = 200, .body = "well\n"}, true);
    const auto head = written_answer({.status = 200, .body = "well\n"}, false);
    EXPECT_EQ(whole, head + "well\n");
    EXPECT_THAT(head, testing::HasSubstr("Content-Length: 5\r\n"));
}

TEST(HttpAnswer, SaysForHowLongToComeByTlsOnlyWhereThatIsWanted) {
    EXPECT_THAT(written_answer({.status = 404, .body = ""}, true, https_only_value(std::chrono::hours(24))),
                testing::HasSubstr("\r\nStrict-Transport-Security: max-age=86400\r\n"));
    EXPECT_EQ(https_only_value(Duration::zero()), "");
    // Not zero, which means to forget.
    EXPECT_EQ(https_only_value(Duration(1)), "max-age=1");
}

TEST(HttpAnswer, ARefusalSaysWhatWouldHaveBeenRight) {
    EXPECT_THAT(written_answer({.status = 405, .body = ""}, true), testing::HasSubstr("\r\nAllow: GET\r\n"));
    EXPECT_THAT(written_answer({.status = 426, .body = ""}, true),
                testing::HasSubstr("\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"));
}

}  // namespace
}  // namespace kindroom::net
