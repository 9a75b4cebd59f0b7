// Attacks at the doors: what is asked for before it is a WebSocket, and what is tried with TLS.
#include <gtest/gtest.h>

#include "e2e/support/siege.hpp"

namespace kindroom::test {

namespace {

// A request as a well-made client writes it, but for what is replaced in it.
std::string head_with(const std::string& from, const std::string& to) {
    auto head = net::upgrade_request();
    head.replace(head.find(from), from.size(), to);
    return head;
}

struct Try {
    const char* what;
    std::string said;
    int status;
};

// All of what comes back: one answer, and never an open WebSocket.
void try_all(Siege& siege, const std::vector<Try>& rows) {
    while (siege.goes_on())
        for (const Try& row : rows) {
            auto client = siege.plain();
            client.send(row.said);
            const auto answer = client.read_to_end();
            EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(row.status) + " "))
                << row.what << ": " << answer;
            EXPECT_EQ(answer.find("HTTP/1.1 ", 1), answer.npos) << row.what << ": more than one answer";
            siege.count("answered with " + std::to_string(row.status));
        }
}

void foreign_pages(Siege& siege) {
    const auto key = std::string("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    try_all(
        siege,
        {
            {"a foreign origin", net::upgrade_request("kindroom.v1", "Origin: https://elsewhere.example\r\n"), 403},
            {"no origin at all, as a sandbox says", net::upgrade_request("kindroom.v1", "Origin: null\r\n"), 403},
            {"an empty origin", net::upgrade_request("kindroom.v1", "Origin: \r\n"), 403},
            {"two origins",
             net::upgrade_request("kindroom.v1", "Origin: https://a.example\r\nOrigin: https://b.example\r\n"), 403},
            {"the house's own address as origin", net::upgrade_request("kindroom.v1", "Origin: https://127.0.0.1\r\n"),
             403},
            {"another subprotocol", net::upgrade_request("chat"), 400},
            {"an old version of it", net::upgrade_request("kindroom.v0"), 400},
            {"its name as a part", net::upgrade_request("kindroom.v1x, xkindroom.v1"), 400},
            {"its name in capitals", net::upgrade_request("KINDROOM.V1"), 400},
            {"an empty list", net::upgrade_request(", ,"), 400},
            {"a thousand subprotocols", net::upgrade_request(std::string(3'000, ',')), 400},
            {"another version of WebSocket", head_with("Version: 13", "Version: 8"), 426},
            {"two versions", head_with("Version: 13", "Version: 13\r\nSec-WebSocket-Version: 13"), 426},
            {"no key", head_with(key, "X: y"), 400},
            {"a short key", head_with(key, "Sec-WebSocket-Key: abc"), 400},
            {"two keys", head_with(key, key + "\r\n" + key), 400},
            {"another method", head_with("GET ", "POST "), 405},
            {"another page", head_with("/v1 ", "/v1/ "), 404},
            {"a page with a question", head_with("/v1 ", "/v1?token=x "), 404},
            {"the pages of the operator through a proxy",
             "GET /metrics HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n", 404},
        });
}

void smuggling(Siege& siege) {
    const std::string inner = "GET /metrics HTTP/1.1\r\nHost: house\r\n\r\n";
    const auto body = [&](const std::string& lines) {
        return "POST /v1 HTTP/1.1\r\nHost: house\r\n" + lines + "\r\n" + inner;
    };
    try_all(
        siege,
        {
            {"a length and an encoding", body("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"), 400},
            {"an encoding and a length", body("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n"), 400},
            {"two lengths", body("Content-Length: 6\r\nContent-Length: 7\r\n"), 400},
            {"a length below zero", body("Content-Length: -1\r\n"), 400},
            {"a length with a sign", body("Content-Length: +6\r\n"), 400},
            {"an encoding that is none", body("Transfer-Encoding: xchunked\r\n"), 400},
            {"an encoding with a tab", body("Transfer-Encoding:\tchunked\r\n"), 400},
            {"a blank before the colon", body("Transfer-Encoding : chunked\r\n"), 400},
            {"a line that goes on", body("X: y\r\n Transfer-Encoding: chunked\r\n"), 400},
            {"an upgrade with a body", net::upgrade_request("kindroom.v1", "Content-Length: 5\r\n") + "hello", 400},
            {"a second request behind the first", net::upgrade_request() + inner, 400},
            {"a frame before the answer", net::upgrade_request() + net::frame(net::Opcode::binary, "x"), 400},
            {"two hosts", net::upgrade_request("kindroom.v1", "Host: other\r\n"), 400},
            {"no host", head_with("Host: house\r\n", ""), 400},
            {"an older HTTP", head_with("HTTP/1.1", "HTTP/1.0"), 400},
            {"a newer HTTP", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
            {"ends of lines without a return", "GET /healthz HTTP/1.1\nHost: house\n\n" + std::string(20, '\n'), 400},
            {"a zero in a value", std::string("GET /healthz HTTP/1.1\r\nHost: a\0b\r\n\r\n", 38), 400},
            {"a name of a field with a blank", "GET /healthz HTTP/1.1\r\nHo st: a\r\n\r\n", 400},
            {"a whole address", "GET http://house/healthz HTTP/1.1\r\nHost: house\r\n\r\n", 404},
            {"a way out of the folder", "GET /../healthz HTTP/1.1\r\nHost: house\r\n\r\n", 404},
            {"a head without an end", "GET /healthz HTTP/1.1\r\nHost: house\r\nX: " + std::string(17 * 1024, 'x'), 431},
            {"many fields",
             "GET /healthz HTTP/1.1\r\nHost: house\r\n" +
                 [] {
                     std::string lines;
                     for (int i = 0; i < 5'000; ++i) lines += "a:b\r\n";
                     return lines;
                 }(),
             431},
        });
}

constexpr int tls_1_2 = 0x0303;

void old_tls(Siege& siege) {
    while (siege.goes_on()) {
        for (const int version : {0x0300, 0x0301, 0x0302}) {
            EXPECT_FALSE(siege.to_tls().secure(version)) << version;
            siege.count("old versions");
        }
        // SSL 2's first message, plain text, and rubbish, to the door that wants TLS.
        for (const auto& said : {std::string("\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10", 11),
                                 net::upgrade_request(), std::string(2'000, '\x16')}) {
            auto client = siege.to_tls();
            client.send(said + std::string(200, 'x'));
            EXPECT_EQ(client.read_to_end().find("HTTP"), std::string::npos);
            siege.count("no TLS");
        }
    }
}

void renegotiation(Siege& siege) {
    while (siege.goes_on()) {
        auto client = siege.to_tls();
        ASSERT_TRUE(client.secure(tls_1_2));
        ASSERT_TRUE(client.upgrade());
        EXPECT_FALSE(client.renegotiate());
        siege.count("refused");
    }
}

// Allowed by TLS 1.3, and each costs the server an answer.
void key_updates(Siege& siege) {
    while (siege.goes_on()) {
        auto client = siege.to_tls();
        ASSERT_TRUE(client.secure());
        ASSERT_TRUE(client.upgrade());
        for (int i = 0; i < 500 && client.update_keys(); ++i) siege.count("updates");
    }
}

}  // namespace

std::vector<Attack> attacks_on_doors() {
    return {
        {.name = "ForeignPagesAndProtocols", .carry_out = foreign_pages},
        {.name = "SmugglingOfRequests", .carry_out = smuggling},
        {.name = "OlderTls", .carry_out = old_tls},
        {.name = "Renegotiation", .carry_out = renegotiation},
        {.name = "FloodsOfKeyUpdates", .carry_out = key_updates},
    };
}

}  // namespace kindroom::test
