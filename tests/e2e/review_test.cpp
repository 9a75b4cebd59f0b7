// Three people write scripts for `kindroom --json` over TLS: a message waits, the house dies and comes back, a
// moderator looks at it; a cry for help is answered.
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
    if (!google::protobuf::util::MessageToJsonString(asked, &out).ok()) throw std::runtime_error("cannot be written");
    return out + "\n";
}

std::vector<v1::Event> events_in(const std::string& printed) {
    std::vector<v1::Event> all;
    std::istringstream in(printed);
    for (std::string line; std::getline(in, line);) {
        v1::Event event;
        if (google::protobuf::util::JsonStringToMessage(line, &event).ok()) all.push_back(event);
    }
    return all;
}

class Waiting : public testing::Test {
  protected:
    Launch launch(const std::string& lines, const std::string& url) const {
        return {.command = {client_program(), "--json", "--server", url, "--ca", house.authority_file(), "--home",
                            house.file("people"), "--reconnect"},
                .environment = {},
                .input = lines,
                .log_file = {}};
    }
    std::string newcomer(const std::string& name) {
        v1::Request made;
        made.mutable_create_account()->set_invite_code(house.invite("member"));
        made.mutable_create_account()->set_passphrase(good_passphrase);
        v1::Request joined;
        joined.mutable_join_room()->set_room_id(room);
        joined.mutable_join_room()->set_name(name);
        return as_json(made) + as_json(request(R"({"consentToRules":{"version":1}})")) + as_json(joined);
    }

    House house;
    std::string room = house.make_room("Evening porch", {"--history-before-joining"});
};

TEST_F(Waiting, AMessageWaitsThroughTheServersDeathAndAModeratorLetsItThrough) {
    Guest mira(house.options());
    mira.connect();
    mira.sign_up(house.invite("moderator"));
    mira.consent();
    mira.join(room, "Mira");
    v1::Request duty;
    duty.mutable_go_on_duty()->set_room_id(room);
    ASSERT_TRUE(mira.ask(duty).has_on_duty());

    Relay relay(house.port());
    v1::Request list;
    list.mutable_list_held()->set_room_id(room);
    const std::string ana_says = newcomer("Ana") + as_json(posting(room, "call me: 0171 2345678")) +
                                 as_json(posting(room, "are you there?")) + await_event("posted", "welcome back") +
                                 as_json(list) + as_json(posting(room, "I am here")) + await_event("posted", "0171") +
                                 as_json(posting(room, "I want to die")) + await_event("helpOffered");
    Program ana(launch(ana_says, relay.url()));
    mira.hear([](const auto& event) { return event.held_waiting().held().hold().filter_id() == "phone-numbers"; },
              "that something waits");
    mira.hear_text("are you there?");
    house.kill();
    relay.cut();
    house.start();
    relay.lead_to(house.port());
    mira.connect(house);
    mira.resume_session();
    mira.resume_room(room);
    ASSERT_TRUE(mira.ask(duty).has_on_duty());
    mira.post(room, "welcome back");
    mira.hear_text("I am here");
    v1::Request review;
    review.mutable_list_held_for_review()->set_room_id(room);
    const auto waiting = mira.ask(review).held_for_review();
    ASSERT_EQ(waiting.held_size(), 1);
    EXPECT_EQ(waiting.held(0).text(), "call me: 0171 2345678");
    v1::Request release;
    release.mutable_release_held()->set_room_id(room);
    release.mutable_release_held()->set_message_id(waiting.held(0).message_id());
    ASSERT_TRUE(mira.ask(release).has_done());
    mira.hear([](const auto& event) { return event.has_moderator_needed(); }, "that somebody may need a moderator");

    EXPECT_EQ(ana.wait_ended(patience), 0) << ana.err();
    int held = 0;
    int offered = 0;
    for (const auto& event : events_in(ana.out())) {
        held += event.reply().message_accepted().held().filter_id() == "phone-numbers";
        held += event.reply().held_messages().held_size();
        offered += event.help_offered().filter().filter_id() == "help-en";
    }
    EXPECT_EQ(held, 2) << "told at once, and again after the restart\n" << ana.out();
    EXPECT_EQ(offered, 1);
}

TEST_F(Waiting, AnOperatorTriesFiltersOnLinesOfTheirOwn) {
    write_file(house.file("lines.txt"), "hello\nsee https://example.org\nI want to die\n");
    const Ran ran = run({.command = {server_program(), "filters", "try", house.file("lines.txt"), "--config",
                                     house.file("kindroomd.toml")},
                         .environment = {},
                         .input = {},
                         .log_file = {}});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("line 2: links: hold"), ran.out.npos) << ran.out;
    EXPECT_NE(ran.out.find("line 3: help-en: help card (en), call a moderator"), ran.out.npos) << ran.out;
    EXPECT_EQ(ran.out.find("example"), ran.out.npos) << "never the words";
}

TEST_F(Waiting, FiltersThatPunishAreRefusedAtReloadAndTheOldOnesStay) {
    const std::string old = read_file(house.file("house/filters.toml"));
    write_file(house.file("house/filters.toml"),
               "[[help]]\nid = \"help\"\nlanguage = \"en\"\nwords = [\"want to die\"]\nactions = [\"ban\"]\n");
    EXPECT_EQ(house.reload(), House::Reloaded::refused);
    EXPECT_NE(house.log().find("No filter can do anything to a person"), std::string::npos);
    write_file(house.file("house/filters.toml"), old);
    EXPECT_EQ(house.reload(), House::Reloaded::done);
}

}  // namespace
}  // namespace kindroom::test
