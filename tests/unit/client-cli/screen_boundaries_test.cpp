#include <gtest/gtest.h>

#include "cli/screen.hpp"

namespace kindroom::cli {
namespace {

const Screen plain({false, 80});
const auto porch = [](const std::string&) { return std::string("Porch"); };

void make(v1::Person& person, const std::string& name) {
    person.set_name(name);
    person.set_sign("quiet fox");
}

v1::Message held_back_message() {
    v1::Message message;
    make(*message.mutable_author(), "Ana");
    message.set_text("the words themselves");
    message.add_labels("grief");
    message.set_withheld(true);
    return message;
}

TEST(Screen, HeldBackWordsAreNotShownEvenIfTheyCame) {
    EXPECT_EQ(plain.message(held_back_message(), {"c", "", "", false}),
              "c   |  Ana (quiet fox): (words about grief; /show c)");
    v1::MessageEdited edited;
    edited.set_text("the words themselves");
    edited.set_withheld(true);
    EXPECT_EQ(plain.edited("c", edited), "c   |  (now reads) (words; /show c)");
}

TEST(Screen, WhoIsMentionedSeesIt) {
    auto message = held_back_message();
    message.set_withheld(false);
    Screen::Spoken how{"c", "", "", false};
    how.names_me = true;
    EXPECT_EQ(plain.message(message, how), "c   |  Ana (quiet fox), to you: the words themselves");
}

TEST(Screen, OwnBoundariesAreListedWithoutNumbers) {
    v1::Boundaries mine;
    make(*mine.add_blocks()->mutable_person(), "Ana\033[2J");
    mine.mutable_blocks(0)->set_room_id("porch");
    make(*mine.add_mutes()->mutable_person(), "Ben");
    mine.add_mutes()->mutable_words()->add_word("wine");
    mine.mutable_mutes(1)->mutable_words()->add_word("beer");
    mine.mutable_mutes(1)->set_room_id("porch");
    mine.add_mutes()->set_label("grief");
    mine.mutable_mutes(2)->set_ends_at_ms(1'795'813'392'000);
    mine.add_labels()->set_label("loss");
    mine.mutable_labels(0)->set_choice(v1::LABEL_CHOICE_SHOW);
    mine.add_away()->set_room_id("porch");
    EXPECT_EQ(plain.boundaries(mine, porch),
              "Away (/back ends it)\n"
              "  from Porch, until you say /back\n"
              "Blocked (/unblock ends one)\n"
              "  Ana (quiet fox), from Porch\n"
              "Muted (/unmute ends one)\n"
              "  Ben (quiet fox), everywhere, until you end it\n"
              "  what says \"wine\", \"beer\", in Porch, until you end it\n"
              "  words about grief, everywhere, until " +
                  when(1'795'813'392'000, 0) +
                  "\n"
              "Labels (/label changes one)\n"
              "  loss: shown at once\n"
              "-- Nobody else can see this, moderators included.");
    EXPECT_NE(plain.boundaries({}, porch).find("You have set no boundaries."), std::string::npos);
}

TEST(Screen, OneOfSeveralIsChosenByALetter) {
    v1::Boundaries mine;
    make(*mine.add_blocks()->mutable_person(), "Ana");
    make(*mine.add_blocks()->mutable_person(), "Ben");
    EXPECT_EQ(plain.blocks(mine, porch), "Those you blocked\n  a   Ana (quiet fox)\n  b   Ben (quiet fox)");
    EXPECT_EQ(plain.choice({mine.blocks(0).person(), mine.blocks(1).person()}),
              "That can be:\n  a   Ana (quiet fox)\n  b   Ben (quiet fox)");
}

TEST(Screen, AContactThatRestsSaysNoMore) {
    v1::Contacts people;
    people.set_open(true);
    make(*people.add_contacts()->mutable_person(), "Ana");
    people.mutable_contacts(0)->set_resting(true);
    const auto mark = [](const std::string&) { return std::string("d"); };
    EXPECT_EQ(plain.contacts(people, porch, mark),
              "Your contacts (/talk and a letter or name goes to one)\n  d   Ana (quiet fox)  (rests)");
    v1::Contacts closed;
    EXPECT_NE(plain.contacts(closed, porch, mark).find("switched off"), std::string::npos);
}

TEST(Screen, WhoSteppedAwayIsToldTheWayBackIfThereIsOne) {
    v1::Error error;
    error.set_code(v1::ERROR_CODE_STEPPED_AWAY);
    EXPECT_NE(plain.refusal(error, 0).find("/back"), std::string::npos);
    error.set_retry_at_ms(5'000);
    EXPECT_EQ(plain.refusal(error, 0).find("/back"), std::string::npos);
    EXPECT_NE(plain.refusal(error, 0).find("in 5 seconds"), std::string::npos);
}

TEST(Screen, ARestingContactGivesNoCause) {
    v1::Error error;
    error.set_code(v1::ERROR_CODE_CONNECTION_RESTING);
    EXPECT_EQ(plain.refusal(error, 0), "This contact rests.");
}

}  // namespace
}  // namespace kindroom::cli
