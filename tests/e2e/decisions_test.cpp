// Decisions by the command `kindroom --json`, over TLS, with the server's death in between.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <sstream>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

namespace {

class Decisions : public testing::Test {
  protected:
    explicit Decisions(const Settings& settings = {}) : house(settings) {}
    // What the server said to a script of somebody who has a profile.
    std::vector<v1::Event> says(const std::string& who, const std::vector<v1::Request>& lines, bool is_new = false) {
        std::string input;
        for (const auto& line : lines) {
            std::string json;
            if (!google::protobuf::util::MessageToJsonString(line, &json).ok()) throw std::runtime_error("no line");
            input += json + "\n";
        }
        std::vector<std::string> command{client_program(),       "--json", "--server",           relay.url(), "--ca",
                                         house.authority_file(), "--home", house.file("people"), "--profile", who};
        if (!is_new) command.push_back("--resume");
        const auto ran = run({.command = command, .environment = {}, .input = input, .log_file = {}});
        std::vector<v1::Event> events;
        std::istringstream out(ran.out);
        for (std::string line; std::getline(out, line);)
            if (!google::protobuf::util::JsonStringToMessage(line, &events.emplace_back()).ok()) events.pop_back();
        return events;
    }
    v1::Reply last_reply(const std::string& who, const std::vector<v1::Request>& lines, bool is_new = false) {
        const auto events = says(who, lines, is_new);
        for (auto event = events.rbegin(); event != events.rend(); ++event)
            if (event->has_reply()) return event->reply();
        return {};
    }
    // Comes in for the first time; returns their token in the room.
    std::string comes(const std::string& who, const std::string& role) {
        v1::Request create, join;
        create.mutable_create_account()->set_invite_code(house.invite(role));
        create.mutable_create_account()->set_passphrase(good_passphrase);
        join.mutable_join_room()->set_room_id(room);
        join.mutable_join_room()->set_name(who);
        return last_reply(who, {create, request(R"({"consentToRules":{"version":1}})"), join}, true)
            .room_joined()
            .you()
            .token();
    }
    v1::Request deciding(const std::string& token, v1::DecisionAction action, std::int64_t lasts_ms = 0) const {
        v1::Request request;
        auto& decide = *request.mutable_decide();
        decide.set_room_id(room);
        decide.set_token(token);
        decide.set_action(action);
        decide.set_rule_id(rule);
        decide.set_facts("Told Ana to leave.");
        decide.set_lasts_ms(lasts_ms);
        return request;
    }
    // What a moderator sees who signs up, comes in and types this.
    std::string typed_by_a_moderator(const std::string& lines) {
        const std::string input = "no\n" + house.invite("moderator") + "\n" + good_passphrase + "\n" + good_passphrase +
                                  "\n\nyes\n" + lines + "/quit\n";
        return run({.command = {client_program(), "--server", house.url(), "--ca", house.authority_file(), "--home",
                                house.file("typing"), "--room", "Evening porch", "--name", "Mira"},
                    .environment = {},
                    .input = input,
                    .log_file = {}})
            .out;
    }
    v1::Request joining() const {
        v1::Request request;
        request.mutable_join_room()->set_room_id(room);
        request.mutable_join_room()->set_name("Ben");
        return request;
    }

    // A profile is signed in at one address, whatever port the house has.
    void kill_and_start() {
        house.kill_and_start();
        relay.cut();
        relay.lead_to(house.port());
    }

