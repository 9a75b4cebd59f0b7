#include "wire/encode.hpp"

#include <algorithm>

#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

v1::Batch batch_of(const std::string& bytes) {
    v1::Batch batch;
    EXPECT_TRUE(batch.ParseFromString(bytes));
    return batch;
}
v1::Batch json_batch_of(const std::string& json) {
    v1::Batch batch;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &batch).ok());
    return batch;
}

// Every reply and every event of the samples, encoded.
std::vector<std::string> all_frames(Format format) {
    std::vector<std::string> frames;
    for (const auto& sample : samples::replies())
        frames.push_back(*encode_reply(7, sample.reply, format, samples::cursors()));
    for (const auto& sample : samples::events())
        frames.push_back(*encode_event(sample.event, format, samples::cursors()));
    return frames;
}

v1::Reply reply_of(const domain::Reply& reply) {
    return batch_of(*encode_reply(7, reply, Format::binary, samples::cursors())).event(0).reply();
}

TEST(Encode, FramesOneBehindTheOtherAreOneBatchInOrder) {
    std::string bytes;
    std::string json = json_batch_begin;
    const auto binary_frames = all_frames(Format::binary);
    const auto json_frames = all_frames(Format::json);
    for (const auto& frame : binary_frames) bytes += frame;
    for (const auto& frame : json_frames) json += (json == json_batch_begin ? "" : json_batch_separator) + frame;
    json += json_batch_end;

    const auto batch = batch_of(bytes);
    ASSERT_EQ(batch.event_size(), static_cast<int>(binary_frames.size()));
    for (std::size_t i = 0; i < binary_frames.size(); ++i) {
        v1::Batch one;
        *one.add_event() = batch.event(static_cast<int>(i));
        EXPECT_EQ(one.SerializeAsString(), binary_frames[i]);
    }
    EXPECT_EQ(json_batch_of(json).SerializeAsString(), bytes);
}

TEST(Encode, TheSameEventGivesTheSameBytes) {
    EXPECT_EQ(all_frames(Format::binary), all_frames(Format::binary));
    EXPECT_EQ(all_frames(Format::json), all_frames(Format::json));
}

TEST(Encode, AccountsNeverLeaveTheServer) {
    const std::string some_bytes(4, static_cast<char>(samples::private_byte));
    for (const auto& frame : all_frames(Format::binary)) EXPECT_EQ(frame.find(some_bytes), std::string::npos);
}

TEST(Encode, WhatAMessageSaidBeforeNeverLeavesTheServer) {
    for (const auto format : {Format::binary, Format::json})
        for (const auto& frame : all_frames(format)) EXPECT_EQ(frame.find(samples::private_words), std::string::npos);
}

// A position in the clear would be a number of a field somewhere: another position may change nothing but the cursor.
TEST(Encode, PositionsLeaveOnlyAsCursors) {
    auto message = samples::labelled_message();
    domain::RoomStep step{.room = samples::room,
                          .position = Position{41},
                          .author = {},
                          .voice = {},
                          .about = Position{3},
                          .at = samples::some_time,
                          .about_at = samples::some_time,
                          .what = domain::MessagePosted{message}};
    auto first = batch_of(*encode_event(step, Format::binary, samples::cursors()));
    message.position = Position{900};
    message.reply_to_position = Position{800};
    message.reply_to_posted_at = from_ms(1);
    message.earlier.at(0) = {.position = Position{850}, .at = from_ms(2), .text = "other words"};
    message.edited_at_position = Position{860};
    message.edited_at = from_ms(3);
    message.folded = "other words";
    step = {.room = samples::room,
            .position = Position{900},
            .author = {},
            .voice = {},
            .about = Position{700},
            .at = from_ms(4),
            .about_at = from_ms(5),
            .what = domain::MessagePosted{message}};
    auto second = batch_of(*encode_event(step, Format::binary, samples::cursors()));
    EXPECT_NE(first.event(0).room_event().cursor(), second.event(0).room_event().cursor());
    EXPECT_EQ(first.ByteSizeLong(), second.ByteSizeLong());
    first.mutable_event(0)->mutable_room_event()->clear_cursor();
    second.mutable_event(0)->mutable_room_event()->clear_cursor();
    EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
}

