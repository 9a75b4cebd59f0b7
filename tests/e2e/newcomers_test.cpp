// Those who come to a room, through the command `kindroom` over TLS, each with the server's death in the middle: knocks
// and invites, the first visit, a wave, slow mode, and many who turn to one person.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <memory>
#include <sstream>

#include "e2e/support/terminals.hpp"

namespace kindroom::test {

namespace {

using testing::HasSubstr;

// A moderator who is in the room, on duty.
Guest on_duty_in(House& house, const std::string& room) {
    Guest guest(house.options());
    guest.connect();
    guest.sign_up(house.invite("moderator"));
    guest.consent();
    guest.join(room, "Host");
    v1::Request asked;
    asked.mutable_go_on_duty()->set_room_id(room);
    guest.get(asked);
    return guest;
}

// The last reply in what a script printed that fits.
template <class Fits>
v1::Reply last_reply(const std::string& printed, Fits fits) {
    v1::Reply found;
    std::istringstream in(printed);
    for (std::string line; std::getline(in, line);) {
        v1::Event event;
        if (google::protobuf::util::JsonStringToMessage(line, &event).ok() && fits(event.reply()))
            found = event.reply();
    }
    return found;
}

v1::Error refusal_in(const Ran& ran) {
    return last_reply(ran.out, [](const v1::Reply& reply) { return reply.has_error(); }).error();
}

class Newcomers : public testing::Test {
  protected:
    std::string knock() const {
        v1::Request asked;
        asked.mutable_knock()->set_room_id(room);
        return as_line(asked);
    }
    std::string make_invite() const {
        v1::Request asked;
        asked.mutable_create_room_invite()->set_room_id(room);
        return as_line(asked);
    }
    void change_room(std::vector<std::string> options) {
        options.insert(options.begin(), {"room", "change", "Night lamp"});
        house.ordered(options);
    }

