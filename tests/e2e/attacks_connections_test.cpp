// Attacks by those who only connect: slowly, or not at all, or again and again.
#include <gtest/gtest.h>

#include "e2e/support/siege.hpp"

namespace kindroom::test {

namespace {

// As long as it was agreed, and until the server has had enough of at least one; but not for ever.
class UntilCut {
  public:
    explicit UntilCut(Siege& siege) : siege_(siege), gives_up_(std::chrono::steady_clock::now() + patience) {}
    bool goes_on() const { return siege_.goes_on() || (cut_ == 0 && std::chrono::steady_clock::now() < gives_up_); }
    void cut() {
        cut_ += 1;
        siege_.count("cut off");
    }
    ~UntilCut() { EXPECT_GT(cut_, 0u) << "nobody was cut off"; }

  private:
    Siege& siege_;
    const std::chrono::steady_clock::time_point gives_up_;
    std::uint64_t cut_ = 0;
};

// Many who say one byte of it at every beat, so that none of them is ever quite silent; who is cut off comes again.
template <class Connect>
void drip(Siege& siege, const std::string& what, Connect connect) {
    struct Slow {
        net::TestClient client;
        std::size_t said = 0;
    };
    std::vector<Slow> all;
    for (std::size_t i = 0; i < siege.many(100, 1'000); ++i) all.push_back({.client = connect()});
    for (UntilCut until(siege); until.goes_on(); siege.beat(Milliseconds(50)))
        for (Slow& slow : all) {
            slow.client.send(std::string_view(what).substr(slow.said++ % what.size(), 1));
            if (!slow.client.has_ended()) continue;
            until.cut();
            slow = {.client = connect()};
        }
}

void slow_in_tls(Siege& siege) {
    // The head of a record that holds the first message of a handshake, which never gets there.
    std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
    hello.resize(500, 'x');
    drip(siege, hello, [&] { return siege.to_tls(); });
}

void slow_in_head(Siege& siege) {
    drip(siege, net::upgrade_request("kindroom.v1", "Cookie: " + std::string(8'000, 'x') + "\r\n"),
         [&] { return siege.plain(); });
}

void slow_in_frames(Siege& siege) {
    drip(siege, net::frame(net::Opcode::binary, std::string(8'000, 'x')), [&] { return siege.upgraded(); });
}

// Each holds about a hundred KiB of buffers for TLS until it is dropped. Two thousand come in a second, and who was cut
// off comes again.
void half_open(Siege& siege) {
    const auto wanted = siege.many(1'500, 10'000);
    std::vector<net::TestClient> all;
    for (UntilCut until(siege); until.goes_on(); siege.beat(Milliseconds(10))) {
        int left = 20;
        for (; left > 0 && all.size() < wanted; --left) all.push_back(siege.to_tls());
        for (auto& client : all) {
            if (left == 0) break;
            if (!client.has_ended()) continue;
            until.cut();
            client = siege.to_tls();
            --left;
        }
    }
    siege.count("connected", all.size());
}

// Two thousand a second: with a reset, or with a proper end; some of them after the handshake.
void churn(Siege& siege) {
    for (std::uint64_t round = 0; siege.goes_on(); ++round, siege.beat(Milliseconds(10))) {
        for (int i = 0; i < 20; ++i) {
            auto client = siege.plain();
            if (i % 2 == 0) client.end_by_reset();
        }
        auto client = siege.to_tls();
        if (round % 2 == 0) client.secure();
        siege.count("connections", 21);
    }
}

// Not before its former connection is gone, but at once then.
void comes_back_at_once(Siege& siege) {
    const auto invite = siege.house().invite();
    auto first = siege.greeted();
    const auto account = signed_up(first, invite);
    ASSERT_TRUE(account);
    v1::Request join;
    join.mutable_join_room()->set_room_id(siege.crowd().room());
    join.mutable_join_room()->set_name("Eve");
    ASSERT_TRUE(asked(first, join));
    v1::Request listen;
    listen.mutable_resume_room()->set_room_id(siege.crowd().room());
    for (auto next = std::chrono::steady_clock::now(); siege.goes_on(); next += Milliseconds(10)) {
        siege.beat(std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(next - std::chrono::steady_clock::now())));
        auto client = siege.to_tls();
        if (!client.secure() || !client.upgrade()) continue;
        client.send(framed(request(R"({"id":1,"hello":{"protocolVersion":1}})")));
        auto resuming = resuming_session(account->signed_in().device_token());
        resuming.set_id(2);
        const auto resumed = asked(client, resuming);
        siege.count(resumed && resumed->has_signed_in() ? "signed in" : "refused");
        listen.set_id(3);
        client.send(framed(listen));
    }
}

// So that those who are cut off are cut off within an ordinary run.
const Settings impatient{{"limits.handshake_max", "2s"}, {"limits.sign_in_max", "2s"}};

}  // namespace

std::vector<Attack> attacks_on_connections() {
    return {
        {.name = "SlowBytesInTheTlsHandshake", .carry_out = slow_in_tls, .settings = impatient, .mebibytes_max = 160},
        {.name = "SlowBytesInTheHttpHead", .carry_out = slow_in_head, .settings = impatient},
        {.name = "SlowBytesInFrames", .carry_out = slow_in_frames, .settings = impatient},
        // Of these, handshakes_max may be there at once.
        {.name = "HalfOpenConnections", .carry_out = half_open, .mebibytes_max = 160},
        {.name = "ConnectionsThatComeAndGo", .carry_out = churn},
        {.name = "OneWhoComesBackAHundredTimesASecond", .carry_out = comes_back_at_once},
    };
}

}  // namespace kindroom::test
