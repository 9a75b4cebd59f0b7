// A client that was cut at any moment and has resumed knows what one knows that was never cut.
#include <gtest/gtest.h>
#include <random>
#include <string>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

namespace {

// Ana speaks; Ben listens without a cut; Cleo's connection is the one that suffers.
class Cut : public testing::Test {
  protected:
    void say(int count) {
        for (int i = 0; i < count; ++i) ana.post(room, "Word " + std::to_string(++said_));
    }
    client::ConnectionOptions through_relay() const {
        auto options = house.options();
        options.line.endpoint = relay.url();
        return options;
    }
    void let_in(Guest& guest, const std::string& name) {
        guest.connect();
        guest.sign_up(house.invite());
        guest.consent();
        guest.join(room, name);
    }
    void expect_same_story(Guest& cut) {
        const auto last = ana.post(room, "Word " + std::to_string(++said_));
        for (Guest* guest : {&cut, &ben}) guest->hear_up_to(room, last);
        EXPECT_EQ(static_cast<int>(ben.story(room).size()), said_);
        EXPECT_EQ(lines(cut.story(room)), lines(ben.story(room)));
    }

    House house;
    std::string room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    Guest ben = member_in(house, room, "Ben");
    Relay relay{house.port()};
    int said_ = 0;
};

}  // namespace

TEST_F(Cut, WhoDropsTheLineAndResumesHasMissedNothingAndHeardNothingTwice) {
    Guest cleo(through_relay());
    let_in(cleo, "Cleo");
    for (int round = 0; round < 20; ++round) {
        say(3);
        // At another point of what is on its way each time: after none, one or two of the three.
        for (int i = 0; i < round % 3; ++i) cleo.hear(v1::Event::kRoomEvent);
        cleo.line().drop();
        say(round % 4);
        cleo.connect();
        cleo.resume_session();
        cleo.resume_room(room);
    }
    expect_same_story(cleo);
}

TEST_F(Cut, AConnectionCutInTheMiddleOfAnyByteIsResumedByTheClientLibraryItself) {
    std::mt19937 random(20);
    auto options = through_relay();
    options.steady = true;
    options.backoff = {.first = Milliseconds(2), .max = Milliseconds(10)};
    Guest cleo(options);
    let_in(cleo, "Cleo");
    std::uniform_int_distribution<std::uint64_t> in_the_talk(1, 1'000);
    // A TLS handshake takes about 3 KB: some of these cuts fall into it, some into signing in and resuming.
    std::uniform_int_distribution<std::uint64_t> in_coming_back(1, 8'000);
    for (int round = 0; round < 40; ++round) {
        relay.cut_after(in_the_talk(random));
        if (round % 2 == 0) relay.cut_next_after(in_coming_back(random));
        say(5);
        if (round % 4 == 3) cleo.hear_text("Word " + std::to_string(said_));
    }
    EXPECT_GT(cleo.line().times_opened(), 10u);
    expect_same_story(cleo);
}

TEST_F(Cut, P4APostIsOneMessageWhereverItsConnectionIsCut) {
    std::mt19937 random(4);
    auto options = through_relay();
    options.steady = true;
    options.backoff = {.first = Milliseconds(2), .max = Milliseconds(10)};
    Guest cleo(options);
    let_in(cleo, "Cleo");
    // An answer is some 50 bytes; before and behind it come the message itself and the roster.
    std::uniform_int_distribution<std::uint64_t> bytes(1, 300);
    for (int round = 0; round < 200; ++round) {
        relay.cut_after(bytes(random));
        const auto reply = cleo.line().request(posting(room, "Word " + std::to_string(++said_)), patience);
        ASSERT_TRUE(reply && reply->has_message_accepted());
    }
    EXPECT_GT(cleo.line().times_opened(), 50u);
    expect_same_story(cleo);
    EXPECT_EQ(lines(ana.history_backwards(room)), lines(ben.story(room)));
}

TEST_F(Cut, AfterALongAbsenceMoreThanOnePageIsResumedInOrder) {
    Guest cleo(through_relay());
    let_in(cleo, "Cleo");
    say(1);
    cleo.hear_text("Word 1");
    cleo.line().drop();
    // More than the room keeps in memory (window_steps), so that the store is asked as well.
    say(400);
    cleo.connect();
    cleo.resume_session();
    cleo.resume_room(room);
    say(1);
    expect_same_story(cleo);
}

TEST_F(Cut, AReaderWhoDoesNotReadIsClosedAndNobodyElseWaits) {
    house.kill();
    house.set("limits.outbox_bytes_max", "64 KiB");
    house.set("limits.close_max", "1m");
    house.start();
    relay.lead_to(house.port());
    for (Guest* guest : {&ana, &ben}) {
        guest->connect(house);
        guest->resume_session();
        guest->resume_room(room);
    }
    Guest cleo(through_relay());
    let_in(cleo, "Cleo");
    relay.freeze(true);
    // 10 MB: more than the kernel keeps between two programs.
    std::string long_text;
    for (int i = 0; i < 4'000; ++i) long_text += "\xF0\xA0\x80\x80";
    // Ben keeps step: five in a row that a busy house had no time to write would be too many for this outbox.
    for (int i = 0; i < 600; ++i) ben.hear_up_to(room, ana.post(room, long_text));
    EXPECT_EQ(ben.story(room).size(), 600u);
    relay.freeze(false);
    const auto ending = cleo.line().wait_ended(patience);
    ASSERT_TRUE(ending);
    EXPECT_EQ(ending->close_code, 4001) << ending->words << house.log();
    // What it missed it gets by resuming.
    cleo.connect();
    cleo.resume_session();
    cleo.listen();
    cleo.resume_room(room);
    EXPECT_EQ(lines(cleo.story(room)), lines(ben.story(room)));
}

}  // namespace kindroom::test
