// Frames that somebody made in order to hurt: cut off, too long, too deep, too many, not text.
#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

// A post whose frame is exactly so many bytes long.
std::string post_of_frame_bytes(std::size_t bytes) {
    auto request = sample("post_message");
    request.mutable_post_message()->set_text(std::string(bytes - 100, 'a'));
    const auto missing = bytes - request.ByteSizeLong();
    request.mutable_post_message()->mutable_text()->append(missing, 'a');
    return request.SerializeAsString();
}

TEST(DecodeLimits, AFrameOfFrameBytesMaxIsReadAndOneByteMoreIsNot) {
    const Limits limits;
    const auto fits = post_of_frame_bytes(limits.frame_bytes_max);
    ASSERT_EQ(fits.size(), limits.frame_bytes_max);
    EXPECT_EQ(refusal(decode(fits)), "");
    EXPECT_EQ(refusal(decode(post_of_frame_bytes(limits.frame_bytes_max + 1))), "1 ");

    auto json = json_of(sample("ping"));
    json.append(limits.frame_bytes_max - json.size(), ' ');
    EXPECT_EQ(refusal(decode(json, Format::json)), "");
    EXPECT_EQ(refusal(decode(json + " ", Format::json)), "1 ");
}

TEST(DecodeLimits, AFrameCutOffAnywhereIsRefusedOrMeansLess) {
    for (const auto& [name, request] : samples::commands()) {
        const auto whole = request.SerializeAsString();
        const auto json = json_of(request);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto decoded = decode(std::string_view(whole).substr(0, length));
            const auto* unreadable = std::get_if<Unreadable>(&decoded);
            // The command is the last field and has a length before it: cut, it cannot be whole.
            ASSERT_NE(unreadable, nullptr) << name << " cut to " << length;
            // The id comes first; once it is there, the refusal names it.
            if (length >= 2) {
                EXPECT_EQ(unreadable->id, request.id()) << name << " cut to " << length;
            }
        }
        for (std::size_t length = 0; length < json.size(); ++length)
            EXPECT_EQ(refusal(decode(json.substr(0, length), Format::json)), "1 ") << name << " cut to " << length;
    }
}

// Unknown groups are the only thing of our messages that nests without end.
std::string nested_groups(std::uint32_t levels) {
    std::string bytes = sample("ping").SerializeAsString();
    for (std::uint32_t i = 0; i < levels; ++i) bytes += "\xa3\x06";  // field 100, a group begins
    for (std::uint32_t i = 0; i < levels; ++i) bytes += "\xa4\x06";  // and ends
    return bytes;
}
std::string nested_json(std::uint32_t levels, std::string_view open, std::string_view close) {
    std::string json = R"({"id":1,"ping":{},"later":)";
    for (std::uint32_t i = 0; i < levels; ++i) json += open;
    json += "0";
    for (std::uint32_t i = 0; i < levels; ++i) json += close;
    return json + "}";
}