    House house{Settings{{"limits.wave_joins_max", "3"}, {"limits.pile_on_people_max", "2"}}};
    std::string room = house.make_room("Night lamp");
    Terminals people{house, room};
};

TEST_F(Newcomers, AKnockOpensTheDoorAndOneThatWasNotAnsweredHasFaded) {
    change_room({"--join", "knock"});
    Guest host = on_duty_in(house, room);
    people.comes("mira", "moderator");
    EXPECT_EQ(refusal_in(people.comes("ana")).code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    const auto ana = std::make_unique<Program>(people.back(
        "ana", knock() + await_event("doorOpened") + people.join("Ana") + people.say("It is good to be in.")));
    EXPECT_TRUE(host.hear(v1::Event::kKnockHeard).knock_heard().person().name().empty());
    const auto screen = people.types("mira", "/duty on\n/knocks\n/let-in a\n/knocks\n/quit\n");
    EXPECT_THAT(screen, HasSubstr("Who knocks"));
    EXPECT_THAT(screen, HasSubstr("Nobody knocks just now."));
    host.hear_text("It is good to be in.");
    ana->wait_ended(patience);

    run(people.newcomer("ben", "member", knock()));
    host.hear(v1::Event::kKnockHeard);
    people.kill_and_start();
    EXPECT_THAT(people.types("mira", "\n/duty on\n/knocks\n/quit\n"), HasSubstr("Nobody knocks just now."));
    EXPECT_EQ(people.says("ana", people.say("I am still in.")).code, 0);
}

TEST_F(Newcomers, AnInviteIsGoodForOnePersonAlsoAfterTheServersDeath) {
    change_room({"--join", "invite"});
    people.comes("mira", "moderator");
    const auto made = people.says("mira", make_invite());
    const std::string code =
        last_reply(made.out, [](const v1::Reply& reply) { return reply.has_invite_created(); }).invite_created().code();
    ASSERT_FALSE(code.empty()) << made.out;
    people.kill_and_start();
    EXPECT_EQ(run(people.newcomer("ana", "member", people.join("Ana", code) + people.say("Thank you."))).code, 0);
    people.kill_and_start();
    const auto second = run(people.newcomer("ben", "member", people.join("Ben", code)));
    EXPECT_EQ(refusal_in(second).code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_EQ(refusal_in(run(people.newcomer("cleo", "member", people.join("Cleo")))).SerializeAsString(),
              refusal_in(second).SerializeAsString())
        << "a code that is spent reads as none";
}

TEST_F(Newcomers, AFirstVisitListensUntilAModeratorLetsThemSpeak) {
    change_room({"--listen-only", "1h"});
    people.comes("mira", "moderator");
    const auto came = people.comes("ana", "member", people.say("Hello."));
    const auto first = refusal_in(came);
    EXPECT_EQ(first.code(), v1::ERROR_CODE_LISTEN_ONLY);
    people.kill_and_start();
    const auto again = refusal_in(people.says("ana", people.say("Hello.")));
    EXPECT_EQ(again.code(), v1::ERROR_CODE_LISTEN_ONLY);
    EXPECT_EQ(again.retry_at_ms(), first.retry_at_ms());
    v1::Request let;
    let.mutable_let_speak()->set_room_id(room);
    let.mutable_let_speak()->set_token(
        last_reply(came.out, [](const v1::Reply& reply) { return reply.has_room_joined(); })
            .room_joined()
            .you()
            .token());
    EXPECT_EQ(people.says("mira", people.go_on_duty() + as_line(let)).code, 0);
    EXPECT_EQ(people.says("ana", people.say("Hello.")).code, 0);
}

TEST_F(Newcomers, AWaveOnlyListensUntilAModeratorLetsThemSpeakOrShutsTheDoor) {
    Guest host = on_duty_in(house, room);
    people.comes("mira", "moderator");
    const std::vector<std::string> crowd{"ana", "ben", "cleo", "dora"};
    for (const auto& who : crowd) people.comes(who);
    host.hear(v1::Event::kWaveNoticed);
    people.kill_and_start();
    for (const auto& who : crowd)
        EXPECT_EQ(refusal_in(people.says(who, people.say("We are many."))).code(), v1::ERROR_CODE_LISTEN_ONLY) << who;
    people.types("mira", "/duty on\n/let-speak all\n/door invite\n/quit\n");
    for (const auto& who : crowd) EXPECT_EQ(people.says(who, people.say("Thank you.")).code, 0) << who;
    EXPECT_EQ(refusal_in(people.comes("eve")).code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
}

TEST_F(Newcomers, SlowModeIsForEachPersonAndGoesOnAfterTheServersDeath) {
    change_room({"--slow-mode", "1h"});
    EXPECT_EQ(people.comes("ana", "member", people.say("One.")).code, 0);
    const auto before = refusal_in(people.says("ana", people.say("Two.")));
    EXPECT_EQ(before.code(), v1::ERROR_CODE_SLOW_MODE);
    people.kill_and_start();
    const auto after = refusal_in(people.says("ana", people.say("Two.")));
    EXPECT_EQ(after.code(), v1::ERROR_CODE_SLOW_MODE);
    // Before, from the moment at which the message came; after, from the one that it bears.
    EXPECT_GE(after.retry_at_ms(), before.retry_at_ms());
    EXPECT_LT(after.retry_at_ms(), before.retry_at_ms() + patience.count());
    EXPECT_EQ(people.comes("ben", "member", people.say("Mine.")).code, 0);
}

TEST_F(Newcomers, NoMoreThanSoManyTurnToOnePersonAtOnce) {
    // Who cannot see the words cannot answer them either.
    change_room({"--history-before-joining"});
    Guest host = member_in(house, room, "Host");
    const auto words = host.post(room, "I do not agree.");
    EXPECT_EQ(people.comes("ana", "member", people.say("How can you?", words)).code, 0);
    EXPECT_EQ(people.comes("ben", "member", people.say("How could you?", words)).code, 0);
    people.kill_and_start();
    people.comes("mira", "moderator");
    const auto third = run(people.newcomer("cleo", "member", people.join("Cleo") + people.say("Oh!", words)));
    EXPECT_EQ(refusal_in(third).code(), v1::ERROR_CODE_MANY_TO_ONE);
    EXPECT_GT(refusal_in(third).retry_at_ms(), 0);
    EXPECT_EQ(people.says("cleo", people.say("What did they say?")).code, 0);
    EXPECT_EQ(people.says("mira", people.go_on_duty() + people.say("Let us hear them.", words)).code, 0);
}

}  // namespace

}  // namespace kindroom::test
