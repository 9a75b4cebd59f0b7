// A circle over TLS: two people, and what their moderator decides, by the command `kindroom --json`, and the server's
// death in the middle of a turn.
#include <algorithm>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <memory>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

namespace {

// What somebody writes from beginning to end.
struct Lines {
    std::string written;

    Lines& say(const v1::Request& asked) {
        std::string line;
        if (!google::protobuf::util::MessageToJsonString(asked, &line).ok())
            throw std::runtime_error("a request that cannot be written");
        written += line + "\n";
        return *this;
    }
    Lines& await(const std::string& text) {
        written += await_event("posted", text);
        return *this;
    }
    Lines& await_circle() {
        written += await_event("circleChanged");
        return *this;
    }
};

class Circle : public testing::Test {
  protected:
    Circle() {
        mira.connect();
        mira.sign_up(house.invite("moderator"));
        mira.consent();
        v1::Request create;
        create.mutable_create_room()->mutable_settings()->set_topic("In turns");
        create.mutable_create_room()->mutable_settings()->set_kind(v1::ROOM_KIND_CIRCLE);
        room = mira.get(create).room_card().room().room_id();
        mira.join(room, "Mira");
        go_on_duty();
    }
    void go_on_duty() {
        v1::Request duty;
        duty.mutable_go_on_duty()->set_room_id(room);
        mira.get(duty);
    }
    void lead(const std::string& words) {
        auto voice = posting(room, words);
        voice.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
        mira.get(voice);
    }
    template <class Set>
    v1::Request in_room(Set set) const {
        v1::Request asked;
        set(asked).set_room_id(room);
        return asked;
    }
    v1::Request sign_up() const {
        return in_room([](auto& asked) -> auto& { return *asked.mutable_sign_up(); });
    }
    v1::Request hand() const {
        return in_room([](auto& asked) -> auto& { return *asked.mutable_raise_hand(); });
    }
    v1::Request pass() const {
        return in_room([](auto& asked) -> auto& { return *asked.mutable_pass_turn(); });
    }
    v1::Request next() const {
        return in_room([](auto& asked) -> auto& { return *asked.mutable_next_turn(); });
    }
    v1::Request draw() const {
        return in_room([](auto& asked) -> auto& { return *asked.mutable_draw_seats(); });
    }
    v1::Request close() const {
        return in_room([](auto& asked) -> auto& { return *asked.mutable_close_circle(); });
    }
    v1::CircleView circle() {
        return mira.get(in_room([](auto& asked) -> auto& { return *asked.mutable_get_circle(); }))
            .circle_shown()
            .circle();
    }
    Lines newcomer(const std::string& name) {
        Lines lines;
        v1::Request asked;
        asked.mutable_create_account()->set_invite_code(house.invite("member"));
        asked.mutable_create_account()->set_passphrase(good_passphrase);
        lines.say(asked).say(request(R"({"consentToRules":{"version":1}})"));
        asked.mutable_join_room()->set_room_id(room);
        asked.mutable_join_room()->set_name(name);
        return lines.say(asked).say(sign_up()).say(posting(room, name + " has signed up"));
    }
    // What the moderator says by the command, on another device than the one on which she looks.
    void leads(const v1::Request& asked) {
        Lines lines;
        lines.say(signing_in(mira.login_id(), good_passphrase)).say(asked);
        const auto ran = run({.command = {client_program(), "--json", "--server", house.url(), "--ca",
                                          house.authority_file(), "--home", house.file("people")},
                              .environment = {},
                              .input = lines.written,
                              .log_file = {}});
        EXPECT_EQ(ran.out.find("\"error\""), std::string::npos) << ran.out;
        EXPECT_NE(ran.out.find("\"done\""), std::string::npos) << ran.out << ran.err;
    }
    // Whoever is first.
    void hear_sign_up(const std::string& name) {
        const std::string words = name + " has signed up";
        const auto is_it = [&](const auto& event) { return event.room_event().posted().message().text() == words; };
        if (std::none_of(mira.heard().begin(), mira.heard().end(), is_it)) mira.hear(is_it, "a sign-up");
    }
    std::unique_ptr<Program> person(const Lines& lines, const Relay& relay) const {
        return std::make_unique<Program>(
            Launch{.command = {client_program(), "--json", "--reconnect", "--server", relay.url(), "--ca",
                               house.authority_file(), "--home", house.file("people")},
                   .environment = {},
                   .input = lines.written,
                   .log_file = {}});
    }

    // No blanks: both are drawn.
    House house{{{"limits.blank_tickets_per_cent", "0"}}};
    Guest mira{house.options()};
    std::string room;
};

}  // namespace

TEST_F(Circle, TwoPeopleTakeTurnsThroughTheServersDeath) {
    Lines ana = newcomer("Ana").await("Raise your hands").say(hand()).say(posting(room, "Ana's first words"));
    ana.await("Welcome back").say(posting(room, "Ana's last words")).say(pass()).await("Ben's words");
    Lines ben = newcomer("Ben").await("Ana's first words").say(hand()).await("Ana's last words").await_circle();
    ben.say(posting(room, "Ben's words")).await("Thank you");
    Relay relay(house.port());
    std::vector<std::unique_ptr<Program>> people;
    people.push_back(person(ana, relay));
    people.push_back(person(ben, relay));
    hear_sign_up("Ana");
    hear_sign_up("Ben");

    leads(draw());
    EXPECT_EQ(circle().phase(), v1::CIRCLE_PHASE_CHECK_IN);
    EXPECT_EQ(mira.refusal(posting(room, "out of turn")), v1::ERROR_CODE_FLOOR_TAKEN);
    for (int i = 0; i < 2; ++i) leads(next());
    EXPECT_EQ(circle().phase(), v1::CIRCLE_PHASE_TURNS);
    lead("Raise your hands");
    mira.hear_text("Ana's first words");

    house.kill();
    relay.cut();
    house.start();
    relay.lead_to(house.port());
    mira.connect(house);
    mira.resume_session();
    mira.resume_room(room);
    go_on_duty();
    EXPECT_EQ(circle().phase(), v1::CIRCLE_PHASE_TURNS);
    EXPECT_EQ(circle().floor().name(), "Ana");
    lead("Welcome back");
    mira.hear_text("Ben's words");
    for (int i = 0; i < 2; ++i) leads(close());
    EXPECT_EQ(circle().phase(), v1::CIRCLE_PHASE_GATHERING);
    lead("Thank you");
    for (const auto& one : people) EXPECT_EQ(one->wait_ended(patience), 0) << one->out() << one->err();
}

}  // namespace kindroom::test
