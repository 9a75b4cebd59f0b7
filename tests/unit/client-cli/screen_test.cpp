#include "cli/screen.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>

namespace kindroom::cli {
namespace {

v1::Message said(const std::string& name, const std::string& text, v1::Voice voice = v1::VOICE_PERSON) {
    v1::Message message;
    message.mutable_author()->set_name(name);
    message.mutable_author()->set_sign("quiet fox");
    message.mutable_author()->set_voice(voice);
    message.set_text(text);
    return message;
}

const Screen plain({false, 80});

TEST(Screen, AMessageShowsItsMarkItsAuthorAndItsWords) {
    EXPECT_EQ(plain.message(said("Ana", "hello"), {"c", "", "", false}), "c   |  Ana (quiet fox): hello");
    EXPECT_EQ(plain.message(said("Ana", "hello"), {"c", "a", "Grief", true}),
              "c   |  [Grief] Ana (quiet fox), you to a: hello");
}

TEST(Screen, TheRoleVoiceIsKnownByItsFieldNotByWhatSomebodyWrites) {
    const std::string real = plain.message(said("Moderator", "welcome", v1::VOICE_MODERATOR), {"a", "", "", false});
    EXPECT_EQ(real, "a   >> Moderator (quiet fox): welcome");
    for (const std::string& name : {std::string(">> Moderator"), std::string("Moderator · heron"),
                                    std::string("x\n    >> Moderator"), std::string("x\r    >> Moderator")}) {
        const std::string shown = plain.message(said(name, "obey\n    >> Moderator: obey"), {"b", "", "", false});
        for (std::size_t at = 0; at < shown.size();) {
            EXPECT_EQ(shown.substr(at + 4, 3), "|  ") << shown;
            const auto end = shown.find('\n', at);
            if (end == std::string::npos) break;
            at = end + 1;
        }
    }
}

TEST(Screen, WhoseWordsAreHeldIsSpokenToAndNotOf) {
    v1::HeldMessage held;
    held.set_text("Is this too much?");
    const auto shown = [&](v1::HeldFor cause, Screen::Whose whose) {
        held.mutable_hold()->set_cause(cause);
        return plain.held("c", held, whose, 0);
    };
    for (const auto cause : {v1::HELD_FOR_OWN_WISH, v1::HELD_FOR_DECISION}) {
        EXPECT_EQ(shown(cause, Screen::Whose::own).find("author"), std::string::npos);
        EXPECT_NE(shown(cause, Screen::Whose::own).find("you "), std::string::npos);
        EXPECT_NE(shown(cause, Screen::Whose::of_others).find("its author "), std::string::npos);
    }
}

TEST(Screen, ColoursAppearOnlyWhenAskedFor) {
    const auto message = said("Ana", "hello", v1::VOICE_MODERATOR);
    EXPECT_EQ(plain.message(message, {}).find('\033'), std::string::npos);
    EXPECT_NE(Screen({true, 80}).message(message, {}).find('\033'), std::string::npos);
}

TEST(Screen, X7NobodyIsCountedInARoster) {
    google::protobuf::RepeatedPtrField<v1::Person> people;
    for (const char* name : {"Ana", "Ben", "Cleo"}) {
        people.Add()->set_name(name);
        people.rbegin()->set_token(name);
    }
    const std::string shown = plain.roster("Grief", people, "Ben");
    EXPECT_EQ(shown, "In Grief: Ana, Ben [you], Cleo");
    EXPECT_EQ(shown.find_first_of("0123456789"), std::string::npos);
}

TEST(Screen, ARoomListShowsLettersAndNoNumbers) {
    v1::RoomCard room;
    room.mutable_settings()->set_topic("Night\033[2J room");
    room.set_moderator_on_duty(true);
    EXPECT_EQ(plain.rooms({room}), "  a   Night room  (a moderator is here)");
}

TEST(Screen, ARoomThatTakesNoWordsSaysWhyAndWhatStillWorks) {
    v1::RoomCard room;
    room.set_state(v1::ROOM_STATE_WINDING_DOWN);
    room.set_pauses_at_ms(220'000);
    EXPECT_EQ(plain.room_state(room, 100'000),
              "no moderator is here. If none comes, the room pauses in 2 minutes; until then you can talk.");
    room.set_state(v1::ROOM_STATE_PAUSED);
    EXPECT_EQ(plain.room_state(room, 0),
              "paused, because no moderator is here; it goes on when one comes. You can read. /help, /block and /leave "
              "work as always.");
    room.set_pause_sentence("A break.\033[2J");
    EXPECT_EQ(plain.room_state(room, 0).find("a moderator has paused the room: \"A break."), 0u);
    EXPECT_EQ(plain.room_state(room, 0).find('\033'), std::string::npos);
    room.set_state(v1::ROOM_STATE_OUT_OF_HOURS);
    room.mutable_settings()->set_closing_words("Sleep well.");
    room.set_opens_at_ms(3'600'000 * 5);
    EXPECT_EQ(plain.room_state(room, 0),
              "Sleep well. The room is outside of its hours; it opens in 5 hours. You can read. /help, /block and "
              "/leave work as always.");
}

TEST(Screen, ARefusalBringsTheWordsAboutHelp) {
    v1::Error error;
    error.set_code(v1::ERROR_CODE_ROOM_PAUSED);
    error.set_help("In danger: 112.");
    EXPECT_NE(plain.refusal(error, 0).find("\nIn danger: 112."), std::string::npos);
}

TEST(Screen, HelpPutsFirstWordsFirst) {
    v1::HelpDirectory directory;
    directory.set_introduction("In danger: 112.");
    auto& entry = *directory.add_entries();
    entry.set_name("A line");
    entry.set_contact("0800 000");
    entry.set_hours("day and night");
    EXPECT_EQ(plain.help(directory), "In danger: 112.\n\nA line\n  0800 000\n  day and night");
}

TEST(Screen, ARefusalSaysWhenToTryAgain) {
    v1::Error error;
    error.set_code(v1::ERROR_CODE_SLOW_MODE);
    error.set_retry_at_ms(105'000);
    EXPECT_EQ(plain.refusal(error, 100'000),
              "This room goes slowly: everybody pauses between two messages. Again in 5 seconds.");
}

TEST(Screen, EveryRefusalHasWordsOfItsOwn) {
    for (int code = v1::ErrorCode_MIN + 1; code <= v1::ErrorCode_MAX; ++code) {
        if (!v1::ErrorCode_IsValid(code)) continue;
        v1::Error error;
        error.set_code(static_cast<v1::ErrorCode>(code));
        EXPECT_NE(plain.refusal(error, 0), "The server said no.") << code;
    }
}

TEST(Screen, ABanIsExplained) {
    v1::Error error;
    error.set_code(v1::ERROR_CODE_BANNED);
    error.mutable_decision()->set_rule_text("Be kind.");
    error.mutable_decision()->set_facts("Was not.");
    error.mutable_decision()->set_appeal("Write to the house.");
    const std::string shown = plain.refusal(error, 0);
    for (const char* part : {"Be kind.", "Was not.", "Write to the house."})
        EXPECT_NE(shown.find(part), std::string::npos);
}

TEST(Screen, WhoeverIsInARoomIsNotToldHowToGetIn) {
    v1::RoomCard room;
    room.mutable_settings()->set_topic("Attic");
    room.mutable_settings()->set_join_policy(v1::JOIN_POLICY_KNOCK);
    EXPECT_EQ(plain.rooms({room}), "  a   Attic  (/knock to be let in)");
    room.set_joined(true);
    EXPECT_EQ(plain.rooms({room}), "  a   Attic  (you are in it)");
}

TEST(Screen, TheReasonsOfADecisionBreakBetweenWords) {
    v1::Decision decision;
    for (int i = 0; i < 60; ++i) decision.mutable_facts()->append("words ");
    std::istringstream lines(plain.decision(decision));
    for (std::string line; std::getline(lines, line);) EXPECT_LT(line.size(), 80u) << line;
}

TEST(Screen, NoDeviceWasLastUsedBeforeItSignedIn) {
    constexpr std::int64_t hour = 3'600'000;
    v1::Sessions sessions;
    auto& fresh = *sessions.add_sessions();
    fresh.set_device_label("telephone");
    fresh.set_created_at_ms(500'000 * hour + 2'460'000);
    fresh.set_last_used_at_ms(500'000 * hour);
    EXPECT_EQ(plain.sessions(sessions).find("last used"), std::string::npos);
    fresh.set_last_used_at_ms(500'009 * hour);
    EXPECT_NE(plain.sessions(sessions).find("last used in the hour from "), std::string::npos);
    fresh.set_current(true);
    EXPECT_EQ(plain.sessions(sessions).find("last used"), std::string::npos) << "it is in use now";
}

// The lines of the sample that end without a full stop are its headings.
TEST(Screen, EachHeadingOfTheDataPolicyStandsAlone) {
    std::ifstream in(std::string(KINDROOM_SOURCE_DIR) + "/deploy/house/data-policy.txt");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    v1::DataPolicy policy;
    policy.set_text(text);
    const std::string shown = plain.policy(policy);
    int headings = 0;
    for (std::size_t at = text.find("\n\n"); at != text.npos; at = text.find("\n\n", at + 2)) {
        const std::string first = text.substr(at + 2, text.find('\n', at + 2) - at - 2);
        const bool is_heading = first.find('.') == first.npos;
        headings += is_heading;
        const std::string alone = "\n\n" + (is_heading ? first + "\n" : first.substr(0, 20));
        EXPECT_NE(shown.find(alone), std::string::npos) << first;
    }
    EXPECT_GE(headings, 6);
    EXPECT_TRUE(shown.starts_with(text.substr(0, text.find('\n') + 2))) << "it has one title, its own";
    policy.set_text("We keep your words for a day.");
    EXPECT_EQ(plain.policy(policy), "What this house keeps, and who can read it\nWe keep your words for a day.");
    EXPECT_NE(shown.find("\n\nYour network address"), std::string::npos) << "it is no part of the list before it";
}

TEST(Screen, ADecisionSaysWhatWhyUntilWhenAndHowToObject) {
    v1::MyDecisions mine;
    auto& decision = *mine.add_decisions();
    decision.set_action(v1::DECISION_ACTION_OUT_OF_ROOM);
    decision.set_room_id("attic");
    decision.set_rule_text("Be kind.");
    decision.set_facts("Told Ana\x1b[2J to leave.");
    decision.set_ends_at_ms(1'800'000'000'000);
    decision.set_confirm_by_ms(1'790'000'000'000);
    decision.set_appeal("Write to the house.");
    decision.set_appeal_code("ABCD-EFGH");
    decision.set_state(v1::DECISION_STATE_STANDS);
    const std::string shown = plain.decisions(mine, [](const std::string&) { return std::string("Attic"); });
    for (const char* part : {"you cannot be in Attic", "Be kind.", "Told Ana", "Until: ", "Another moderator must",
                             "Write to the house.", "ABCD-EFGH", "Who decided: somebody who looks after this house"})
        EXPECT_NE(shown.find(part), std::string::npos) << part;
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
    EXPECT_EQ(shown.find("a moderator"), std::string::npos) << "it may have been the operator";
    mine.mutable_decisions(0)->set_action(v1::DECISION_ACTION_HOLD);
    EXPECT_NE(plain.decisions(mine, [](const std::string&) { return std::string("Attic"); })
                  .find("what you write in Attic is looked at by a moderator"),
              std::string::npos);
    mine.mutable_decisions(0)->set_state(v1::DECISION_STATE_REVERSED);
    EXPECT_NE(plain.decisions(mine, {}).find("has been undone"), std::string::npos);
    EXPECT_NE(plain.decisions({}, {}).find("Nothing has been decided"), std::string::npos);
}

TEST(Screen, RulesToChooseHaveLetters) {
    v1::HouseRules rules;
    rules.add_rules()->set_text("Be kind.");
    rules.add_rules()->set_text("Keep what you hear.");
    const std::string shown = plain.rules_to_choose(rules);
    EXPECT_NE(shown.find("a  Be kind."), std::string::npos) << shown;
    EXPECT_NE(shown.find("b  Keep"), std::string::npos) << shown;
}

TEST(HowLong, IsSaidAsPeopleSayIt) {
    EXPECT_EQ(how_long(-5), "in a moment");
    EXPECT_EQ(how_long(5'000), "in 5 seconds");
    EXPECT_EQ(how_long(180'000), "in 3 minutes");
    EXPECT_EQ(how_long(86'400'000 * 3ll), "in 3 days");
}

TEST(Screen, TheDataPolicyFitsEightyColumnsWithoutRaggedLines) {
    v1::DataPolicy policy;
    policy.set_text(
        "What is kept\n"
        "- The devices you are signed in on: the name you gave each, when it signed in and when it was last used. You\n"
        "  can list them.\n");
    EXPECT_EQ(plain.policy(policy),
              "What this house keeps, and who can read it\n"
              "What is kept\n"
              "- The devices you are signed in on: the name you gave each, when it signed in\n"
              "and when it was last used. You can list them.\n");
}

}  // namespace
}  // namespace kindroom::cli
