// The same conversation in JSON: over the subprotocol for browsers, and by the command `kindroom --json`.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <memory>
#include <sstream>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

namespace {

std::string as_json(const v1::Request& asked) {
    std::string out;
    const auto written = google::protobuf::util::MessageToJsonString(asked, &out);
    if (!written.ok()) throw std::runtime_error("a request that cannot be written");
    return out + "\n";
}

// A person at a terminal, all of whose lines are known beforehand.
struct Script {
    std::string lines;

    Script& say(const v1::Request& asked) {
        lines += as_json(asked);
        return *this;
    }
    Script& await(const std::string& text) {
        lines += await_event("posted", text);
        return *this;
    }
};

class Scripts : public testing::Test {
  protected:
    Launch launch(const std::string& lines, const std::vector<std::string>& options = {},
                  const std::string& url = {}) const {
        std::vector<std::string> command{client_program(), "--json", "--server", url.empty() ? house.url() : url};
        for (const auto& word :
             {std::string("--ca"), house.authority_file(), std::string("--home"), house.file("people")})
            command.push_back(word);
        command.insert(command.end(), options.begin(), options.end());
        return {.command = command, .environment = {}, .input = lines, .log_file = {}};
    }
    // What one writes who comes for the first time.
    Script newcomer(const std::string& name, const std::string& role) {
        Script script;
        v1::Request asked;
        asked.mutable_create_account()->set_invite_code(house.invite(role));
        asked.mutable_create_account()->set_passphrase(good_passphrase);
        script.say(asked).say(request(R"({"consentToRules":{"version":1}})"));
        asked.mutable_join_room()->set_room_id(room);
        asked.mutable_join_room()->set_name(name);
        return script.say(asked);
    }
    // The ids of the messages in the last page of history that was printed.
    static std::vector<std::string> last_history(const std::string& printed) {
        std::vector<std::string> out;
        std::istringstream in(printed);
        for (std::string line; std::getline(in, line);) {
            v1::Event event;
            if (!google::protobuf::util::JsonStringToMessage(line, &event).ok()) continue;
            if (event.reply().has_history_page())
                out = lines(
                    {event.reply().history_page().messages().begin(), event.reply().history_page().messages().end()});
        }
        return out;
    }

    House house;
    std::string room = house.make_room("Evening porch", {"--history-before-joining"});
};

}  // namespace

TEST_F(Scripts, ThreePeopleTalkThroughTheServersDeathAndEndWithEqualHistories) {
    v1::Request duty;
    duty.mutable_go_on_duty()->set_room_id(room);
    auto greeting = posting(room, "I am on duty.");
    greeting.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
    Script ana = newcomer("Ana", "member").await("Shall we begin?").await("I am on duty.");
    ana.say(posting(room, "It was a long day.")).await("I know those.").await("Welcome back.");
    Script ben = newcomer("Ben", "member").await("Shall we begin?").await("It was a long day.");
    ben.say(posting(room, "I know those.")).await("Welcome back.");
    Script mira = newcomer("Mira", "moderator").await("Shall we begin?");
    mira.say(duty).say(greeting).await("I know those.").await("Welcome back.");
    for (Script* script : {&ana, &ben, &mira}) script->say(reading(room));

    Guest host = member_in(house, room, "Host");
    Relay relay(house.port());
    std::vector<std::unique_ptr<Program>> people;
    for (Script* script : {&ana, &ben, &mira})
        people.push_back(std::make_unique<Program>(launch(script->lines, {"--reconnect"}, relay.url())));
    host.hear([](const auto& event) { return event.roster_changed().people_size() == 4; }, "that all are here");
    host.post(room, "Shall we begin?");
    host.hear_text("It was a long day.");
    // Ben answers just now.
    house.kill();
    relay.cut();
    house.start();
    relay.lead_to(house.port());
    host.connect(house);
    host.resume_session();
    host.resume_room(room);
    if (texts(host.story(room)).back() != "I know those.") host.hear_text("I know those.");
    host.post(room, "Welcome back.");
    for (const auto& person : people) EXPECT_EQ(person->wait_ended(patience), 0) << person->err();
    const auto history = lines(host.history_backwards(room));
    EXPECT_EQ(history.size(), 5u);
    for (const auto& person : people) EXPECT_EQ(last_history(person->out()), history);
}

TEST_F(Scripts, TheExitCodeSaysWhatHappened) {
    EXPECT_EQ(run(launch("{\"getRules\":{}}\n")).code, 0);
    EXPECT_EQ(run(launch("{\"listRooms\":{}}\n")).code, 1);
    EXPECT_EQ(run(launch("{\"wait\":\"posted\",\"timeoutMs\":50}\n")).code, 1);
    EXPECT_EQ(run(launch("this is not a line\n")).code, 2);
    EXPECT_EQ(run(launch("", {"--no-such-option"})).code, 2);
    // Its certificate is not trusted without the house's own authority.
    EXPECT_EQ(run({.command = {client_program(), "--json", "--server", house.url()},
                   .environment = {},
                   .input = "{\"getRules\":{}}\n",
                   .log_file = {}})
                  .code,
              3);
    house.kill();
    EXPECT_EQ(run(launch("{\"getRules\":{}}\n")).code, 3);
}

TEST_F(Scripts, AProfileSignsInAgainWithItsToken) {
    const auto first = run(launch(newcomer("Ana", "member").lines, {"--profile", "ana"}));
    ASSERT_EQ(first.code, 0) << first.out << first.err;
    const auto again = run(launch("{\"getMe\":{}}\n", {"--profile", "ana", "--resume"}));
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_NE(again.out.find("\"rulesConsented\":1"), std::string::npos);
}

TEST_F(Scripts, TheTwoSubprotocolsAreOneConversation) {
    Guest ana = member_in(house, room, "Ana");
    auto options = house.options();
    options.line.json = true;
    Guest ben(options);
    ben.connect();
    ben.sign_up(house.invite());
    ben.consent();
    ben.join(room, "Ben");
    const auto question = ana.post(room, "Who is there?");
    ben.hear_text("Who is there?");
    const auto last = ben.post(room, "It is me, with \"quotes\" and \xF0\x9F\x8C\xB1.", question);
    ana.hear_up_to(room, last);
    ben.hear_up_to(room, last);
    EXPECT_EQ(ana.story(room).size(), 2u);
    EXPECT_EQ(lines(ben.story(room)), lines(ana.story(room)));
    EXPECT_EQ(lines(ben.history_backwards(room, 1)), lines(ana.history_forwards(room, 1)));
}

}  // namespace kindroom::test
