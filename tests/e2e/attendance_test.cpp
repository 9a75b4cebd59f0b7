// A room that never runs unattended, through the command `kindroom --json` over TLS: nobody there, somebody comes, a
// pause by hand, the server dies in the middle, and the last one goes.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <memory>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

namespace {

std::string as_line(const v1::Request& asked) {
    std::string out;
    const auto written = google::protobuf::util::MessageToJsonString(asked, &out);
    if (!written.ok()) throw std::runtime_error("a request that cannot be written");
    return out + "\n";
}

bool has(const Ran& ran, const std::string& words) { return ran.out.find(words) != std::string::npos; }

class Attendance : public testing::Test {
  protected:
    Attendance() {
        v1::Request asked;
        asked.mutable_resume_room()->set_room_id(room);
        listen = as_line(asked);
        asked.mutable_go_on_duty()->set_room_id(room);
        on_duty = as_line(asked);
        asked.mutable_pause_room()->set_room_id(room);
        asked.mutable_pause_room()->set_sentence("We take ten minutes.");
        pause = as_line(asked);
        asked.mutable_resume_talk()->set_room_id(room);
        resume = as_line(asked);
    }
    Launch launch(const std::string& who, const std::string& lines, std::vector<std::string> options) const {
        std::vector<std::string> command{client_program(), "--json", "--server", relay.url(), "--profile", who};
        for (const auto& word :
             {std::string("--ca"), house.authority_file(), std::string("--home"), house.file("people")})
            command.push_back(word);
        command.insert(command.end(), options.begin(), options.end());
        return {.command = command, .environment = {}, .input = lines, .log_file = {}};
    }
    // Comes for the first time.
    Ran comes(const std::string& who, const std::string& role, const std::string& lines = {}) {
        v1::Request asked;
        asked.mutable_create_account()->set_invite_code(house.invite(role));
        asked.mutable_create_account()->set_passphrase(good_passphrase);
        std::string all = as_line(asked) + "{\"consentToRules\":{\"version\":1}}\n";
        asked.mutable_join_room()->set_room_id(room);
        asked.mutable_join_room()->set_name(who);
        return run(launch(who, all + as_line(asked) + lines, {}));
    }
    // Comes back, listens to the room, and goes.
    Ran says(const std::string& who, const std::string& lines) const {
        return run(launch(who, listen + lines, {"--resume"}));
    }
    static std::string await(const std::string& text) {
        return R"({"wait":"posted","containing":")" + text + "\"}\n";
    }
    std::string words(const std::string& text) const { return as_line(posting(room, text)); }
    void hear_state(Guest& guest, v1::RoomState state) const {
        guest.hear([&](const auto& event) { return event.room_changed().room().state() == state; },
                   "that the room is in another state");
    }

    House house{Settings{
        {"limits.duty_linger", "0ms"}, {"limits.unattended_grace", "300ms"}, {"limits.winding_down", "300ms"}}};
    std::string room = house.make_room("Night lamp", {"--needs-moderator"});
    // A profile is signed in at one address, whatever port the house has.
    Relay relay{house.port()};
    std::string listen;
    std::string on_duty;
    std::string pause;
    std::string resume;
};

TEST_F(Attendance, ARoomThatNeedsAModeratorIsNeverAloneAlsoThroughTheServersDeath) {
    Guest host = member_in(house, room, "Host");
    EXPECT_EQ(comes("mira", "moderator").code, 0);
    const auto alone = comes("ana", "member", words("Hello?"));
    EXPECT_EQ(alone.code, 1);
    EXPECT_TRUE(has(alone, "ERROR_CODE_ROOM_PAUSED")) << alone.out;
    EXPECT_TRUE(has(alone, "\"help\":")) << "the words about help come with it: " << alone.out;

    // Somebody comes on duty, and takes a break.
    const auto first = std::make_unique<Program>(
        launch("mira", listen + on_duty + await("Is somebody here?") + pause + await("never said"), {"--resume"}));
    hear_state(host, v1::ROOM_STATE_OPEN);
    EXPECT_EQ(says("ana", words("Is somebody here?")).code, 0);
    hear_state(host, v1::ROOM_STATE_PAUSED);
    const auto in_the_break = says("ana", words("Hello?"));
    EXPECT_EQ(in_the_break.code, 1);
    EXPECT_TRUE(has(in_the_break, "We take ten minutes.")) << in_the_break.out;

    // The pause outlives the server; so does it that nobody has come yet.
    house.kill_and_start();
    relay.cut();
    relay.lead_to(house.port());
    first->wait_ended(patience);
    EXPECT_TRUE(has(says("ana", words("Hello?")), "We take ten minutes."));
    const auto resumed = says("mira", resume);
    EXPECT_EQ(resumed.code, 0);
    EXPECT_TRUE(has(resumed, "ROOM_STATE_PAUSED")) << resumed.out;
    const auto still_alone = says("ana", words("Hello?"));
    EXPECT_TRUE(has(still_alone, "ERROR_CODE_ROOM_PAUSED"));
    EXPECT_FALSE(has(still_alone, "We take ten minutes."));

    // Somebody comes, and goes when the last word is said: people are told, then it pauses.
    host.connect(house);
    host.resume_session();
    host.resume_room(room);
    const auto second =
        std::make_unique<Program>(launch("mira", listen + on_duty + await("Good night."), {"--resume"}));
    hear_state(host, v1::ROOM_STATE_OPEN);
    EXPECT_EQ(says("ana", words("Good night.")).code, 0);
    EXPECT_EQ(second->wait_ended(patience), 0) << second->err();
    hear_state(host, v1::ROOM_STATE_WINDING_DOWN);
    hear_state(host, v1::ROOM_STATE_PAUSED);
    EXPECT_EQ(host.refusal(posting(room, "too late")), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(texts(host.history_backwards(room)), (std::vector<std::string>{"Is somebody here?", "Good night."}));
}

}  // namespace

}  // namespace kindroom::test
