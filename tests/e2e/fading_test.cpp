// What ends by itself, to be seen from outside, over TLS: a knock that nobody answers, and a turn in a circle.
#include <gtest/gtest.h>

#include "e2e/support/terminals.hpp"

namespace kindroom::test {

namespace {

std::int64_t now_ms() {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

class Fading : public testing::Test {
  protected:
    template <class Set>
    v1::Request in_room(Set set) const {
        v1::Request asked;
        set(asked).set_room_id(room);
        return asked;
    }
    Guest signed_up(const std::string& role) {
        Guest guest(house.options());
        guest.connect();
        guest.sign_up(house.invite(role));
        guest.consent();
        return guest;
    }
    void go_on_duty(Guest& host) const {
        host.get(in_room([](auto& asked) -> auto& { return *asked.mutable_go_on_duty(); }));
    }
    void come_back(Guest& guest) const {
        guest.connect(house);
        guest.resume_session();
        guest.resume_room(room);
    }

    // No blanks: all are drawn.
    House house{Settings{{"limits.knock_fades", "1s"},
                         {"limits.blank_tickets_per_cent", "0"},
                         {"limits.short_turn_soft", "1s"},
                         {"limits.short_turn_hard", "2s"}}};
    std::string room = house.make_room("Night lamp", {"--join", "knock"});
    Terminals people{house, room};
};

TEST_F(Fading, AKnockThatNobodyAnswersIsGoneWhenItsTimeIsOverAndCanBeMadeAgain) {
    Guest host = signed_up("moderator");
    host.join(room, "Host");
    go_on_duty(host);
    Guest ben = signed_up("member");
    const auto knock = in_room([](auto& asked) -> auto& { return *asked.mutable_knock(); });
    const auto list = in_room([](auto& asked) -> auto& { return *asked.mutable_list_knocks(); });
    v1::Request join;
    join.mutable_join_room()->set_room_id(room);
    join.mutable_join_room()->set_name("Ben");

    for (const bool after_death : {false, true}) {
        if (after_death) {
            people.kill_and_start();
            come_back(host);
            go_on_duty(host);
            ben.connect(house);
            ben.resume_session();
        }
        const auto fades_at = ben.get(knock).knocked().fades_at_ms();
        host.hear(v1::Event::kKnockHeard);
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (host.get(list).knocks().people_size() > 0) ASSERT_LT(std::chrono::steady_clock::now(), deadline);
        EXPECT_GE(now_ms(), fades_at);
        EXPECT_EQ(ben.refusal(join), v1::ERROR_CODE_ROOM_UNAVAILABLE);
        ben.listen();
    }
    EXPECT_TRUE(ben.heard().empty()) << "there is no rejection";
}

// Short turns, as in the check-in, take one second and two; the others one minute and two.
TEST_F(Fading, ATurnTellsAllWhenItShouldEndAndGoesOnByItselfAlsoAfterTheServersDeath) {
    Guest host = signed_up("moderator");
    v1::Request create;
    auto& settings = *create.mutable_create_room()->mutable_settings();
    settings.set_topic("In turns");
    settings.set_kind(v1::ROOM_KIND_CIRCLE);
    settings.set_turn_soft_ms(60'000);
    settings.set_turn_hard_ms(120'000);
    room = host.get(create).room_card().room().room_id();
    host.join(room, "Host");
    go_on_duty(host);
    Guest ana = member_in(house, room, "Ana");
    Guest ben = member_in(house, room, "Ben");
    for (Guest* guest : {&ana, &ben})
        guest->get(in_room([](auto& asked) -> auto& { return *asked.mutable_sign_up(); }));

    const auto begun = now_ms();
    host.get(in_room([](auto& asked) -> auto& { return *asked.mutable_draw_seats(); }));
    host.hear([](const auto& event) { return event.circle_changed().circle().phase() == v1::CIRCLE_PHASE_TURNS; },
              "the turns");
    EXPECT_GE(now_ms(), begun + 4'000) << "nobody is cut off before";
    int short_turns = 0;
    for (const auto& event : host.heard()) {
        const auto& circle = event.circle_changed().circle();
        if (!circle.has_floor()) continue;
        short_turns += 1;
        EXPECT_EQ(circle.hard_end_ms() - circle.soft_end_ms(), 1'000);
    }
    EXPECT_GE(short_turns, 2);

    ana.get(in_room([](auto& asked) -> auto& { return *asked.mutable_raise_hand(); }));
    const auto turn_of = [](Guest& guest, const std::string& name, v1::CirclePhase phase) {
        return guest
            .hear(
                [&](const auto& event) {
                    const auto& circle = event.circle_changed().circle();
                    return circle.phase() == phase && circle.floor().name() == name;
                },
                "a turn")
            .circle_changed()
            .circle();
    };
    const auto before = turn_of(ben, "Ana", v1::CIRCLE_PHASE_TURNS);
    EXPECT_EQ(before.hard_end_ms() - before.soft_end_ms(), 60'000);
    people.kill_and_start();
    for (Guest* guest : {&ben, &ana}) come_back(*guest);
    const auto after = turn_of(ben, "Ana", v1::CIRCLE_PHASE_TURNS);
    EXPECT_EQ(after.hard_end_ms() - after.soft_end_ms(), 60'000);
    EXPECT_GT(after.soft_end_ms(), before.soft_end_ms()) << "the turn that was interrupted begins anew";
    EXPECT_EQ(turn_of(ana, "Ana", v1::CIRCLE_PHASE_TURNS).soft_end_ms(), after.soft_end_ms());
}

}  // namespace

}  // namespace kindroom::test