TEST(DecodeLimits, NestingUpToNestingDepthMaxIsReadAndNoDeeper) {
    const Limits limits;
    ASSERT_EQ(limits.nesting_depth_max, 16u);
    for (const std::uint32_t levels : {15u, 16u, 17u, 1'000u}) {
        const auto expected = levels <= limits.nesting_depth_max ? "" : "1 ";
        EXPECT_EQ(refusal(decode(nested_groups(levels))), expected) << levels;
        EXPECT_EQ(refusal(decode(nested_json(levels, "[", "]"), Format::json)), expected) << levels;
        EXPECT_EQ(refusal(decode(nested_json(levels, R"({"a":)", "}"), Format::json)), expected) << levels;
    }
}

TEST(DecodeLimits, BracketsInATextAreWords) {
    auto request = sample("post_message");
    request.mutable_post_message()->set_text("[[[[[[[[[[[[[[[[[[[[{{{{{{{{{ \" \\ ' [[[[");
    expect_read<domain::PostMessage>(request, [](const domain::PostMessage& post) {
        EXPECT_EQ(post.text, "[[[[[[[[[[[[[[[[[[[[{{{{{{{{{ \" \\ ' [[[[");
    });
}

TEST(DecodeLimits, AQuoteOfTheOtherKindHidesNoBrackets) {
    EXPECT_EQ(refusal(decode(
                  R"({"id":1,"ping":{},"a":'"',"b":)" + std::string(40, '[') + std::string(40, ']') + R"(,"c":'"'})",
                  Format::json)),
              "1 ");
}

// Rules that say nothing, two bytes each: the most objects for the fewest bytes.
std::string many_empty_rules(std::size_t frame_bytes) {
    const auto count = (frame_bytes - 7) / 2;
    v1::Request request;
    request.set_id(1);
    for (std::size_t i = 0; i < count; ++i) request.mutable_publish_rules()->add_rules();
    return request.SerializeAsString();
}

TEST(DecodeLimits, AFloodOfEmptyThingsIsRefused) {
    const Limits limits;
    const auto fits = many_empty_rules(limits.frame_bytes_max);
    ASSERT_LE(fits.size(), limits.frame_bytes_max);
    EXPECT_EQ(refusal(decode(fits)), bad("rules"));
    EXPECT_EQ(refusal(decode(many_empty_rules(64 * 1024))), "1 ");
}

TEST(DecodeLimits, RulesMaxRulesAreReadAndOneMoreIsNot) {
    const Limits limits;
    auto request = sample("publish_rules");
    while (request.publish_rules().rules_size() < static_cast<int>(limits.rules_max))
        request.mutable_publish_rules()->add_rules()->set_rule_id("r");
    EXPECT_EQ(refusal(request), "");
    request.mutable_publish_rules()->add_rules();
    EXPECT_EQ(refusal(request), bad("rules"));
}

TEST(DecodeLimits, LabelsMaxLabelsAreReadAndOneMoreIsNot) {
    const Limits limits;
    auto request = sample("create_room");
    auto& settings = *request.mutable_create_room()->mutable_settings();
    while (settings.content_labels_size() < static_cast<int>(limits.labels_max)) settings.add_content_labels("sleep");
    EXPECT_EQ(refusal(request), "");
    settings.add_content_labels("sleep");
    EXPECT_EQ(refusal(request), bad("content_labels"));
}

TEST(DecodeLimits, MessageLabelsMaxLabelsAreReadAndOneMoreIsNot) {
    const Limits limits;
    auto request = sample("post_message");
    auto& post = *request.mutable_post_message();
    while (post.labels_size() < static_cast<int>(limits.message_labels_max)) post.add_labels("sleep");
    EXPECT_EQ(refusal(request), "");
    post.add_labels("sleep");
    EXPECT_EQ(refusal(request), bad("labels"));
}

TEST(DecodeLimits, MentionsMaxPeopleAreMentionedAndOneMoreIsNot) {
    const Limits limits;
    auto request = sample("post_message");
    auto& post = *request.mutable_post_message();
    while (post.mentions_size() < static_cast<int>(limits.mentions_max)) post.add_mentions(samples::bytes_of(0x55));
    EXPECT_EQ(refusal(request), "");
    post.add_mentions(samples::bytes_of(0x55));
    EXPECT_EQ(refusal(request), bad("mentions"));
}

TEST(DecodeLimits, ABreathOfBreathMaxIsReadAndAMillisecondMoreIsNot) {
    const Limits limits;
    const auto breath_max = static_cast<std::uint32_t>(limits.breath_max.count());
    auto request = sample("post_message");
    request.mutable_post_message()->set_breath_ms(breath_max);
    EXPECT_EQ(refusal(request), "");
    for (const auto too_long : {breath_max + 1, UINT32_MAX}) {
        request.mutable_post_message()->set_breath_ms(too_long);
        EXPECT_EQ(refusal(request), bad("breath_ms"));
    }
}

TEST(DecodeLimits, MutedWordsMaxWordsAreReadAndOneMoreIsNot) {
    const Limits limits;
    auto request = sample("add_mute_of_words");
    auto& words = *request.mutable_add_mute()->mutable_words();
    while (words.word_size() < static_cast<int>(limits.muted_words_max)) words.add_word("weight");
    EXPECT_EQ(refusal(request), "");
    words.add_word("weight");
    EXPECT_EQ(refusal(request), bad("words"));
}

TEST(DecodeLimits, PeoplePerCommandMaxPeopleAreBlockedAtOnceAndOneMoreIsNot) {
    const Limits limits;
    auto request = sample("block_people");
    auto& block = *request.mutable_block_people();
    while (block.people_size() < static_cast<int>(limits.people_per_command_max)) *block.add_people() = block.people(0);
    EXPECT_EQ(refusal(request), "");
    *block.add_people() = block.people(0);
    EXPECT_EQ(refusal(request), bad("people"));
}

TEST(DecodeLimits, FirmMaxIsTheLongestFirmAbsenceAndAMillisecondMoreIsNot) {
    const Limits limits;
    auto request = sample("step_away");
    for (const auto& [ms, fine] : {std::pair<std::int64_t, bool>{-1, false},
                                   {0, false},
                                   {1, true},
                                   {limits.firm_max.count(), true},
                                   {limits.firm_max.count() + 1, false},
                                   {INT64_MAX, false}}) {
        request.mutable_step_away()->set_lasts_ms(ms);
        EXPECT_EQ(refusal(request), fine ? "" : bad("lasts_ms")) << ms;
    }
}

TEST(DecodeLimits, TheLimitsThatAreSetAreTheOnesThatCount) {
    const auto refused = [](const char* name, const Limits& limits) {
        return refusal(decode(sample(name).SerializeAsString(), Format::binary, limits));
    };
    Limits limits;
    limits.message_labels_max = 1;
    EXPECT_EQ(refused("post_message_with_care", limits), bad("labels"));
    limits = {};
    limits.mentions_max = 1;
    EXPECT_EQ(refused("post_message_with_care", limits), bad("mentions"));
    limits = {};
    limits.breath_max = Duration{19'999};
    EXPECT_EQ(refused("post_message_with_care", limits), bad("breath_ms"));
    limits = {};
    limits.muted_words_max = 1;
    EXPECT_EQ(refused("add_mute_of_words", limits), bad("words"));
    limits = {};
    limits.people_per_command_max = 1;
    EXPECT_EQ(refused("block_people", limits), bad("people"));
    limits = {};
    limits.firm_max = Duration{3'599'999};
    EXPECT_EQ(refused("step_away", limits), bad("lasts_ms"));
}

TEST(DecodeLimits, WhatIsNoTextIsRefusedAndPrintsNothing) {
    silence_protobuf();
    testing::internal::CaptureStderr();
    for (const std::string wrong : {"\xff", "\xc3\x28", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\x80"}) {
        // room_id, client_key, text, laid out by hand: protobuf itself would complain while writing such a text.
        const std::string post = "\x0a\x10" + std::string(16, 'r') + "\x12\x10" + std::string(16, 'k') + "\x1a" +
                                 std::string(1, static_cast<char>(wrong.size())) + wrong;
        const std::string frame = std::string("\x08\x05\xa2\x02", 4) + static_cast<char>(post.size()) + post;
        const auto decoded = decode(frame);
        EXPECT_EQ(refusal(decoded), "1 ");
        EXPECT_EQ(std::get<Unreadable>(decoded).id, 5u);
        EXPECT_EQ(refusal(decode(R"({"id":5,"joinRoom":{"name":")" + wrong + R"("}})", Format::json)), "1 ");
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(DecodeLimits, WrongWireTypesAndEndlessNumbersAreRefused) {
    using namespace std::string_literals;
    EXPECT_EQ(refusal(decode("\x08"s + std::string(10, '\xff') + "\x01"s)), "1 ");  // a number of eleven bytes
    EXPECT_EQ(refusal(decode("\x08\x01\x1a\xff\xff\xff\xff\x07"s)), "1 ");          // a length of 2 GiB
    EXPECT_EQ(refusal(decode("\x08\x01\x1b\x00"s)), "1 ");                          // an open group
    EXPECT_EQ(refusal(decode("\x08\x01\x1c"s)), "1 ");                              // a group's end alone
    EXPECT_EQ(refusal(decode("\x08\x01\x00\x00"s)), "1 ");                          // field number 0
    EXPECT_EQ(refusal(decode("\x0f\x01"s)), "1 ");                                  // wire type 7
    EXPECT_EQ(refusal(decode("\x08\x01\x1d\x01\x02\x03\x04"s)), "3 ");              // ping as a fixed32: not ours
}

}  // namespace
}  // namespace kindroom::wire
