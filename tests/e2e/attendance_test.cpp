// A room that never runs unattended, through the command `kindroom` over TLS, each with the server's death in the
// middle: nobody there and somebody comes, a pause by hand, opening hours, and the role voice that goes from hand to
// hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

#include "e2e/support/terminals.hpp"

namespace kindroom::test {

namespace {

using testing::HasSubstr;
using testing::Not;

class Attendance : public testing::Test {
  protected:
    std::string pause(const std::string& sentence) const {
        v1::Request asked;
        asked.mutable_pause_room()->set_room_id(room);
        asked.mutable_pause_room()->set_sentence(sentence);
        return as_line(asked);
    }
    std::string resume() const {
        v1::Request asked;
        asked.mutable_resume_talk()->set_room_id(room);
        return as_line(asked);
    }
    void hear_state(Guest& guest, v1::RoomState state) const {
        guest.hear([&](const auto& event) { return event.room_changed().room().state() == state; },
                   "that the room is in another state");
    }
    void come_back(Guest& guest) const {
        guest.connect(house);
        guest.resume_session();
        guest.resume_room(room);
    }
    // Not today, so that no test has to know what time it is.
    static std::string another_day() {
        constexpr const char* days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        return days[(std::chrono::weekday{today}.c_encoding() + 3) % 7];
    }

