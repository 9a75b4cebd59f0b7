#include "net/upgrade.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace kindroom::net {
namespace {

const std::vector<std::string> origins = {"https://house.example"};
const Visitor stranger{.origins = origins};
const Visitor local{.origins = origins, .is_local = true};
const std::string good_key = "dGhlIHNhbXBsZSBub25jZQ==";

Head good_head() {
    return {.method = "GET",
            .target = "/v1",
            .version = 11,
            .fields = {{"Host", "house.example"},
                       {"Upgrade", "websocket"},
                       {"Connection", "Upgrade"},
                       {"Sec-WebSocket-Version", "13"},
                       {"Sec-WebSocket-Key", good_key},
                       {"Sec-WebSocket-Protocol", "kindroom.v1"}}};
}

Head with(std::string name, std::string value) {
    auto head = good_head();
    std::erase_if(head.fields, [&](const auto& field) { return field.name == name; });
    head.fields.push_back({std::move(name), std::move(value)});
    return head;
}

Head without(const std::string& name) {
    auto head = good_head();
    std::erase_if(head.fields, [&](const auto& field) { return field.name == name; });
    return head;
}

Head and_also(std::string name, std::string value) {
    auto head = good_head();
    head.fields.push_back({std::move(name), std::move(value)});
    return head;
}

Head asking(std::string method, std::string target) {
    return {.method = std::move(method), .target = std::move(target), .version = 11, .fields = {{"Host", "house"}}};
}

Verdict judged(const Head& head) { return judge_head(head, stranger); }

TEST(Upgrade, AGoodRequestIsAccepted) {
    EXPECT_EQ(judged(good_head()), Verdict(Upgrade{.key = good_key, .format = wire::Format::binary}));
}

TEST(Upgrade, NamesAndTokensAreReadWithoutRegardToCaseAndAmongOthers) {
    auto head = without("Connection");
    head.fields.push_back({"CONNECTION", "keep-alive,  upgrade"});
    EXPECT_EQ(judged(head), Verdict(Upgrade{.key = good_key, .format = wire::Format::binary}));
}

TEST(Upgrade, TheFirstSubprotocolThatWeKnowIsChosen) {
    const auto json = Verdict(Upgrade{.key = good_key, .format = wire::Format::json});
    EXPECT_EQ(judged(with("Sec-WebSocket-Protocol", "soap, kindroom.v1.json, kindroom.v1")), json);
    auto in_two_lines = with("Sec-WebSocket-Protocol", "soap");
    in_two_lines.fields.push_back({"sec-websocket-protocol", "kindroom.v1.json"});
    EXPECT_EQ(judged(in_two_lines), json);
}

TEST(Upgrade, WithoutASubprotocolThatWeKnowItIsRefused) {
    EXPECT_EQ(judged(without("Sec-WebSocket-Protocol")), Verdict(Refusal{400}));
    EXPECT_EQ(judged(with("Sec-WebSocket-Protocol", "kindroom.v2")), Verdict(Refusal{400}));
}

TEST(Upgrade, ExactlyOneHostIsNeeded) {
    EXPECT_EQ(judged(without("Host")), Verdict(Refusal{400}));
    EXPECT_EQ(judged(with("Host", "")), Verdict(Refusal{400}));
    EXPECT_EQ(judged(and_also("host", "other.example")), Verdict(Refusal{400}));
}

TEST(Upgrade, ABodyIsRefusedHoweverItIsAnnounced) {
    EXPECT_EQ(judged(and_also("Transfer-Encoding", "chunked")), Verdict(Refusal{400}));
    EXPECT_EQ(judged(and_also("Content-Length", "0")), Verdict(Refusal{400}));
}

TEST(Upgrade, TheKeyIsSixteenBytesOfBase64) {
    for (const auto* key : {"abc", "", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZR==", "dGhl*HNhbXBsZSBub25jZQ==",
                            "dGhlIHNhbXBsZSBub25jZQ==dGhl", "dGhlIHNhbXBsZSBub25jZSE="}) {
        EXPECT_EQ(judged(with("Sec-WebSocket-Key", key)), Verdict(Refusal{400})) << key;
    }
    EXPECT_EQ(judged(and_also("Sec-WebSocket-Key", good_key)), Verdict(Refusal{400}));
}

TEST(Upgrade, AnythingButAWebSocketOfVersion13IsToldToUpgrade) {
    EXPECT_EQ(judged(without("Upgrade")), Verdict(Refusal{426}));
    EXPECT_EQ(judged(with("Upgrade", "h2c")), Verdict(Refusal{426}));
    EXPECT_EQ(judged(with("Connection", "close")), Verdict(Refusal{426}));
    EXPECT_EQ(judged(with("Sec-WebSocket-Version", "8")), Verdict(Refusal{426}));
}

TEST(Upgrade, OnlyGetAndOnlyHttp11) {
    auto head = good_head();
    head.method = "POST";
    EXPECT_EQ(judged(head), Verdict(Refusal{405}));
    head = good_head();
    head.version = 10;
    EXPECT_EQ(judged(head), Verdict(Refusal{400}));
}

TEST(Upgrade, APageOfAForeignOriginMayNotConnect) {
    EXPECT_TRUE(std::holds_alternative<Upgrade>(judged(and_also("Origin", "https://house.example"))));
    for (const auto* origin : {"https://evil.example", "http://house.example", "https://house.example.evil.example",
                               "https://house.example/", "null", ""}) {
        EXPECT_EQ(judged(and_also("Origin", origin)), Verdict(Refusal{403})) << origin;
    }
    auto two = and_also("Origin", "https://house.example");
    two.fields.push_back({"Origin", "https://house.example"});
    EXPECT_EQ(judged(two), Verdict(Refusal{403}));
}

TEST(Pages, UnknownPathsAreNotFoundWhateverTheMethod) {
    for (const auto* target : {"/", "/v1/", "/v1?token=x", "/v2", "/healthz/", "*", "http://house/v1"}) {
        EXPECT_EQ(judged(asking("GET", target)), Verdict(Refusal{404})) << target;
        EXPECT_EQ(judged(asking("DELETE", target)), Verdict(Refusal{404})) << target;
    }
}

TEST(Pages, HealthIsForEverybodyByGetAndHead) {
    EXPECT_EQ(judged(asking("GET", "/healthz")), Verdict(PageRequest{.page = Page::healthz, .wants_body = true}));
    EXPECT_EQ(judged(asking("HEAD", "/readyz")), Verdict(PageRequest{.page = Page::readyz, .wants_body = false}));
    EXPECT_EQ(judged(asking("POST", "/healthz")), Verdict(Refusal{405}));
}

TEST(Pages, MetricsDoNotExistForStrangersNorThroughAProxy) {
    EXPECT_EQ(judge_head(asking("GET", "/metrics"), stranger), Verdict(Refusal{404}));
    EXPECT_EQ(judge_head(asking("GET", "/metrics"), local),
              Verdict(PageRequest{.page = Page::metrics, .wants_body = true}));
    auto proxied = asking("GET", "/metrics");
    proxied.fields.push_back({"X-Forwarded-For", "192.0.2.1"});
    EXPECT_EQ(judge_head(proxied, local), Verdict(Refusal{404}));
}

}  // namespace
}  // namespace kindroom::net
