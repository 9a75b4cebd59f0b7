// What a client of today sends and receives, byte for byte. A failure here is a client that breaks.
#include <filesystem>
#include <fstream>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>
#include <set>

#include "base/bytes.hpp"
#include "support/wire_samples.hpp"
#include "wire/decode.hpp"

namespace kindroom {
namespace {

const std::filesystem::path folder = KINDROOM_GOLDEN_FRAMES;

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return bytes;
}

samples::Golden read_golden(const std::string& name) {
    std::ifstream file(folder / (name + ".txt"));
    samples::Golden golden{.name = name, .binary = {}, .json = {}};
    std::string key, value;
    while (file >> key && std::getline(file >> std::ws, value))
        (key == "binary" ? golden.binary : golden.json) = key == "binary" ? from_hex(value) : value;
    return golden;
}

TEST(GoldenFrames, AreWhatIsSentToday) {
    for (const auto& today : samples::goldens()) {
        const auto golden = read_golden(today.name);
        EXPECT_EQ(samples::to_hex(golden.binary), samples::to_hex(today.binary)) << today.name;
        EXPECT_EQ(golden.json, today.json) << today.name;
    }
}

TEST(GoldenFrames, OfCommandsAreReadInBothFormats) {
    const auto* command = v1::Request::descriptor()->FindOneofByName("command");
    std::set<std::size_t> covered;
    for (const auto& [name, request] : samples::commands()) {
        // domain::Command has the order of the proto.
        const auto index = static_cast<std::size_t>(
            request.GetReflection()->GetOneofFieldDescriptor(request, command)->index_in_oneof());
        covered.insert(index);
        const auto golden = read_golden("command." + name);
        v1::Request parsed;
        ASSERT_TRUE(parsed.ParseFromString(golden.binary)) << name;
        EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(parsed, request)) << name;
        for (const auto format : {wire::Format::binary, wire::Format::json}) {
            const auto& bytes = format == wire::Format::binary ? golden.binary : golden.json;
            const auto decoded = wire::decode_request(as_bytes(bytes), format, samples::cursors(), Limits{});
            const auto* read = std::get_if<wire::Request>(&decoded);
            ASSERT_NE(read, nullptr) << name;
            EXPECT_EQ(read->id, request.id()) << name;
            EXPECT_EQ(read->command.index(), index) << name;
        }
    }
    EXPECT_EQ(covered.size(), std::variant_size_v<domain::Command>);
}

TEST(GoldenFrames, CoverEveryReplyAndEveryEvent) {
    std::set<std::size_t> replies, events;
    for (const auto& sample : samples::replies()) replies.insert(sample.reply.index());
    for (const auto& sample : samples::events()) events.insert(sample.event.index());
    EXPECT_EQ(replies.size(), std::variant_size_v<domain::Reply>);
    EXPECT_EQ(events.size(), std::variant_size_v<domain::Event>);
}

TEST(GoldenFrames, NoFileIsLeftOver) {
    std::set<std::string> expected, found;
    for (const auto& golden : samples::goldens()) expected.insert(golden.name + ".txt");
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        found.insert(entry.path().filename().string());
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace kindroom