    House house{Settings{
        {"limits.duty_linger", "0ms"}, {"limits.unattended_grace", "300ms"}, {"limits.winding_down", "300ms"}}};
    std::string room = house.make_room("Night lamp");
    Terminals people{house, room};
};

TEST_F(Attendance, ARoomThatNeedsAModeratorIsNeverAloneAlsoThroughTheServersDeath) {
    Guest host = member_in(house, room, "Host");
    house.ordered({"room", "change", "Night lamp", "--needs-moderator"});
    hear_state(host, v1::ROOM_STATE_PAUSED);
    EXPECT_EQ(people.comes("mira", "moderator").code, 0);
    const auto alone = people.comes("ana", "member", people.say("Hello?"));
    EXPECT_EQ(alone.code, 1);
    EXPECT_TRUE(has(alone, "ERROR_CODE_ROOM_PAUSED")) << alone.out;
    EXPECT_TRUE(has(alone, "\"help\":")) << "the words about help come with it: " << alone.out;

    // Somebody comes on duty, and takes a break.
    const auto first =
        std::make_unique<Program>(people.back("mira", people.go_on_duty() + await_text("Is somebody here?") +
                                                          pause("We take ten minutes.") + await_text("never said")));
    hear_state(host, v1::ROOM_STATE_OPEN);
    EXPECT_EQ(people.says("ana", people.say("Is somebody here?")).code, 0);
    hear_state(host, v1::ROOM_STATE_PAUSED);
    const auto in_the_break = people.says("ana", people.say("Hello?"));
    EXPECT_EQ(in_the_break.code, 1);
    EXPECT_TRUE(has(in_the_break, "We take ten minutes.")) << in_the_break.out;

    // The pause outlives the server; so does it that nobody has come yet.
    people.kill_and_start();
    first->wait_ended(patience);
    EXPECT_TRUE(has(people.says("ana", people.say("Hello?")), "We take ten minutes."));
    const auto resumed = people.says("mira", resume());
    EXPECT_EQ(resumed.code, 0);
    EXPECT_TRUE(has(resumed, "ROOM_STATE_PAUSED")) << resumed.out;
    const auto still_alone = people.says("ana", people.say("Hello?"));
    EXPECT_TRUE(has(still_alone, "ERROR_CODE_ROOM_PAUSED"));
    EXPECT_FALSE(has(still_alone, "We take ten minutes."));

    // Somebody comes, and goes when the last word is said: people are told, then it pauses.
    come_back(host);
    const auto second = std::make_unique<Program>(people.back("mira", people.go_on_duty() + await_text("Good night.")));
    hear_state(host, v1::ROOM_STATE_OPEN);
    EXPECT_EQ(people.says("ana", people.say("Good night.")).code, 0);
    EXPECT_EQ(second->wait_ended(patience), 0) << second->err();
    hear_state(host, v1::ROOM_STATE_WINDING_DOWN);
    hear_state(host, v1::ROOM_STATE_PAUSED);
    EXPECT_EQ(host.refusal(posting(room, "too late")), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(texts(host.history_backwards(room)), (std::vector<std::string>{"Is somebody here?", "Good night."}));
}

TEST_F(Attendance, AModeratorPausesAnyRoomAtTheKeyboardAndEndsItThereToo) {
    Guest host = member_in(house, room, "Host");
    people.comes("mira", "moderator");
    EXPECT_THAT(people.types("mira", "/pause We take ten minutes.\n/quit\n"), HasSubstr("Paused."));
    hear_state(host, v1::ROOM_STATE_PAUSED);
    people.comes("ana");
    const auto screen = people.types("ana", "Hello?\n/who\n/quit\n");
    EXPECT_THAT(screen, HasSubstr("We take ten minutes."));
    EXPECT_THAT(screen, HasSubstr("/help"));
    people.kill_and_start();
    EXPECT_THAT(people.types("mira", "/resume\n/quit\n"), HasSubstr("People can talk again."));
    EXPECT_EQ(people.says("ana", people.say("Welcome back.")).code, 0);
}

TEST_F(Attendance, ARoomHasItsHoursWithWordsAtTheirBeginningAndEnd) {
    Guest host = member_in(house, room, "Host");
    people.comes("mira", "moderator");
    people.comes("ana");
    const auto changed =
        people.types("mira", "/hours " + another_day() + " 10:00-11:00\nGood evening.\nSleep well.\n/quit\n");
    EXPECT_THAT(changed, HasSubstr("Open " + another_day() + " 10:00-11:00."));
    hear_state(host, v1::ROOM_STATE_OUT_OF_HOURS);
    for (const bool after_death : {false, true}) {
        if (after_death) people.kill_and_start();
        const auto refused = people.says("ana", people.say("Hello?"));
        EXPECT_EQ(refused.code, 1);
        EXPECT_TRUE(has(refused, "ERROR_CODE_ROOM_OUT_OF_HOURS")) << refused.out;
        EXPECT_TRUE(has(refused, "\"retryAtMs\":")) << refused.out;
        EXPECT_TRUE(has(refused, "\"help\":")) << refused.out;
        EXPECT_THAT(people.types("ana", "/quit\n"),
                    HasSubstr("Sleep well. The room is outside of its hours; it opens"));
    }
    come_back(host);
    people.types("mira", "/hours always\n/quit\n");
    const auto opened = host.hear([](const auto& event) { return event.has_room_changed(); }, "that it opens");
    EXPECT_EQ(opened.room_changed().room().state(), v1::ROOM_STATE_OPEN);
    EXPECT_EQ(opened.room_changed().room().settings().opening_words(), "Good evening.");
    EXPECT_EQ(people.says("ana", people.say("At last.")).code, 0);
}

TEST_F(Attendance, TheRoleVoiceAndItsNoteGoFromOneModeratorToTheNext) {
    Guest host = member_in(house, room, "Host");
    people.comes("mira", "moderator");
    people.comes("noor", "moderator");
    people.types("mira", "/duty on\n/voice I am here tonight.\n/duty off\nBen had a hard week.\n/quit\n");
    const auto heard = host.hear_text("I am here tonight.").room_event().posted().message();
    EXPECT_EQ(heard.author().voice(), v1::VOICE_MODERATOR);
    EXPECT_THAT(heard.author().name(), testing::StartsWith("Moderator")) << "no name of a person";
    people.kill_and_start();
    const auto screen = people.types("noor", "/voice Not yet.\n/duty on\n/quit\n");
    EXPECT_THAT(screen, HasSubstr("Ben had a hard week."));
    come_back(host);
    EXPECT_THAT(texts(host.history_backwards(room)), testing::ElementsAre("I am here tonight."));
}

}  // namespace

}  // namespace kindroom::test
