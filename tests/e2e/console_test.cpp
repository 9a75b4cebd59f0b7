// What is typed about reports, decisions and appeals: by people, and by moderators with one key at a time. Over TLS,
// each with the server's death in the middle.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/support/terminals.hpp"

namespace kindroom::test {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Console : public testing::Test {
  protected:
    void come(std::vector<std::string> members) {
        people.comes("mira", "moderator");
        people.comes("noor", "admin");
        for (const auto& who : members) people.comes(who, "member", people.say("Good evening from " + who));
    }
    // With the leave that everybody takes.
    std::string types(const std::string& who, const std::string& typed) const {
        return people.types(who, typed + "\n/quit\n");
    }
    // What stands on the screen behind these words, up to the end of its line.
    static std::string behind(const std::string& words, const std::string& screen) {
        const auto at = screen.rfind(words);
        if (at == std::string::npos) throw std::runtime_error("\"" + words + "\" is not in: " + screen);
        const auto from = at + words.size();
        return screen.substr(from, screen.find('\n', from) - from);
    }
    std::string appeal_code(const std::string& who) const {
        return behind("To object, also without signing in: /appeal ", types(who, "/decisions"));
    }

    House house;
    std::string room = house.make_room("Night lamp", {"--history-before-joining"});
    Terminals people{house, room};
};

// c g w x o b: each with the rule and what happened, where it is an act.
TEST_F(Console, AMessageIsReportedAndEachKeyOfItsCaseDoesWhatItSays) {
    come({"ben", "ana"});
    EXPECT_THAT(types("ana", "/report a\nHe says it to everybody."), HasSubstr("The moderators have your report."));
    people.kill_and_start();
    const auto first = types("mira", "/queue\n/case a\nc\ng\nw\na\nTold Ana to go.\nno\nx\na\nIt hurt Ana.\nno");
    EXPECT_THAT(first, AllOf(HasSubstr("a message by ben"), HasSubstr("It is yours for now."),
                             HasSubstr("It waits for whoever is there."), HasSubstr(") has been warned."),
                             HasSubstr(") is told why their message was taken back.")));
    people.kill_and_start();
    const auto second =
        types("mira", "/case a\no\na\nWent on.\nno\nb\n\na\nWent on after that.\nyes\nA hard one.\nThank you.");
    EXPECT_THAT(second,
                AllOf(HasSubstr(") is out of this room, and may come back."), HasSubstr(") is banned from this room."),
                      HasSubstr("Another moderator must confirm it"), HasSubstr("The case is closed")));
    EXPECT_THAT(types("mira", "/queue\n/confirm\n"),
                AllOf(HasSubstr("No case waits for you."), HasSubstr("(decided by you")));
    people.kill_and_start();
    EXPECT_THAT(types("noor", "/confirm\na"), HasSubstr("Confirmed. They are told."));
    const auto told = types("ben", "/decisions");
    EXPECT_THAT(told,
                AllOf(HasSubstr("a warning."), HasSubstr("a message of yours was taken back."),
                      HasSubstr("you were taken out of"), HasSubstr("you cannot be in"), HasSubstr("It hurt Ana.")));
    EXPECT_THAT(told, AllOf(HasSubstr("somebody who looks after this house, after a report"),
                            Not(HasSubstr("must confirm it"))));
    EXPECT_THAT(types("ana", "/reports\n/older"),
                AllOf(HasSubstr("something was done about it"), HasSubstr("Thank you."), Not(HasSubstr("from ben"))));
}

// d and u: what was reported is dismissed, and that stands.
TEST_F(Console, ADismissedReportIsObjectedToWithItsReceiptAndAnotherOneUpholdsIt) {
    come({"ben", "ana"});
    const auto receipt = behind("Receipt, to ask what became of it: ", types("ana", "/report ben\nHe is not kind."));
    EXPECT_THAT(types("mira", "/case a\nd\n\nWe saw nothing."), HasSubstr("The case is closed"));
    people.kill_and_start();
    EXPECT_THAT(types("ana", "/reports " + receipt),
                AllOf(HasSubstr("nothing was to be done"), HasSubstr("We saw nothing.")));
    EXPECT_THAT(types("ana", "/appeal " + receipt + "\nLook again."), HasSubstr("it is not decided yet"));
    people.kill_and_start();
    EXPECT_THAT(types("mira", "/queue"), HasSubstr("No case waits for you.")) << "whoever decided is kept out of it";
    EXPECT_THAT(
        types("noor", "/case a\ns\nu\n\nWe looked twice."),
        AllOf(HasSubstr("an appeal of a dismissed report"), HasSubstr("Look again."), HasSubstr("The case is closed")));
    people.kill_and_start();
    EXPECT_THAT(types("ana", "/appeal " + receipt), AllOf(HasSubstr("it stands"), HasSubstr("We looked twice.")));
}

// v, from somebody who has no session and cannot have one here.
TEST_F(Console, X6WhoeverIsBannedFromTheHouseObjectsWithoutASessionAndIsBackWhenItWasWrong) {
    come({"ben"});
    types("mira", "/ban ben server\na\nWrote to everybody.");
    people.kill_and_start();
    const std::string signs_in = std::string("/signin\n\n") + good_passphrase + "\n";
    const auto banned = types("ben", signs_in + "/decisions");
    EXPECT_THAT(banned, AllOf(HasSubstr("This device is signed out."), HasSubstr("this account cannot be used")));
    const auto code = behind("To object, also without signing in: /appeal ", banned);
    EXPECT_THAT(types("stranger", "/appeal " + code + "\nThat was not me."), HasSubstr("it is not decided yet"));
    people.kill_and_start();
    EXPECT_THAT(
        types("noor", "/case a\ns\nv\n\nSorry, it was not you."),
        AllOf(HasSubstr("Wrote to everybody."), HasSubstr("That was not me."), HasSubstr("The case is closed")));
    EXPECT_THAT(types("stranger", "/appeal " + code),
                AllOf(HasSubstr("it was wrong, and is undone"), HasSubstr("Sorry, it was not you.")));
    people.kill_and_start();
    Guest host = member_in(house, room, "Host");
    EXPECT_THAT(types("ben", "Here I am again.\n/decisions"), HasSubstr("It was wrong and has been undone."));
    host.hear_text("Here I am again.");
}

TEST_F(Console, AnAppealOfAShortSanctionIsLookedAtBeforeOneThatCanWait) {
    come({"ben", "cleo"});
    types("mira", "/ban cleo\na\nWent too far.\n/timeout ben 1h\na\nWent far.");
    types("cleo", "/appeal " + appeal_code("cleo") + "\nI did not.");
    types("ben", "/appeal " + appeal_code("ben") + "\nIt would be over before you look.");
    people.kill_and_start();
    const auto queue = types("noor", "/queue");
    EXPECT_THAT(queue, AllOf(HasSubstr("a   an appeal by ben"), HasSubstr("b   an appeal by cleo")));
}

}  // namespace

}  // namespace kindroom::test
