// Attacks by what is in the frames: bytes that are small and cost much, and texts that are not what they seem.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include "e2e/support/siege.hpp"

namespace kindroom::test {

namespace {

namespace pb = google::protobuf;
using net::Opcode;

std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(0x80 | (value & 0x7f));
    return bytes + static_cast<char>(value);
}

// A field that holds bytes: a text or a message.
std::string field(std::uint32_t number, const std::string& bytes) {
    return varint(number << 3 | 2) + varint(bytes.size()) + bytes;
}

std::string repeated(std::size_t times, const std::string& bytes) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += bytes;
    return all;
}

// Within one another, that many levels deep.
std::string nested(std::size_t depth, std::uint32_t number) {
    std::string bytes;
    for (std::size_t i = 0; i < depth && bytes.size() < 16'000; ++i) bytes = field(number, bytes);
    return bytes;
}

// Each is a frame of at most 16 KiB, the largest that is read.
std::vector<std::string> bombs() {
    const std::string id = "\x08\x01";
    const int block_people = v1::Request::kBlockPeople;
    const int publish_rules = v1::Request::kPublishRules;
    const int unknown = 15'000;
    return {
        id + field(unknown, nested(17, 1)),
        id + field(block_people, nested(5'000, 1)),
        // Groups, which a parser has to follow although nothing uses them.
        id + repeated(10'000, varint(unknown << 3 | 3)),
        // Empty messages, each of which costs an object.
        id + field(block_people, repeated(8'000, field(1, ""))),
        id + field(publish_rules, repeated(8'000, field(1, ""))),
        // The same command again and again: each is merged into the one before.
        id + repeated(3'000, field(block_people, field(1, ""))),
        // Alternating ones of a choice: each throws away the one before.
        id + repeated(1'500, field(block_people, field(1, "")) + field(publish_rules, field(1, ""))),
        // Fields that nobody knows, and numbers packed for a field that is none of numbers.
        id + repeated(5'000, varint(unknown << 3) + "\x01"),
        id + field(unknown, repeated(15'000, "\x01")),
        id + field(v1::Request::kSetRole, field(2, repeated(15'000, "\x01"))),
        // Numbers that are too long, lengths that are not there, and an end in the middle.
        id + repeated(10'000, "\xff"),
        id + varint(block_people << 3 | 2) + varint(0x7fff'ffff) + "x",
        id + varint(block_people << 3 | 2) + varint(0xffff'ffff'ffff'ffff) + "x",
        repeated(16'000, std::string(1, '\0')),
    };
}

std::vector<std::string> json_bombs() {
    return {
        repeated(16'000, "["),
        repeated(3'000, R"({"a":)"),
        R"({"id":1,"blockPeople":{"people":[)" + repeated(5'000, "{},") + "{}]}}",
        R"({"id":1e999999999,"ping":{}})",
        R"({"id":1,"postMessage":{"text":")" + repeated(2'600, R"(\ud800)") + R"("}})",
        R"({"id":1,"postMessage":{"roomId":")" + repeated(15'000, "A") + R"("}})",
        R"({"id":1,)" + repeated(1'000, R"("ping":{},)") + R"("ping":{}})",
        "{\"id\":1,\"postMessage\":{\"text\":\"" + repeated(16'000, "\x01") + "\"}}",
    };
}

// Everything is answered, and whoever sends too much of what cannot be read is sent away.
void explode(Siege& siege, const std::vector<std::string>& all, const std::string& subprotocol, Opcode opcode) {
    while (siege.goes_on()) {
        std::optional<net::TestClient> client;
        for (const auto& bomb : all) {
            if (!client) client = siege.upgraded(subprotocol);
            ASSERT_TRUE(client->send(net::frame(opcode, bomb)));
            const auto answer = client->read_frame();
            ASSERT_TRUE(answer) << bomb.substr(0, 30);
            siege.count(answer->opcode == Opcode::close ? "closed" : "answered");
            if (answer->opcode == Opcode::close) client.reset();
        }
        // With the last ones of the eight that are borne.
        if (!client) continue;
        for (int i = 0; i < 8; ++i) client->send(net::frame(opcode, opcode == Opcode::text ? "{" : "\xff"));
        EXPECT_EQ(client->close_code(), 4500);
        siege.count("closed with 4500");
    }
}

void protobuf_bombs(Siege& siege) { explode(siege, bombs(), "kindroom.v1", Opcode::binary); }
void json_bomb(Siege& siege) { explode(siege, json_bombs(), "kindroom.v1.json", Opcode::text); }

// Puts a text into each field of a command that takes one, also of the messages within it; whether there was one.
bool fill(pb::Message& message, const std::string& text, const std::string& room, int depth = 0) {
    const auto* const all = message.GetReflection();
    bool has_text = false;
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
        const auto* const one = message.GetDescriptor()->field(i);
        if (one->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE && depth < 4) {
            auto* const inner =
                one->is_repeated() ? all->AddMessage(&message, one) : all->MutableMessage(&message, one);
            has_text |= fill(*inner, text, room, depth + 1);
        } else if (one->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING) {
            const bool is_text = one->type() == pb::FieldDescriptor::TYPE_STRING;
            const std::string value = is_text ? text : one->name() == "room_id" ? room : new_key();
            has_text |= is_text;
            if (one->is_repeated())
                all->AddString(&message, one, value);
            else
                all->SetString(&message, one, value);
        }
    }
    return has_text;
}

struct Filled {
    v1::Request request;
    bool has_text = false;
};

// Every command there is, but for those that end the session.
std::vector<Filled> every_command_with(const std::string& text, const std::string& room) {
    std::vector<Filled> every;
    const auto* const choice = v1::Request::descriptor()->FindOneofByName("command");
    for (int i = 0; i < choice->field_count(); ++i) {
        const auto* const command = choice->field(i);
        if (command->name() == "sign_out" || command->name() == "revoke_all_sessions" ||
            command->name() == "leave_room")
            continue;
        Filled filled;
        auto& request = filled.request;
        filled.has_text = fill(*request.GetReflection()->MutableMessage(&request, command), text, room);
        request.set_id(static_cast<std::uint32_t>(i) + 1);
        every.push_back(std::move(filled));
    }
    return every;
}

// A member of the crowd's room.
net::TestClient member(Siege& siege, const std::string& invite) {
    auto client = siege.greeted();
    EXPECT_TRUE(signed_up(client, invite));
    v1::Request join;
    join.mutable_join_room()->set_room_id(siege.crowd().room());
    join.mutable_join_room()->set_name("Eve");
    const auto joined = asked(client, join);
    EXPECT_TRUE(joined && joined->has_room_joined());
    return client;
}

// Short enough for a command with several of them to be one frame.
std::vector<std::string> tricky_texts() {
    std::string zalgo = "z";
    for (int i = 0; i < 700; ++i) zalgo += "\xcc\x8d\xcc\x96";
    std::string family;
    for (int i = 0; i < 400; ++i) family += "\xf0\x9f\x91\xa9\xe2\x80\x8d";
    std::string grows;  // U+FDFA: eighteen letters under NFKC
    for (int i = 0; i < 1'000; ++i) grows += "\xef\xb7\xba";
    return {
        zalgo,
        family,
        grows,
        "\xe2\x80\xae"
        "reversed",                                        // right-to-left override
        repeated(1'000, "\xe2\x81\xa7") + "never closed",  // isolates without an end
        "Moder\xe2\x80\x8b"
        "ator",                                                 // a zero-width blank within
        "\xd0\x9codеrator",                                     // letters of another script
        std::string("\x00nul", 4) + "\x1b[2J\x1b]0;title\x07",  // for terminals
        "\xf3\xa0\x81\x81\xef\xbb\xbf\xef\xbf\xbe",             // tags, a byte order mark, no character
        repeated(1'500, "\xcc\x81"),                            // marks without a letter
        repeated(3'000, " "),
        repeated(750, "\xf0\x9f\x92\x9c"),
    };
}

void tricky(Siege& siege) {
    auto client = member(siege, siege.house().invite());
    while (siege.goes_on())
        for (const auto& text : tricky_texts()) {
            for (const auto& [command, has_text] : every_command_with(text, siege.crowd().room())) {
                if (!siege.goes_on()) return;
                // Some are refused as too fast; what is asked is that each is answered.
                const auto answer = asked(client, command);
                ASSERT_TRUE(answer) << command.ShortDebugString().substr(0, 200);
                siege.count(answer->has_error() ? "refused" : "done");
                // Rooms of one's own are not for members, and these rules were never published.
                EXPECT_FALSE(answer->has_room_card() && command.has_create_room());
            }
        }
}

// Bytes that are no UTF-8 in every text field.
void not_utf8(Siege& siege) {
    const std::vector<std::string> broken{
        "\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "abc\xe2\x80", "\xf8\x88\x80\x80\x80"};
    // It would complain of each of them when it writes.
    pb::SetLogHandler(nullptr);
    while (siege.goes_on())
        for (const auto& text : broken) {
            int malformed = 0;
            auto client = siege.greeted();
            for (const auto& [command, has_text] : every_command_with(text, siege.crowd().room())) {
                if (malformed == 7) {
                    malformed = 0;
                    client = siege.greeted();
                }
                const auto answer = asked(client, command);
                ASSERT_TRUE(answer) << command.ShortDebugString().substr(0, 200);
                if (answer->error().code() == v1::ERROR_CODE_MALFORMED) malformed += 1;
                EXPECT_TRUE(!has_text || answer->error().code() == v1::ERROR_CODE_MALFORMED)
                    << answer->ShortDebugString();
                siege.count(has_text ? "malformed" : "without a text");
            }
        }
}

}  // namespace

std::vector<Attack> attacks_on_bytes() {
    return {
        {.name = "ProtobufBombs", .carry_out = protobuf_bombs},
        {.name = "JsonBombs", .carry_out = json_bomb},
        {.name = "TextsThatAreNotWhatTheySeem", .carry_out = tricky},
        {.name = "TextsThatAreNoUtf8", .carry_out = not_utf8},
    };
}

}  // namespace kindroom::test
