// The client as a person meets it: typed lines in, what stands on the screen out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/support/guest.hpp"

namespace kindroom::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Cli : public testing::Test {
  protected:
    // Everything that the client shows for these lines; a missing /quit is the end of the input.
    std::string shown(const std::string& typed, std::vector<std::string> options = {}) const {
        std::vector<std::string> command{client_program(),       "--server", house.url(),      "--ca",
                                         house.authority_file(), "--home",   home.file("home")};
        command.insert(command.end(), options.begin(), options.end());
        return run({.command = command, .environment = {}, .input = typed, .log_file = {}}).out;
    }
    // Makes an account, agrees to the rules and goes into the room.
    std::string coming_in() {
        return "no\n" + house.invite() + "\n" + good_passphrase + "\n" + good_passphrase + "\n\nyes\n";
    }

    TemporaryFolder home;
    House house;
    // So that somebody is found by what they said, too, before the list of those who are there has come.
    std::string room = house.make_room("Porch", {"--history-before-joining"});
};

TEST_F(Cli, X6HelpAndTheWayOutAreOpenInTheMiddleOfAQuestion) {
    write_file(house.file("help.toml"), "introduction = \"You can call somebody.\"\n");
    house.set("house.help_file", house.file("help.toml"));
    house.stop();
    house.start();
    const auto screen = shown("/help\n/HELP\n/quit\n");
    const auto first = screen.find("You can call somebody.");
    ASSERT_NE(first, std::string::npos) << screen;
    const auto second = screen.find("You can call somebody.", first + 1);
    ASSERT_NE(second, std::string::npos) << screen;
    EXPECT_NE(screen.find("Do you have an account", second), std::string::npos) << "the question comes again";
    EXPECT_THAT(screen, Not(HasSubstr("Invite code")));
}

TEST_F(Cli, AMuteEndsByTheNameOfThePerson) {
    Guest ben = member_in(house, room, "Ben");
    ben.post(room, "Good evening.");
    const auto screen = shown(coming_in() + "/mute Ben\n/boundaries\n/unmute Ben\n/boundaries\n/quit\n",
                              {"--room", "Porch", "--name", "Ana"});
    EXPECT_THAT(screen, HasSubstr("until you end it"));
    EXPECT_THAT(screen, HasSubstr("reaches you again"));
    EXPECT_THAT(screen, HasSubstr("You have set no boundaries."));
    EXPECT_THAT(screen, Not(HasSubstr("Which one?")));
}

TEST_F(Cli, AtAnotherHouseNobodyIsToldThatTheirAccountIsGoneNorLosesTheWayBack) {
    shown(coming_in() + "/quit\n");
    House other;
    const auto at = [&](const House& there, const std::string& typed, std::vector<std::string> options) {
        std::vector<std::string> command{client_program(), "--home", home.file("home"), "--ca", there.authority_file()};
        command.insert(command.end(), options.begin(), options.end());
        return run({.command = command, .environment = {}, .input = typed, .log_file = {}}).out;
    };
    const auto first =
        at(other, "no\n" + other.invite() + "\n" + good_passphrase + "\n" + good_passphrase + "\n\nyes\n/quit\n",
           {"--server", other.url()});
    EXPECT_THAT(first, AllOf(HasSubstr("You have no account at " + other.url()), HasSubstr(house.url())));
    EXPECT_THAT(first, HasSubstr("write these down now"));
    const auto again = at(other, "/sessions\n/quit\n", {"--server", other.url()});
    EXPECT_THAT(again, AllOf(HasSubstr("(this one)"), Not(HasSubstr("You have no account"))));
    const auto back = at(house, "/sessions\n/quit\n", {});
    EXPECT_THAT(back, AllOf(HasSubstr("(this one)"), Not(HasSubstr("You have no account"))));
}

TEST_F(Cli, TheFirstAdminIsToldACommandThatLeadsIntoTheHouse) {
    const auto told = house.command({"first-admin"});
    const std::string begins = "  kindroom --server wss://YOUR-HOUSE:" + house.port() + " --pin ";
    const auto at = told.out.find(begins);
    ASSERT_NE(at, std::string::npos) << told.out << told.err;
    const auto pin = told.out.substr(at + begins.size(), 95);
    const auto inside =
        run({.command = {client_program(), "--home", home.file("home"), "--server", house.url(), "--pin", pin},
             .environment = {},
             .input = "no\n" + told.out.substr(0, told.out.find('\n')) + "\n" + good_passphrase + "\n" +
                      good_passphrase + "\n\nyes\n/quit\n",
             .log_file = {}});
    EXPECT_THAT(inside.out, HasSubstr("write these down now"));
}

TEST_F(Cli, InNoRoomNobodyCanBeNamed) {
    const auto screen = shown(coming_in() + "/timeout Ben 2h\n/quit\n");
    EXPECT_THAT(screen, HasSubstr("You are in no room, so nobody can be named here."));
    EXPECT_THAT(screen, Not(HasSubstr("Nobody here is called")));
}

// The client died on the last question, and what had been answered was lost.
TEST_F(Cli, AModeratorIsAskedForEachSettingOfARoomAndThenItIsSo) {
    const auto screen = shown("no\n" + house.invite("moderator") + "\n" + good_passphrase + "\n" + good_passphrase +
                                  "\n\nyes\n/room change\nGate\n\n\n\n\n\n\n\n\n/invite 0\n/invite 2\n/quit\n",
                              {"--room", "Porch", "--name", "Mira"});
    EXPECT_THAT(screen, HasSubstr("Seconds that somebody listens first"));
    EXPECT_THAT(screen, HasSubstr("\nGate\n"));
    EXPECT_THAT(screen, HasSubstr("/invite and for how many"));
    EXPECT_THAT(screen, HasSubstr("2 people come into "));
    EXPECT_THAT(house.command({"room", "list"}).out, HasSubstr("Gate"));
}

TEST_F(Cli, WhatIsOnlyForACircleSaysSoElsewhere) {
    const auto screen = shown(coming_in() + "/hand\n/quit\n", {"--room", "Porch", "--name", "Ana"});
    EXPECT_THAT(screen, HasSubstr("This room is no circle"));
    EXPECT_THAT(screen, Not(HasSubstr("not yours to do")));
}

// What comes behind a slip was meant for the next question, and must not be said to the room.
TEST_F(Cli, AWrongLetterIsAskedForAgain) {
    const auto screen = shown(coming_in() + "/mute word hello\n/unmute\n1\na\n/boundaries\n/quit\n",
                              {"--room", "Porch", "--name", "Ana"});
    EXPECT_THAT(screen, HasSubstr("That letter is not in the list."));
    EXPECT_THAT(screen, HasSubstr("You have set no boundaries."));
    EXPECT_THAT(screen, Not(HasSubstr("you: "))) << "nobody has said anything";
}

}  // namespace
}  // namespace kindroom::test
