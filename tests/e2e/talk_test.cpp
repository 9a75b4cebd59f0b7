// The main job: people talk in a moderated room, over TLS, and a restart of the server takes nothing away.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

#include "e2e/support/guest.hpp"

namespace kindroom::test {

namespace {

v1::Request about_room(const std::string& room, const std::function<std::string*(v1::Request&)>& field) {
    v1::Request asked;
    *field(asked) = room;
    return asked;
}

v1::Request going_on_duty(const std::string& room) {
    return about_room(room, [](auto& asked) { return asked.mutable_go_on_duty()->mutable_room_id(); });
}

v1::Request asking_for_roster(const std::string& room) {
    return about_room(room, [](auto& asked) { return asked.mutable_get_roster()->mutable_room_id(); });
}

v1::Request going_off_duty(const std::string& room, const std::string& note) {
    v1::Request asked;
    asked.mutable_go_off_duty()->set_room_id(room);
    asked.mutable_go_off_duty()->set_handover_note(note);
    return asked;
}

v1::Request editing(const std::string& room, const std::string& message, const std::string& text) {
    v1::Request asked;
    asked.mutable_edit_message()->set_room_id(room);
    asked.mutable_edit_message()->set_message_id(message);
    asked.mutable_edit_message()->set_text(text);
    return asked;
}

v1::Request retracting(const std::string& room, const std::string& message) {
    v1::Request asked;
    asked.mutable_retract_message()->set_room_id(room);
    asked.mutable_retract_message()->set_message_id(message);
    return asked;
}

// Two members and a moderator who have been in a room since it was made.
class Talk : public testing::Test {
  protected:
    Talk() {
        for (Guest* guest : everybody()) guest->connect();
        ana.sign_up(house.invite());
        ben.sign_up(house.invite());
        mira.sign_up(house.invite("moderator"));
        for (Guest* guest : everybody()) guest->consent();
        ana.join(room, "Ana");
        ben.join(room, "Ben");
        mira.join(room, "Mira");
    }
    std::vector<Guest*> everybody() { return {&ana, &ben, &mira}; }

    // Each knows the same, whether by listening, by reading backwards or by reading forwards.
    void expect_equal_histories() {
        const auto last = ana.post(room, "Good night.");
        for (Guest* guest : everybody()) guest->hear_up_to(room, last);
        const auto expected = lines(ana.story(room));
        for (Guest* guest : everybody()) {
            EXPECT_EQ(lines(guest->story(room)), expected);
            EXPECT_EQ(lines(guest->history_backwards(room, 2)), expected);
            EXPECT_EQ(lines(guest->history_forwards(room, 3)), expected);
        }
    }

    House house;
    std::string room = house.make_room("Evening porch");
    Guest ana{house.options()};
    Guest ben{house.options()};
    Guest mira{house.options()};
};

}  // namespace

TEST_F(Talk, WhatOneSaysAllHearOnceAndInOneOrder) {
    ana.post(room, "Is anybody awake?");
    ben.post(room, "I am.");
    mira.post(room, "So am I.");
    expect_equal_histories();
    EXPECT_EQ(texts(mira.story(room)),
              (std::vector<std::string>{"Is anybody awake?", "I am.", "So am I.", "Good night."}));
}

TEST_F(Talk, AReplyAnEditAndARetractionReachEverybody) {
    const auto question = ana.post(room, "Is anybody awke?");
    const auto answer = ben.post(room, "I am.", question);
    const auto slip = ben.post(room, "My number is 555 0100");
    EXPECT_TRUE(ana.get(editing(room, question, "Is anybody awake?")).has_done());
    EXPECT_TRUE(ben.get(retracting(room, slip)).has_done());
    EXPECT_EQ(ben.refusal(editing(room, question, "Not mine")), v1::ERROR_CODE_MESSAGE_GONE);
    expect_equal_histories();
    const auto story = mira.story(room);
    EXPECT_EQ(texts(story), (std::vector<std::string>{"Is anybody awake?", "I am.", "Good night."}));
    EXPECT_EQ(story.at(1).reply_to(), question);
    EXPECT_TRUE(story.at(0).edited());
}

TEST_F(Talk, TheModeratorSpeaksInTheRoleVoiceAndLeavesANoteForTheNext) {
    const auto on_duty = mira.get(going_on_duty(room)).on_duty();
    const auto in_the_role_voice = [&](const std::string& text) {
        auto words = posting(room, text);
        words.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
        return words;
    };
    mira.get(in_the_role_voice("I am here tonight."));
    const auto heard = ana.hear_text("I am here tonight.").room_event().posted().message();
    EXPECT_EQ(heard.author().voice(), v1::VOICE_MODERATOR);
    EXPECT_EQ(heard.author().token(), on_duty.role_voice().token());
    v1::Request block;
    block.mutable_block_people()->add_people()->set_room_id(room);
    block.mutable_block_people()->mutable_people(0)->set_token(heard.author().token());
    EXPECT_EQ(ana.refusal(block), v1::ERROR_CODE_PERSON_UNKNOWN) << "it is an office, and nobody's";
    EXPECT_EQ(ana.refusal(in_the_role_voice("So am I.")), v1::ERROR_CODE_NOT_ALLOWED);
    mira.get(going_off_duty(room, "Ben had a hard week."));
    EXPECT_EQ(mira.refusal(in_the_role_voice("Good night.")), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(mira.get(going_on_duty(room)).on_duty().handover_note(), "Ben had a hard week.");
    expect_equal_histories();
}

TEST_F(Talk, EverybodyWhoJoinedStandsInTheRosterWithASign) {
    ana.hear([](const v1::Event& event) { return event.roster_changed().people_size() == 3; },
             "that three people are in the room");
    std::vector<std::string> names;
    const auto roster = ben.get(asking_for_roster(room)).roster();
    for (const auto& person : roster.people()) {
        names.push_back(person.name());
        EXPECT_FALSE(person.sign().empty());
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"Ana", "Ben", "Mira"}));
}

