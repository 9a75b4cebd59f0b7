// Whom somebody means who types a letter or a name, where there are several, or nobody has spoken yet.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <sstream>

#include "e2e/support/terminals.hpp"

namespace kindroom::test {

namespace {

class Naming : public testing::Test {
  protected:
    // Comes for the first time; Ida offers to be their contact, and Bea has spoken.
    void ana_has_an_offer() {
        std::istringstream lines(people.comes("Ana").out);
        std::string token;
        for (std::string line; std::getline(lines, line);) {
            v1::Event event;
            if (google::protobuf::util::JsonStringToMessage(line, &event).ok() && event.reply().has_room_joined())
                token = event.reply().room_joined().you().token();
        }
        bea.post(room, "words of Bea");
        v1::Request offer;
        offer.mutable_offer_contact()->mutable_person()->set_room_id(room);
        offer.mutable_offer_contact()->mutable_person()->set_token(token);
        EXPECT_TRUE(ida.get(offer).has_offer_made());
    }

    House house;
    std::string room = house.make_room("Night lamp");
    Terminals people{house, room};
    Guest bea = member_in(house, room, "Bea");
    Guest ida = member_in(house, room, "Ida");
};

}  // namespace

TEST_F(Naming, ALetterThatAMessageAndAnOfferHaveIsAskedAbout) {
    ana_has_an_offer();
    const auto screen = people.types("Ana", "/contacts\n/block a\nb\n");
    EXPECT_NE(screen.find("Which one?"), std::string::npos) << screen;
    EXPECT_NE(screen.find("You will not see or hear Ida"), std::string::npos) << screen;
}

TEST_F(Naming, AContactIsTalkedToByName) {
    ana_has_an_offer();
    const auto screen = people.types("Ana", "/contacts\n/accept a\n/talk ida\n/leave\n");
    EXPECT_NE(screen.find("This room is there as long as the contact is"), std::string::npos) << screen;
}

TEST_F(Naming, AContactWhoHasNotSpokenInTheRoomOfTheTwoIsCalledByName) {
    ana_has_an_offer();
    const auto screen = people.types("Ana", "/contacts\n/accept a\n/talk b\n/block Ida\n");
    EXPECT_NE(screen.find("You will not see or hear Ida"), std::string::npos) << screen;
}

}  // namespace kindroom::test
