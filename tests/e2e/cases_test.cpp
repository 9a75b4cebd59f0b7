// A report and what becomes of it, through the command `kindroom --json` over TLS, with a kill in the middle.
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
    if (!google::protobuf::util::MessageToJsonString(asked, &out).ok())
        throw std::runtime_error("a request that cannot be written");
    return out + "\n";
}

class ReportsByScript : public testing::Test {
  protected:
    // Runs the lines as this person, who is known by a profile from the second time on.
    // `code` is 1 where one of the lines is refused.
    std::vector<v1::Event> run_as(const std::string& profile, const std::string& lines, bool again = true,
                                  int code = 0) {
        std::vector<std::string> command{client_program(), "--json",    "--server", relay.url(), "--ca",
                                         house.authority_file(), "--home", house.file("people"), "--profile", profile};
        if (again) command.push_back("--resume");
        const auto ran = run({.command = command, .environment = {}, .input = lines, .log_file = {}});
        EXPECT_EQ(ran.code, code) << ran.out << ran.err;
        std::vector<v1::Event> events;
        std::istringstream in(ran.out);
        for (std::string line; std::getline(in, line);) {
            v1::Event event;
            if (google::protobuf::util::JsonStringToMessage(line, &event).ok()) events.push_back(event);
        }
        return events;
    }
    v1::Reply last_reply(const std::string& profile, const std::string& lines) {
        v1::Reply last;
        for (const auto& event : run_as(profile, lines))
            if (event.has_reply()) last = event.reply();
        return last;
    }
    void come(const std::string& profile, const std::string& name, const std::string& role) {
        v1::Request asked;
        asked.mutable_create_account()->set_invite_code(house.invite(role));
        asked.mutable_create_account()->set_passphrase(good_passphrase);
        std::string lines = as_json(asked) + as_json(request(R"({"consentToRules":{"version":1}})"));
        asked.mutable_join_room()->set_room_id(room);
        asked.mutable_join_room()->set_name(name);
        run_as(profile, lines + as_json(asked), false);
    }
    std::string about_case(const char* command, const std::string& id, const std::string& more = {}) {
        v1::Request asked;
        asked.mutable_claim_case()->set_case_id(id);
        std::string json = as_json(asked);
        const std::string claim = "claimCase\":{";
        json.replace(json.find(claim), claim.size(), std::string(command) + "\":{" + more);
        return json;
    }

    void kill_and_start() {
        relay.cut();
        house.kill_and_start();
        relay.lead_to(house.port());
    }
    // What a moderator sees who signs up, comes in and types this.
    std::string typed_by_a_moderator(const std::string& lines) {
        const std::string input = "no\n" + house.invite("moderator") + "\n" + good_passphrase + "\n" +
                                  good_passphrase + "\n\nyes\n" + lines + "/quit\n";
        const auto home = house.file("typing" + std::to_string(++typed_));
        return run({.command = {client_program(), "--server", relay.url(), "--ca", house.authority_file(), "--home",
                                home, "--room", "Evening porch", "--name", "Mira"},
                    .environment = {},
                    .input = input,
                    .log_file = {}})
            .out;
    }
    std::string report_of(const std::string& message) {
        v1::Request report;
        report.mutable_report()->mutable_message()->set_room_id(room);
        report.mutable_report()->mutable_message()->set_message_id(message);
        report.mutable_report()->set_words("He says it to everybody.");
        return as_json(report);
    }

    House house;
    // A profile knows one address, and each start of the server has another.
    Relay relay{house.port()};
    std::string room = house.make_room("Evening porch");

  private:
    int typed_ = 0;
};

TEST_F(ReportsByScript, IsTakenLookedAtAndAnsweredThoughTheServerDiesInBetween) {
    come("ana", "Ana", "member");
    come("ben", "Ben", "member");
    come("mira", "Mira", "moderator");
    const auto bad = last_reply("ben", as_json(posting(room, "Go away."))).message_accepted().message_id();
    const auto receipt = last_reply("ana", report_of(bad)).report_received().receipt();
    ASSERT_FALSE(receipt.empty());
    kill_and_start();

    const auto waiting = last_reply("mira", "{\"listCases\":{}}\n").cases();
    ASSERT_EQ(waiting.cases_size(), 1);
    const auto id = waiting.cases(0).case_id();
    const auto veiled = last_reply("mira", about_case("openCase", id)).case_opened();
    EXPECT_EQ(veiled.card().about(0).name(), "Ben");
    EXPECT_TRUE(veiled.report().words().empty());
    const auto shown = last_reply("mira", about_case("claimCase", id) + about_case("openCase", id, "\"show\":true,"));
    EXPECT_EQ(shown.case_opened().report().words(), "He says it to everybody.");
    ASSERT_EQ(shown.case_opened().report().evidence_size(), 1);
    EXPECT_EQ(shown.case_opened().report().evidence(0).text(), "Go away.");
    EXPECT_EQ(shown.case_opened().card().claim(), v1::CASE_CLAIM_YOURS);
    kill_and_start();

    const auto outcome = R"("outcome":"CASE_OUTCOME_ADVISED","answer":"Sorry.",)";
    EXPECT_TRUE(last_reply("mira", about_case("resolveCase", id, outcome)).has_done());
    kill_and_start();
    const auto told =
        run_as("ana", await_event("reportAnswered") + R"({"getReports":{"receipt":")" + receipt + "\"}}\n");
    ASSERT_TRUE(told.back().has_reply());
    ASSERT_EQ(told.back().reply().reports().reports_size(), 1);
    EXPECT_EQ(told.back().reply().reports().reports(0).outcome(), v1::CASE_OUTCOME_ADVISED);
    EXPECT_EQ(told.back().reply().reports().reports(0).answer(), "Sorry.");
    EXPECT_TRUE(last_reply("mira", "{\"tapOut\":{}}\n").has_done());
    EXPECT_EQ(house.log().find("Go away."), std::string::npos);
}