TEST(Encode, EveryStepCarriesTheCursorOfItsPlace) {
    for (const auto& sample : samples::events()) {
        const auto batch = batch_of(*encode_event(sample.event, Format::binary, samples::cursors()));
        if (!batch.event(0).has_room_event()) continue;
        EXPECT_EQ(batch.event(0).room_event().cursor(), samples::cursor(41)) << sample.name;
    }
}

TEST(Encode, APageOfHistoryIsFramedByCursorsOfItsRoom) {
    const auto page = reply_of(domain::HistoryPage{samples::room, {}, {}, Position{3}, std::nullopt}).history_page();
    EXPECT_EQ(page.earlier(), samples::cursor(3));
    EXPECT_EQ(page.later(), "");
}

TEST(Encode, AReplyCarriesTheIdOfItsRequest) {
    EXPECT_EQ(reply_of(domain::Done{}).request_id(), 7u);
    EXPECT_TRUE(reply_of(domain::Done{}).has_done());
    const auto unread = encode_reply(0, domain::Refused{refuse(Errc::malformed)}, Format::binary, samples::cursors());
    EXPECT_EQ(batch_of(*unread).event(0).reply().request_id(), 0u);
}

TEST(Encode, ARefusalSaysWhyUntilWhenWhereAndWhatNow) {
    const auto slow = reply_of(domain::Refused{refuse_until(Errc::slow_mode, from_ms(1'234))}).error();
    EXPECT_EQ(slow.code(), v1::ERROR_CODE_SLOW_MODE);
    EXPECT_EQ(slow.retry_at_ms(), 1'234);
    EXPECT_FALSE(slow.detail().empty());
    const auto field = reply_of(domain::Refused{bad_field("room_id")}).error();
    EXPECT_EQ(field.retry_at_ms(), 0);
    EXPECT_EQ(field.field(), "room_id");
}

TEST(Encode, ADecisionWithoutEndHasNone) {
    auto decision = samples::decision();
    decision.ends_at = never;
    const auto error = reply_of(domain::Refused{refuse(Errc::banned), decision}).error();
    EXPECT_EQ(error.decision().ends_at_ms(), 0);
    EXPECT_EQ(error.decision().facts(), decision.facts);
}

TEST(Encode, TheLastUseOfASessionIsToldToTheHour) {
    domain::Sessions sessions;
    sessions.sessions.push_back({.session = samples::id_of<SessionId>(1),
                                 .device_label = {},
                                 .created_at = from_ms(3'600'000),
                                 .last_used_at = from_ms(7'199'999),
                                 .current = false});
    EXPECT_EQ(reply_of(std::move(sessions)).sessions().sessions(0).last_used_at_ms(), 3'600'000);
}

TEST(Encode, WelcomeTellsTheLimitsInForce) {
    domain::Welcome welcome;
    welcome.limits.frame_bytes_max = 1;
    welcome.limits.text_code_points_max = 2;
    welcome.limits.name_code_points_max = 3;
    welcome.limits.passphrase_code_points_min = 4;
    welcome.limits.passphrase_code_points_max = 5;
    welcome.limits.history_page_max = 6;
    welcome.limits.requests_in_flight_max = 7;
    welcome.limits.edit_window = Duration{8};
    welcome.limits.idle_max = Duration{9};
    welcome.limits.breath_max = Duration{10};
    welcome.limits.firm_max = Duration{11};
    welcome.limits.people_per_command_max = 12;
    welcome.limits.message_labels_max = 13;
    welcome.limits.mentions_max = 14;
    welcome.limits.catch_up_max = 15;
    welcome.limits.timeout_min = Duration{16};
    welcome.limits.timeout_max = Duration{17};
    welcome.limits.network_ban_max = Duration{18};
    EXPECT_EQ(reply_of(std::move(welcome)).welcome().limits().ShortDebugString(),
              "frame_bytes_max: 1 text_code_points_max: 2 name_code_points_max: 3 passphrase_code_points_min: 4 "
              "passphrase_code_points_max: 5 history_page_max: 6 requests_in_flight_max: 7 edit_window_ms: 8 "
              "idle_ms_max: 9 breath_ms_max: 10 firm_ms_max: 11 people_per_command_max: 12 message_labels_max: 13 "
              "mentions_max: 14 catch_up_max: 15 timeout_ms_min: 16 timeout_ms_max: 17 network_ban_ms_max: 18");
}

}  // namespace
}  // namespace kindroom::wire
