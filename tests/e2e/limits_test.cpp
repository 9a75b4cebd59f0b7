// What the server holds everybody to, as it is met on the wire.
#include <gtest/gtest.h>

#include "e2e/support/guest.hpp"

namespace kindroom::test {

namespace {

// What is answered, without the number of the question.
std::string bytes_of(v1::Reply reply) {
    reply.clear_request_id();
    return reply.SerializeAsString();
}

v1::Request joining(const std::string& room) {
    v1::Request asked;
    asked.mutable_join_room()->set_room_id(room);
    asked.mutable_join_room()->set_name("Ana");
    return asked;
}

v1::Request asking_for_card(const std::string& room) {
    v1::Request asked;
    asked.mutable_get_room()->set_room_id(room);
    return asked;
}

Guest stranger(const House& house) {
    Guest guest(house.options());
    guest.connect();
    return guest;
}

}  // namespace

TEST(Limits, WhoSpeaksTooFastIsToldUntilWhen) {
    House house(Settings{{"limits.posts_burst", "2"},
                         {"limits.post_every", "1h"},
                         {"limits.newcomer_posts_burst", "2"},
                         {"limits.newcomer_post_every", "1h"}});
    const auto room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    ana.post(room, "One");
    const auto second = posting(room, "Two");
    ana.get(second);
    const auto refused = ana.ask(posting(room, "Three")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_RATE_LIMITED);
    const auto now = std::chrono::ceil<Milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    EXPECT_GT(refused.retry_at_ms(), now);
    EXPECT_LE(refused.retry_at_ms(), now + 3'600'000);
    // Reading and leaving are never slowed by it.
    EXPECT_EQ(ana.history_backwards(room).size(), 2u);
}

TEST(Limits, ATextMayBeAsLongAsTheLimitAndNoLonger) {
    House house(Settings{{"limits.text_code_points_max", "100"}});
    const auto room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    std::string text;
    for (int i = 0; i < 100; ++i) text += "\xC3\xA4";
    ana.post(room, text);
    EXPECT_EQ(ana.refusal(posting(room, text + "x")), v1::ERROR_CODE_TEXT_TOO_LONG);
    EXPECT_EQ(ana.refusal(posting(room, " \t ")), v1::ERROR_CODE_TEXT_EMPTY);
}

TEST(Limits, OneKeyForTwoDifferentTextsIsRefused) {
    House house;
    const auto room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    const auto key = new_key();
    const auto first = ana.get(posting(room, "One", key)).message_accepted();
    EXPECT_EQ(ana.refusal(posting(room, "Two", key)), v1::ERROR_CODE_IDEMPOTENCY_MISMATCH);
    EXPECT_EQ(ana.get(posting(room, "One", key)).message_accepted().message_id(), first.message_id());
    EXPECT_EQ(ana.refusal(posting(room, "Three", "short")), v1::ERROR_CODE_INVALID_ARGUMENT);
    EXPECT_EQ(texts(ana.history_backwards(room)), std::vector<std::string>{"One"});
}

TEST(Limits, ARoomThatIsClosedCannotBeToldFromOneThatNeverWas) {
    House house;
    const auto room = house.make_room("Evening porch");
    const auto closed = house.make_room("Over");
    Guest ana = member_in(house, room, "Ana");
    house.ordered({"room", "close", "Over"});
    for (const auto& ask : {joining, asking_for_card}) {
        const auto refused = ana.ask(ask(closed));
        EXPECT_EQ(refused.error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
        EXPECT_EQ(bytes_of(refused), bytes_of(ana.ask(ask(new_key()))));
    }
    EXPECT_EQ(bytes_of(ana.ask(reading(closed))), bytes_of(ana.ask(reading(new_key()))));
    const auto key = new_key();
    EXPECT_EQ(bytes_of(ana.ask(posting(closed, "Hello?", key))), bytes_of(ana.ask(posting(new_key(), "Hello?", key))));
}

TEST(Limits, AWrongPassphraseCannotBeToldFromAnUnknownAccount) {
    House house;
    Guest ana = stranger(house);
    ana.sign_up(house.invite());
    Guest eve = stranger(house);
    const auto known = eve.ask(signing_in(ana.login_id(), "not the right one"));
    EXPECT_EQ(known.error().code(), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_EQ(bytes_of(known), bytes_of(eve.ask(signing_in("calm-otter-1234", "not the right one"))));
    EXPECT_EQ(bytes_of(known), bytes_of(eve.ask(resuming_session(std::string(32, 'x')))));
}

TEST(Limits, GuessingIsSlowedButTheOwnersDeviceStillGetsIn) {
    House house(Settings{{"limits.sign_in_tries_fast", "3"},
                         {"limits.sign_in_backoff_first", "1h"},
                         {"limits.sign_in_backoff_max", "1h"}});
    Guest ana = stranger(house);
    ana.sign_up(house.invite());
    // Each guess over another connection, as one does who would like to get around it.
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(stranger(house).refusal(signing_in(ana.login_id(), "guess number " + std::to_string(i))),
                  v1::ERROR_CODE_SIGN_IN_FAILED);
    for (int i = 0; i < 4; ++i) {
        const auto refused = stranger(house).ask(signing_in(ana.login_id(), good_passphrase)).error();
        EXPECT_EQ(refused.code(), v1::ERROR_CODE_RATE_LIMITED);
        EXPECT_GT(refused.retry_at_ms(), 0);
    }
    EXPECT_TRUE(stranger(house).get(resuming_session(ana.token())).has_signed_in());
}

TEST(Manners, UnreadableFramesAreAnsweredAndThenTheConnectionIsClosed) {
    House house(Settings{{"limits.malformed_frames_max", "3"}});
    Guest eve = stranger(house);
    for (int i = 0; i < 3; ++i) eve.line().send_frame("\xFF\xFF\xFF");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(eve.hear(v1::Event::kReply).reply().error().code(), v1::ERROR_CODE_MALFORMED) << i;
    const auto ending = eve.line().wait_ended(patience);
    ASSERT_TRUE(ending);
    EXPECT_EQ(ending->close_code, 4500);
}

TEST(Manners, WhoDoesNotSayHelloFirstIsAskedTo) {
    House house;
    client::Connection line(house.options());
    ASSERT_FALSE(line.connect(patience));
    EXPECT_EQ(line.request(request(R"({"getRules":{}})"), patience)->error().code(), v1::ERROR_CODE_HELLO_NEEDED);
    EXPECT_TRUE(line.request(request(R"({"hello":{"protocolVersion":1}})"), patience)->has_welcome());
    EXPECT_TRUE(line.request(request(R"({"getRules":{}})"), patience)->has_house_rules());
}

TEST(Manners, WhoDoesNotSignInIsClosedAfterAWhile) {
    House house(Settings{{"limits.sign_in_max", "200ms"}});
    client::Connection eve(house.options());
    // Nothing waits for an answer: where the machine is slow, the time may be over before it comes.
    eve.connect(patience);
    eve.send(request(R"({"hello":{"protocolVersion":1}})"));
    const auto ending = eve.wait_ended(patience);
    EXPECT_EQ(eve.times_opened(), 1u);
    ASSERT_TRUE(ending);
    EXPECT_EQ(ending->close_code, 4003);
}

TEST(Manners, AFrameBeyondTheLimitClosesTheConnection) {
    House house(Settings{{"limits.frame_bytes_max", "2 KiB"}, {"limits.text_code_points_max", "100"}});
    Guest eve = stranger(house);
    eve.line().send_frame(std::string(2049, 'x'));
    const auto ending = eve.line().wait_ended(patience);
    ASSERT_TRUE(ending);
    EXPECT_EQ(ending->close_code, 1009);
}

}  // namespace kindroom::test