TEST_F(ReportsByScript, EndsWithADecisionThatAsksForTheRuleAndTheFactsAndIsReversedByAnother) {
    come("ana", "Ana", "member");
    come("ben", "Ben", "member");
    come("noor", "Noor", "admin");
    const auto bad = last_reply("ben", as_json(posting(room, "Go away."))).message_accepted().message_id();
    last_reply("ana", report_of(bad));
    const auto out = typed_by_a_moderator(
        "/case a\nt\n2h\na\nTold Ana to go away.\nyes\nWe acted.\nWe did something.\n");
    EXPECT_NE(out.find("It ends by itself."), std::string::npos) << out;
    EXPECT_NE(out.find("The case is closed"), std::string::npos) << out;
    kill_and_start();

    const auto mine = last_reply("ben", "{\"listMyDecisions\":{}}\n").my_decisions();
    ASSERT_EQ(mine.decisions_size(), 1);
    const v1::Decision& decision = mine.decisions(0);
    EXPECT_EQ(decision.source(), v1::DECISION_SOURCE_REPORT);
    EXPECT_EQ(decision.facts(), "Told Ana to go away.");
    const auto refused = run_as("ben", as_json(posting(room, "Why?")), true, 1);
    EXPECT_EQ(refused.back().reply().error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    // Without a session, by the code alone.
    const auto code = "\"code\":\"" + decision.appeal_code() + "\"";
    const auto appealed = run_as("stranger", R"({"appeal":{"words":"It was a joke.",)" + code + "}}\n", false);
    ASSERT_TRUE(appealed.back().reply().has_appeal_status());
    kill_and_start();

    const auto waiting = last_reply("noor", "{\"listCases\":{}}\n").cases();
    ASSERT_EQ(waiting.cases_size(), 1);
    EXPECT_EQ(waiting.cases(0).kind(), v1::CASE_KIND_APPEAL);
    const auto id = waiting.cases(0).case_id();
    const auto opened = last_reply("noor", about_case("openCase", id, "\"show\":true,")).case_opened();
    EXPECT_EQ(opened.report().words(), "It was a joke.");
    EXPECT_EQ(opened.decision().facts(), "Told Ana to go away.");
    const auto reversed = R"("outcome":"CASE_OUTCOME_REVERSED","answer":"Sorry.",)";
    EXPECT_TRUE(last_reply("noor", about_case("resolveCase", id, reversed)).has_done());
    EXPECT_TRUE(last_reply("ben", as_json(posting(room, "Thank you."))).has_message_accepted());
    const auto told = run_as("stranger", R"({"getAppeal":{)" + code + "}}\n", false);
    EXPECT_EQ(told.back().reply().appeal_status().answer(), "Sorry.");
}

TEST_F(ReportsByScript, CanBeLookedAtWithOneLetterAtATime) {
    come("ana", "Ana", "member");
    come("ben", "Ben", "member");
    const auto bad = last_reply("ben", as_json(posting(room, "Go away."))).message_accepted().message_id();
    const auto receipt = last_reply("ana", report_of(bad)).report_received().receipt();
    kill_and_start();
    const auto veiled = typed_by_a_moderator("/queue\n/case a\n\n");
    EXPECT_NE(veiled.find("a message by Ben"), std::string::npos) << veiled;
    EXPECT_EQ(veiled.find("He says it to everybody."), std::string::npos) << veiled;
    const auto out = typed_by_a_moderator(
        "/duty on\n/case a\nz\ns\nc\nh\n2h\na\nTold Ana to go away.\nno\nr\nt\nWe talked.\nSorry.\n/queue\n/tapout\n");
    EXPECT_NE(out.find("One of these letters, please."), std::string::npos) << out;
    EXPECT_NE(out.find("He says it to everybody."), std::string::npos) << out;
    EXPECT_NE(out.find("> Ben"), std::string::npos) << out;
    EXPECT_NE(out.find("yours until"), std::string::npos) << out;
    EXPECT_NE(out.find("is read by a moderator first: /held shows what waits."), std::string::npos) << out;
    EXPECT_EQ(last_reply("ben", as_json(posting(room, "May I?"))).message_accepted().held().cause(),
              v1::HELD_FOR_DECISION);
    EXPECT_NE(out.find("No case waits for you."), std::string::npos) << out;
    EXPECT_NE(out.find("You are off duty everywhere"), std::string::npos) << out;
    v1::Request asked;
    asked.mutable_get_reports()->set_receipt(receipt);
    const auto told = last_reply("ana", as_json(asked)).reports();
    ASSERT_EQ(told.reports_size(), 1);
    EXPECT_EQ(told.reports(0).outcome(), v1::CASE_OUTCOME_ADVISED);
    EXPECT_EQ(told.reports(0).answer(), "Sorry.");
}

}  // namespace
}  // namespace kindroom::test