    House house;
    Relay relay{house.port()};
    std::string room = house.make_room("Evening porch");
    std::string rule = house.ordered({"rules", "show"}).house_rules().rules(0).rule_id();
};

// Where a timeout can be short, and a ban must be confirmed soon.
class HastyDecisions : public Decisions {
  protected:
    HastyDecisions() : Decisions(Settings{{"limits.timeout_min", "1s"}, {"limits.confirm_within", "3s"}}) {}
};

std::int64_t now_ms() {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

TEST_F(Decisions, AreExplainedInForceConfirmedAndLiftedAcrossTheServersDeath) {
    const auto ben = comes("Ben", "member");
    comes("Mira", "moderator");
    comes("Noa", "moderator");
    const auto mine = request(R"({"listMyDecisions":{}})");
    const auto waiting = request(R"({"listUnconfirmed":{}})");

    auto no_facts = deciding(ben, v1::DECISION_ACTION_WARN);
    no_facts.mutable_decide()->clear_facts();
    EXPECT_EQ(last_reply("Mira", {no_facts}).error().field(), "facts");
    EXPECT_EQ(last_reply("Ben", {deciding(ben, v1::DECISION_ACTION_WARN)}).error().code(), v1::ERROR_CODE_NOT_ALLOWED);

    const auto quiet = last_reply("Mira", {deciding(ben, v1::DECISION_ACTION_LISTEN_ONLY, 3'600'000)});
    ASSERT_TRUE(quiet.has_decision_taken()) << quiet.ShortDebugString();
    const auto ban = last_reply("Mira", {deciding(ben, v1::DECISION_ACTION_ROOM_BAN)}).decision_taken().decision();
    EXPECT_NE(ban.confirm_by_ms(), 0);
    kill_and_start();

    const auto listed = last_reply("Ben", {mine}).my_decisions();
    ASSERT_EQ(listed.decisions_size(), 2);
    EXPECT_EQ(listed.decisions(0).decision_id(), ban.decision_id());
    EXPECT_EQ(listed.decisions(0).facts(), "Told Ana to leave.");
    EXPECT_FALSE(listed.decisions(0).appeal_code().empty());
    EXPECT_FALSE(listed.decisions(0).appeal().empty()) << "in a house that has written nothing about it, too";
    const auto refused = last_reply("Ben", {joining()}).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_OUT_OF_ROOM);
    EXPECT_EQ(refused.decision().rule_id(), rule);

    ASSERT_EQ(last_reply("Noa", {waiting}).unconfirmed().decisions_size(), 1);
    v1::Request confirm;
    confirm.mutable_confirm_decision()->set_decision_id(ban.decision_id());
    EXPECT_EQ(last_reply("Mira", {confirm}).error().code(), v1::ERROR_CODE_NEEDS_ANOTHER);
    EXPECT_TRUE(last_reply("Noa", {confirm}).has_done());
    kill_and_start();
    EXPECT_EQ(last_reply("Noa", {waiting}).unconfirmed().decisions_size(), 0);
    EXPECT_EQ(last_reply("Ben", {joining()}).error().code(), v1::ERROR_CODE_OUT_OF_ROOM);
    EXPECT_EQ(last_reply("Ben", {mine}).my_decisions().decisions(0).confirm_by_ms(), 0);
}

TEST_F(Decisions, EachActDoesWhatItSays) {
    const auto ben = comes("Ben", "member");
    comes("Mira", "moderator");
    const auto decides = [&](const v1::Request& asked) {
        const auto reply = last_reply("Mira", {asked});
        EXPECT_TRUE(reply.has_decision_taken()) << reply.ShortDebugString();
    };
    v1::Request resume;
    resume.mutable_resume_room()->set_room_id(room);
    const auto said = last_reply("Ben", {resume, posting(room, "Go away.")}).message_accepted().message_id();
    ASSERT_FALSE(said.empty());
    auto retract = deciding({}, v1::DECISION_ACTION_RETRACT);
    retract.mutable_decide()->set_message_id(said);
    decides(retract);
    v1::Request history;
    history.mutable_get_history()->set_room_id(room);
    EXPECT_EQ(last_reply("Ben", {resume, history}).history_page().messages_size(), 0);

    decides(deciding(ben, v1::DECISION_ACTION_WARN));
    EXPECT_TRUE(last_reply("Ben", {resume, posting(room, "I hear you.")}).has_message_accepted());
    decides(deciding(ben, v1::DECISION_ACTION_REMOVE));
    EXPECT_EQ(last_reply("Ben", {posting(room, "What?")}).error().code(), v1::ERROR_CODE_NOT_IN_ROOM);
    EXPECT_TRUE(last_reply("Ben", {joining()}).has_room_joined());

    decides(deciding(ben, v1::DECISION_ACTION_NO_CONTACTS, 3'600'000));
    v1::Request offer;
    offer.mutable_offer_contact()->mutable_person()->set_room_id(room);
    offer.mutable_offer_contact()->mutable_person()->set_token(ben);
    EXPECT_EQ(last_reply("Ben", {offer}).error().code(), v1::ERROR_CODE_NO_CONTACTS);
    decides(deciding(ben, v1::DECISION_ACTION_HOLD, 3'600'000));
    const auto waits = last_reply("Ben", {resume, posting(room, "May I?")}).message_accepted();
    EXPECT_EQ(waits.held().cause(), v1::HELD_FOR_DECISION);
    v1::Request duty, release;
    duty.mutable_go_on_duty()->set_room_id(room);
    release.mutable_release_held()->set_room_id(room);
    release.mutable_release_held()->set_message_id(waits.message_id());
    EXPECT_TRUE(last_reply("Mira", {resume, duty, release}).has_done());
    const auto page = last_reply("Ben", {resume, history}).history_page();
    ASSERT_GT(page.messages_size(), 0);
    EXPECT_EQ(page.messages(page.messages_size() - 1).text(), "May I?");
    decides(deciding(ben, v1::DECISION_ACTION_LISTEN_ONLY, 3'600'000));
    EXPECT_EQ(last_reply("Ben", {resume, posting(room, "But")}).error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    decides(deciding(ben, v1::DECISION_ACTION_OUT_OF_ROOM, 3'600'000));
    EXPECT_EQ(last_reply("Ben", {history}).error().code(), v1::ERROR_CODE_OUT_OF_ROOM);
    EXPECT_EQ(last_reply("Ben", {request(R"({"listMyDecisions":{}})")}).my_decisions().decisions_size(), 7);
}

TEST_F(Decisions, X6WhoeverIsBannedFromTheHouseSignsInForWhatStaysOpen) {
    comes("Mira", "moderator");
    Guest ben = member_in(house, room, "Ben");
    const auto token = ben.join(room, "Ben").you().token();
    EXPECT_TRUE(last_reply("Mira", {deciding(token, v1::DECISION_ACTION_NETWORK_BAN, 3'600'000)}).has_decision_taken());
    const auto ended = ben.hear(v1::Event::kSessionEnded).session_ended();
    EXPECT_EQ(ended.reason(), v1::SESSION_END_REASON_BANNED);
    EXPECT_EQ(ended.decision().facts(), "Told Ana to leave.");
    kill_and_start();

    Guest back(house.options());
    back.connect();
    v1::Request sign_in;
    sign_in.mutable_sign_in()->set_login_id(ben.login_id());
    sign_in.mutable_sign_in()->set_passphrase(good_passphrase);
    EXPECT_EQ(back.get(sign_in).signed_in().me().ban().decision_id(), ended.decision().decision_id());
    EXPECT_EQ(back.refusal(posting(room, "Hello?")), v1::ERROR_CODE_BANNED);
    EXPECT_EQ(back.refusal(joining()), v1::ERROR_CODE_BANNED);
    EXPECT_TRUE(back.get(request(R"({"getHelp":{}})")).has_help_directory());
    EXPECT_FALSE(back.get(request(R"({"listMyDecisions":{}})")).my_decisions().decisions(0).appeal_code().empty());
    v1::Request leave;
    leave.mutable_leave_room()->set_room_id(room);
    EXPECT_TRUE(back.get(leave).has_done());
}

TEST_F(HastyDecisions, EndAndLapseByThemselvesAlthoughTheServerDied) {
    comes("Mira", "moderator");
    Guest ben = member_in(house, room, "Ben");
    const auto token = ben.join(room, "Ben").you().token();
    const auto quiet = last_reply("Mira", {deciding(token, v1::DECISION_ACTION_LISTEN_ONLY, 1'500)});
    const auto ban = last_reply("Mira", {deciding(token, v1::DECISION_ACTION_ROOM_BAN)});
    ASSERT_TRUE(quiet.has_decision_taken() && ban.has_decision_taken()) << ban.ShortDebugString();
    kill_and_start();

    ben.connect(house);
    ben.resume_session();
    const auto deadline = std::chrono::steady_clock::now() + patience;
    auto answer = ben.ask(joining());
    for (; answer.has_error() && std::chrono::steady_clock::now() < deadline; answer = ben.ask(joining()))
        EXPECT_EQ(answer.error().code(), v1::ERROR_CODE_OUT_OF_ROOM);
    ASSERT_TRUE(answer.has_room_joined()) << answer.ShortDebugString();
    EXPECT_GE(now_ms(), ban.decision_taken().decision().confirm_by_ms());
    EXPECT_TRUE(ben.ask(posting(room, "There I am.")).has_message_accepted());
    const auto mine = ben.get(request(R"({"listMyDecisions":{}})")).my_decisions();
    ASSERT_EQ(mine.decisions_size(), 2);
    EXPECT_EQ(mine.decisions(0).state(), v1::DECISION_STATE_LAPSED);
    EXPECT_EQ(mine.decisions(1).state(), v1::DECISION_STATE_ENDED);
}

TEST_F(Decisions, WhatCannotBeDecidedIsSaidInWordsBeforeTheReasonsAreAskedFor) {
    Guest ana = member_in(house, room, "Ana");
    Guest ben = member_in(house, room, "Ben");
    ana.hear(v1::Event::kRosterChanged);  // from this tick on a moderator who comes in sees Ben, too
    const auto screen = typed_by_a_moderator(
        "/timeout Ben 4m\n/timeout Ben 29d\n/timeout Ben 2h out everywhere\n"
        "/ban Ben network\n/ban Ben server network\n");
    EXPECT_NE(screen.find("That lasts from 5m to 28d here. Nothing was done."), std::string::npos) << screen;
    EXPECT_NE(screen.find("leave \"everywhere\" away."), std::string::npos) << screen;
    EXPECT_NE(screen.find("With \"network\" it needs a time, 30d at most"), std::string::npos) << screen;
    EXPECT_NE(screen.find("/ban and who, such as: /ban c."), std::string::npos) << screen;
    for (const char* too_late : {"Which rule does it rest on?", "lasts_ms", "everywhere)"})
        EXPECT_EQ(screen.find(too_late), std::string::npos) << screen;
}

TEST_F(Decisions, AreTypedByAModeratorWhoIsAskedForTheRuleAndWhatHappened) {
    Guest ana = member_in(house, room, "Ana");
    Guest ben = member_in(house, room, "Ben");
    ana.hear(v1::Event::kRosterChanged);  // from this tick on a moderator who comes in sees Ben, too
    const auto screen = typed_by_a_moderator("/timeout Ben 2h\na\nTold Ana to leave.\n/warn Ben\na\n\n/confirm\n");
    EXPECT_NE(screen.find("Which rule does it rest on?"), std::string::npos) << screen;
    EXPECT_NE(screen.find("can read, but not write. It ends by itself."), std::string::npos) << screen;
    EXPECT_NE(screen.find("Without saying what happened nothing can be decided."), std::string::npos) << screen;
    EXPECT_NE(screen.find("Nothing waits for a second moderator."), std::string::npos) << screen;
    const auto decision = ben.hear(v1::Event::kDecisionMade).decision_made().decision();
    EXPECT_EQ(decision.facts(), "Told Ana to leave.");
    EXPECT_EQ(ben.refusal(posting(room, "But")), v1::ERROR_CODE_LISTEN_ONLY);
    EXPECT_EQ(ben.get(request(R"({"listMyDecisions":{}})")).my_decisions().decisions_size(), 1);
}

}  // namespace kindroom::test