TEST_F(Talk, AfterTheServerIsKilledTheyComeBackAndGoOn) {
    const auto first = ana.post(room, "Before the cut.");
    // Ana hears one thing less than the others before the server dies.
    ben.post(room, "I hear you.");
    ben.listen();
    mira.get(going_on_duty(room));
    house.kill_and_start();
    for (Guest* guest : everybody()) {
        guest->connect(house);
        guest->resume_session();
        guest->resume_room(room);
    }
    ana.post(room, "That was a moment of silence.", first);
    mira.post(room, "Nobody is lost.");
    expect_equal_histories();
    EXPECT_EQ(texts(ana.story(room)),
              (std::vector<std::string>{"Before the cut.", "I hear you.", "That was a moment of silence.",
                                        "Nobody is lost.", "Good night."}));
}

TEST(Rules, WhoHasNotAgreedToThemIsAskedToBeforeAnythingElse) {
    House house;
    const auto room = house.make_room("Evening porch");
    Guest ana(house.options());
    ana.connect();
    EXPECT_GT(ana.get(request(R"({"getRules":{}})")).house_rules().rules_size(), 0);
    EXPECT_TRUE(ana.get(request(R"({"getDataPolicy":{}})")).has_data_policy());
    EXPECT_TRUE(ana.get(request(R"({"getHelp":{}})")).has_help_directory());
    EXPECT_EQ(ana.refusal(request(R"({"listRooms":{}})")), v1::ERROR_CODE_SIGN_IN_NEEDED);
    ana.sign_up(house.invite());
    EXPECT_EQ(ana.refusal(request(R"({"consentToRules":{"version":99}})")), v1::ERROR_CODE_RULES_NEEDED);
    EXPECT_EQ(ana.refusal(posting(room, "Hello")), v1::ERROR_CODE_RULES_NEEDED);
    ana.consent();
    ana.join(room, "Ana");
    ana.post(room, "Hello");
    const auto rooms = ana.get(request(R"({"listRooms":{}})")).rooms();
    ASSERT_EQ(rooms.rooms_size(), 1);
    EXPECT_TRUE(rooms.rooms(0).joined());
}

TEST(History, WhatWasSaidBeforeOneJoinedIsNotShownUnlessTheRoomSaysSo) {
    House house;
    const auto closed = house.make_room("For those who were there");
    const auto open = house.make_room("Read what was said", {"--history-before-joining"});
    Guest ana = member_in(house, closed, "Ana");
    ana.join(open, "Ana");
    ana.post(closed, "Only for now.");
    ana.post(open, "For later too.");
    Guest ben = member_in(house, closed, "Ben");
    ben.join(open, "Ben");
    EXPECT_EQ(texts(ben.history_backwards(closed)), std::vector<std::string>{});
    EXPECT_EQ(texts(ben.history_backwards(open)), std::vector<std::string>{"For later too."});
}

}  // namespace kindroom::test
