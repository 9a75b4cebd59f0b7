// Attacks by those who are connected, with frames that no well-made client sends, and by those who do not listen.
#include <gtest/gtest.h>

#include "e2e/support/siege.hpp"

namespace kindroom::test {

namespace {

using net::frame;
using net::Opcode;
using net::Part;

// Some at a time say it, and the server closes each of them with this code.
void expect_closed(Siege& siege, const std::string& said, int code) {
    std::vector<net::TestClient> all;
    for (std::size_t i = 0; i < siege.many(4, 16); ++i) all.push_back(siege.greeted());
    for (auto& client : all) client.send(said);
    for (auto& client : all) {
        EXPECT_EQ(client.close_code(), code);
        siege.count("closed with " + std::to_string(code));
    }
}

// The head of a frame with its length in eight bytes; `length` stands for itself, whatever follows.
std::string claim(std::uint64_t length) {
    std::string head("\x82\xff", 2);
    for (int shift = 56; shift >= 0; shift -= 8) head += static_cast<char>(length >> shift & 0xff);
    return head + "mask";
}

void huge_frames(Siege& siege) {
    while (siege.goes_on())
        for (const std::uint64_t length : {std::uint64_t{16} << 20, std::uint64_t{1} << 40, std::uint64_t{1} << 62})
            expect_closed(siege, claim(length) + std::string(60'000, 'x'), 1009);
}

// A message that begins and never ends, in pieces of this size.
std::string fragments(std::size_t count, const std::string& piece) {
    std::string all = frame(Opcode::binary, piece, Part::more_follows);
    for (std::size_t i = 1; i < count; ++i) all += frame(Opcode::continuation, piece, Part::more_follows);
    return all;
}

void endless_fragments(Siege& siege) {
    const auto tiny = fragments(10'000, "x");
    const auto longer = fragments(200, std::string(100, 'x'));
    while (siege.goes_on()) {
        expect_closed(siege, tiny, 4502);
        expect_closed(siege, longer, 4502);
    }
}

// The library under the server takes pieces without a byte as nothing at all, so they are not counted; what bounds them
// is how fast one connection is read.
void empty_fragments(Siege& siege) {
    // About as many bytes as are read in a tenth of a second.
    std::string empty;
    for (int i = 0; i < 540; ++i) empty += frame(Opcode::continuation, "", Part::more_follows);
    std::vector<net::TestClient> all;
    for (std::size_t i = 0; i < siege.many(4, 16); ++i) {
        all.push_back(siege.greeted());
        all.back().send(frame(Opcode::binary, "", Part::more_follows));
    }
    for (; siege.goes_on(); siege.beat(Milliseconds(100)))
        for (auto& client : all) {
            if (client.has_ended()) {
                siege.count("cut off");
                client = siege.greeted();
                client.send(frame(Opcode::binary, "", Part::more_follows));
            }
            client.send(empty);
            siege.count("empty fragments", 540);
        }
}

void ping_floods(Siege& siege) {
    std::string pings;
    for (int i = 0; i < 1'000; ++i) pings += frame(i % 3 == 0 ? Opcode::pong : Opcode::ping, std::string(125, 'x'));
    while (siege.goes_on()) expect_closed(siege, pings, 4502);
}

void broken_frames(Siege& siege) {
    struct Row {
        std::string said;
        int code;
    };
    const std::vector<Row> rows{
        {std::string("\x82\x05hello", 7), 1002},                                 // not masked
        {std::string("\x83\x80mask", 6), 1002},                                  // a reserved opcode
        {std::string("\xc2\x80mask", 6), 1002},                                  // a reserved bit
        {std::string("\x89\xfe\x00\x7emask", 8) + std::string(126, 'x'), 1002},  // a ping too long
        {std::string("\x09\x80mask", 6), 1002},                                  // a ping in pieces
        {frame(Opcode::continuation, "x"), 1002},                                // of a message that never began
        {fragments(1, "x") + frame(Opcode::binary, "x"), 1002},                  // and one that never ended
        {frame(Opcode::text, "hello"), 1003},                                    // not of this subprotocol
        {frame(Opcode::text, "\xff\xfe"), 1007},                                 // no UTF-8
        {frame(Opcode::close, "x"), 1002},                                       // half a code
        {frame(Opcode::close, std::string("\x03\xed", 2)), 1002},                // a code that is never sent
    };
    while (siege.goes_on())
        for (const Row& row : rows) {
            auto client = siege.greeted();
            client.send(row.said);
            EXPECT_EQ(client.close_code(), row.code) << testing::PrintToString(row.said);
            siege.count("broken");
        }
}

// As many questions as one connection can hold, again and again, some of them only to be refused.
void floods_of_commands(Siege& siege) {
    std::vector<net::TestClient> all;
    for (std::size_t i = 0; i < siege.many(4, 16); ++i) all.push_back(siege.greeted());
    std::string many;
    for (std::uint32_t id = 1; id <= 500; ++id) {
        auto ask = id % 2 == 0 ? request(R"({"getHelp":{}})") : request(R"({"listRooms":{}})");
        ask.set_id(id);
        many += framed(ask);
    }
    while (siege.goes_on())
        for (auto& client : all) {
            client.send(many);
            siege.count("commands", 500);
            v1::Request last = request(R"({"ping":{}})");
            last.set_id(501);
            EXPECT_TRUE(asked(client, last));
        }
}

// Members who ask for long pages of history and do not read them.
void readers_that_stop(Siege& siege) {
    const auto readers = siege.many(4, 20);
    const auto room = siege.house().make_room("Long words", {"--seats", "100"});
    const auto invite =
        siege.house().ordered({"invite", "--uses", std::to_string(readers + 1)}).invite_created().code();
    v1::Request join;
    join.mutable_join_room()->set_room_id(room);
    join.mutable_join_room()->set_name("Eve");
    std::string questions;
    for (std::uint32_t id = 100; id < 150; ++id) {
        auto ask = reading(room, 50);
        ask.set_id(id);
        questions += framed(ask);
    }
    std::vector<net::TestClient> all;
    for (std::size_t i = 0; i < readers; ++i) {
        all.push_back(siege.greeted());
        ASSERT_TRUE(signed_up(all.back(), invite));
        ASSERT_TRUE(asked(all.back(), join));
        // A few long words each; a page holds as much of them as it may.
        for (int word = 0; word < 4; ++word) asked(all.back(), posting(room, std::string(3'900, 'w')));
    }
    for (auto& client : all) client.send(questions);
    const auto gives_up = std::chrono::steady_clock::now() + patience;
    // They do not see it themselves: the end of the connection waits behind what they have not read.
    while (siege.goes_on() || (siege.more_descriptors() > 1 && std::chrono::steady_clock::now() < gives_up))
        siege.beat(Milliseconds(50));
    EXPECT_LE(siege.more_descriptors(), 1u) << "somebody who reads nothing was kept";
    siege.count("closed for reading nothing", readers);
}

}  // namespace

std::vector<Attack> attacks_on_frames() {
    return {
        {.name = "HugeFrames", .carry_out = huge_frames},
        {.name = "EndlessFragments", .carry_out = endless_fragments},
        {.name = "EmptyFragments", .carry_out = empty_fragments},
        {.name = "PingFloods", .carry_out = ping_floods},
        {.name = "BrokenFrames", .carry_out = broken_frames},
        {.name = "FloodsOfCommands", .carry_out = floods_of_commands},
        {.name = "ReadersThatStopReading",
         .carry_out = readers_that_stop,
         .settings = {{"limits.idle_max", "3s"}, {"limits.ping_every", "1s"}},
         .mebibytes_max = 96},
    };
}

}  // namespace kindroom::test
