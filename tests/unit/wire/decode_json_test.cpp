#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

std::string refused(const std::string& json) { return refusal(decode(json, Format::json)); }

TEST(DecodeJson, BothSpellingsOfAFieldAreRead) {
    EXPECT_EQ(refused(R"({"id":1,"signIn":{"loginId":"a","passphrase":"b"}})"), "");
    EXPECT_EQ(refused(R"({"id":1,"sign_in":{"login_id":"a","passphrase":"b"}})"), "");
}

TEST(DecodeJson, AnEnumeratorIsReadByNameAndByNumber) {
    const std::string head = R"({"id":1,"setRole":{"loginId":"a","role":)";
    EXPECT_EQ(refused(head + R"("ROLE_ADMIN"}})"), "");
    EXPECT_EQ(refused(head + "3}}"), "");
    EXPECT_EQ(refused(head + "4}}"), bad("role"));
}

// Read leniently, a moderator's misspelt voice would let the post go out under the private person's name.
TEST(DecodeJson, AMisspeltEnumeratorIsRefusedAndNeverTakenForTheDefault) {
    auto json = json_of(sample("post_message"));
    const std::string right = "VOICE_MODERATOR";
    json.replace(json.find(right), right.size(), "VOICE_MODERATER");
    EXPECT_NE(refused(json), "");
    json.insert(json.size() - 1, R"(,"later":1)");
    EXPECT_EQ(refused(json), bad("voice"));
    EXPECT_EQ(refused(R"({"id":1,"create_room":{"settings":{"joinPolicy":"JOIN_POLICY_NOCK"}}})"), bad("join_policy"));
    EXPECT_EQ(refused(R"({"id":1,"create_room":{"settings":{"join_policy":"JOIN_POLICY_OPEN","later":"x"}}})"), "");
}

TEST(DecodeJson, WhatIsNoObjectIsMalformed) {
    for (const char* wrong : {"", " ", "[]", "1", "null", "\"x\"", "{", "}", "{]", R"({"id":})",
                              R"({"id":"one","ping":{}})", R"({"id":-1,"ping":{}})", R"({"id":4294967296,"ping":{}})",
                              R"({"id":1,"ping":{}} {})", R"({"id":1,"ping":7})"})
        EXPECT_EQ(refused(wrong), "1 ") << wrong;
}

TEST(DecodeJson, MoreThingsThanOneForSixteenBytesAreMalformed) {
    const Limits limits;
    // Three brackets and two commas, then a comma before each further zero.
    const auto zeros = [](std::uint32_t things) {
        std::string json = R"({"id":1,"ping":{},"later":[0)";
        for (std::uint32_t i = 5; i < things; ++i) json += ",0";
        return json + "]}";
    };
    EXPECT_EQ(refused(zeros(limits.frame_bytes_max / 16)), "");
    EXPECT_EQ(refused(zeros(limits.frame_bytes_max / 16 + 1)), "1 ");
}

TEST(DecodeJson, TwoCommandsInOneRequestAreMalformed) {
    EXPECT_EQ(refused(R"({"id":1,"ping":{},"getRules":{}})"), "1 ");
}

TEST(DecodeJson, HalfACharacterIsNoText) {
    EXPECT_EQ(refused(R"({"id":1,"joinRoom":{"name":"\ud83c"}})"), "1 ");
    EXPECT_EQ(refused(R"({"id":1,"joinRoom":{"name":"\udf19"}})"), "1 ");
}

TEST(DecodeJson, AnIdIsBase64OfSixteenBytes) {
    EXPECT_EQ(refused(R"({"id":1,"getRoom":{"roomId":"EREREREREREREREREREREQ=="}})"), "");
    EXPECT_EQ(refused(R"({"id":1,"getRoom":{"roomId":"EREREREREREREREREREREQ"}})"), "");
    EXPECT_EQ(refused(R"({"id":1,"getRoom":{"roomId":"ERERERERERERERERERER"}})"), bad("room_id"));
    EXPECT_EQ(refused(R"({"id":1,"getRoom":{"roomId":"***"}})"), "1 ");
}

TEST(DecodeJson, NothingIsPrintedAboutWhatCannotBeRead) {
    silence_protobuf();
    testing::internal::CaptureStderr();
    refused(R"({"id":1,"joinRoom":{"name":"\ud83c"}})");
    refused("{\"id\":1,\"joinRoom\":{\"name\":\"\xff\"}}");
    refused("{{{{");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace kindroom::wire
