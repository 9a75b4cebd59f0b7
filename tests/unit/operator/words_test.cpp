#include "operator/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindroom::operator_ {

using testing::HasSubstr;

TEST(Words, ControlCharactersOfOthersDoNotReachTheTerminal) {
    EXPECT_EQ(printable("a\x1b[31mb\x07\x7f\xc2\x9b"
                        "c"),
              "a [31mb   c");
    EXPECT_EQ(printable("\xc3\xa4 \xe2\x82\xac\n"), "\xc3\xa4 \xe2\x82\xac\n");
}

TEST(Words, AnIdIsReadAsItIsPrinted) {
    const std::string id(
        "\x00\x01\xab\xff"
        "0123456789AB",
        16);
    EXPECT_EQ(hex(id), "0001abff303132333435363738394142");
    EXPECT_EQ(from_hex(hex(id)), id);
    EXPECT_EQ(from_hex("0001"), std::nullopt);
    EXPECT_EQ(from_hex("0001abff30313233343536373839414g"), std::nullopt);
}

TEST(Words, ARefusalSaysWhyAndWhenToTryAgain) {
    v1::Error error;
    error.set_code(v1::ERROR_CODE_NOT_FOUND);
    error.set_field("login_id");
    EXPECT_EQ(in_words(error), "The server refused: ERROR_CODE_NOT_FOUND (login_id)");
    error.set_retry_at_ms(1'000);
    EXPECT_THAT(in_words(error), HasSubstr("Try again at 1970-01-01 00:00:01 UTC."));
}

TEST(Words, AnInviteBeginsWithItsCode) {
    v1::Reply reply;
    reply.mutable_invite_created()->set_code("abcd-efgh");
    reply.mutable_invite_created()->set_ends_at_ms(86'400'000);
    EXPECT_EQ(in_words(reply), "abcd-efgh\nIt holds until 1970-01-02 00:00:00 UTC.\n");
}

TEST(Words, ARoomIsOneLineWithoutACountOfPeople) {
    v1::Reply reply;
    auto& room = *reply.mutable_room_card()->mutable_room();
    room.set_room_id(std::string(16, '\x11'));
    room.set_state(v1::ROOM_STATE_PAUSED);
    room.set_moderator_on_duty(true);
    room.mutable_settings()->set_topic("Night");
    room.mutable_settings()->set_retention(v1::RETENTION_DAYS_7);
    room.mutable_settings()->set_slow_mode_ms(90'000);
    room.mutable_settings()->set_listen_only_ms(300'000);
    room.mutable_settings()->add_content_labels("grief");
    EXPECT_EQ(in_words(reply),
              "11111111111111111111111111111111  paused  kept 7d  moderator on duty  slow mode 90s  listen first 5m  "
              "[grief]  Night\n");
}

}  // namespace kindroom::operator_
