#include <gtest/gtest.h>

#include "cli/screen.hpp"

namespace kindroom::cli {
namespace {

const Screen plain({false, 80});

v1::Person person(const std::string& name) {
    v1::Person person;
    person.set_name(name);
    person.set_sign("quiet fox");
    return person;
}

v1::CircleView turns(v1::CirclePlace place) {
    v1::CircleView circle;
    circle.set_phase(v1::CIRCLE_PHASE_TURNS);
    circle.set_place(place);
    *circle.mutable_floor() = person("Ana");
    circle.set_soft_end_ms(1'795'500'800'000);
    circle.set_hard_end_ms(1'795'500'860'000);
    return circle;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(ScreenCircle, WhileItGathersItSaysHowToSignUpAndThatOneHas) {
    v1::CircleView circle;
    circle.set_phase(v1::CIRCLE_PHASE_GATHERING);
    circle.set_place(v1::CIRCLE_PLACE_LISTENING);
    EXPECT_TRUE(holds(plain.circle(circle, 0), "/hand signs you up"));
    circle.set_place(v1::CIRCLE_PLACE_SIGNED_UP);
    EXPECT_TRUE(holds(plain.circle(circle, 0), "you have signed up"));
}

TEST(ScreenCircle, ItSaysWhoseTurnItIsAndOnesOwnPlaceInWordsAlone) {
    EXPECT_TRUE(holds(plain.circle(turns(v1::CIRCLE_PLACE_WAITING), 0), "Ana (quiet fox) has the floor"));
    EXPECT_TRUE(holds(plain.circle(turns(v1::CIRCLE_PLACE_WAITING), 0), "Your hand is raised."));
    EXPECT_TRUE(holds(plain.circle(turns(v1::CIRCLE_PLACE_NEXT), 0), "Yours is the next turn."));
    EXPECT_TRUE(holds(plain.circle(turns(v1::CIRCLE_PLACE_FLOOR), 0), "It is your turn"));
    EXPECT_TRUE(holds(plain.circle(turns(v1::CIRCLE_PLACE_FLOOR), 0), "/pass"));
}

TEST(ScreenCircle, WithoutAHolderNobodySpeaks) {
    auto circle = turns(v1::CIRCLE_PLACE_LISTENING);
    circle.clear_floor();
    EXPECT_TRUE(holds(plain.circle(circle, 0), "Nobody speaks just now."));
}

TEST(ScreenCircle, ItNamesThoseWhoWereNotHeardIfItIsTold) {
    auto circle = turns(v1::CIRCLE_PLACE_LISTENING);
    EXPECT_FALSE(holds(plain.circle(circle, 0), "Not heard"));
    *circle.add_unheard() = person("Ben");
    *circle.add_unheard() = person("Cleo");
    EXPECT_TRUE(holds(plain.circle(circle, 0), "Not heard yet: Ben (quiet fox), Cleo (quiet fox)."));
}

TEST(ScreenCircle, AnUnsignedShareHasNoName) {
    v1::Message message;
    message.mutable_author()->set_voice(v1::VOICE_UNSIGNED);
    message.set_text("what I could not say");
    EXPECT_EQ(plain.message(message, {"c", "", "", false}), "c   |  Unsigned: what I could not say");
}

}  // namespace
}  // namespace kindroom::cli
