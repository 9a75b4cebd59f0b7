// The few pages that are not the conversation.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include "e2e/support/guest.hpp"

namespace kindroom::test {

namespace {

struct Answer {
    std::string status;  // "HTTP/1.1 200 OK"
    std::string body;
};

// Asks over the listener without TLS, which is the same server behind it. The house ends the connection.
Answer page(const House& house, const std::string& path, const std::string& header = {}) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    socket.connect(
        {boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoi(house.plain_port()))});
    const std::string asked = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
    boost::asio::write(socket, boost::asio::buffer(asked));
    std::string got;
    boost::system::error_code end;
    boost::asio::read(socket, boost::asio::dynamic_buffer(got), end);
    const auto head = got.find("\r\n\r\n");
    return {.status = got.substr(0, got.find("\r\n")), .body = head == got.npos ? "" : got.substr(head + 4)};
}

}  // namespace

TEST(Http, ThePagesForOperatorsAnswerAndEverythingElseIsNotThere) {
    House house(Settings{{"listen.plain_address", "127.0.0.1:0"}});
    EXPECT_EQ(page(house, "/healthz").status, "HTTP/1.1 200 OK");
    EXPECT_EQ(page(house, "/readyz").status, "HTTP/1.1 200 OK");
    for (const char* path : {"/", "/index.html", "/healthz/", "/v2", "/../etc/passwd"}) {
        const auto answer = page(house, path);
        EXPECT_EQ(answer.status, "HTTP/1.1 404 Not Found") << path;
        EXPECT_EQ(answer.body, "") << path;
    }
    EXPECT_EQ(page(house, "/v1").status, "HTTP/1.1 426 Upgrade Required");
}

TEST(Http, MetricsAreForThisMachineAndNotForWhoComesThroughAProxy) {
    House house(Settings{{"listen.plain_address", "127.0.0.1:0"}});
    EXPECT_NE(page(house, "/metrics").body.find("kindroom_"), std::string::npos);
    EXPECT_EQ(page(house, "/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, "HTTP/1.1 404 Not Found");
}

}  // namespace kindroom::test
