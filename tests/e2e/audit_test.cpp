// The audit log as an operator meets it: read and verified from outside, beside the running server.
#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "e2e/support/guest.hpp"

namespace kindroom::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class Audit : public testing::Test {
  protected:
    std::string database() const { return read_file(house.file("kindroom.db")); }
    void put_database(const std::string& content) {
        for (const char* beside : {"kindroom.db-wal", "kindroom.db-shm"}) std::filesystem::remove(house.file(beside));
        write_file(house.file("kindroom.db"), content);
    }

    Guest comes(const std::string& role) {
        Guest guest(house.options());
        guest.connect();
        guest.sign_up(house.invite(role));
        guest.consent();
        return guest;
    }
    std::ptrdiff_t lines_with(const std::string& words) const {
        std::istringstream shown(house.command({"audit", "show"}).out);
        std::ptrdiff_t count = 0;
        for (std::string line; std::getline(shown, line);) count += line.find(words) != std::string::npos;
        return count;
    }

    House house;
};

TEST_F(Audit, SaysWhatWasDoneWithoutNamesOrWordsAndIsTrueWhileTheServerRuns) {
    const auto room = house.make_room("Porch canary");
    Guest ana = member_in(house, room, "Ana canary");
    house.ordered({"role", ana.login_id(), "moderator"});
    const auto rule = ana.get(request(R"({"getRules":{}})")).house_rules().rules(0).rule_id();
    house.ordered({"ban", ana.login_id(), "--rule", rule, "--facts", "facts canary"});
    house.ordered({"lift-ban", ana.login_id()});

    const auto shown = house.command({"audit", "show"});
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("room made, by the operator"));
    EXPECT_THAT(shown.out, HasSubstr("role set: moderator, by the operator, about "));
    EXPECT_THAT(shown.out, HasSubstr("decision: ban from the house, by the operator, about "));
    EXPECT_THAT(shown.out, HasSubstr("rule " + rule + ", rules version 1, because of what a moderator saw"));
    EXPECT_THAT(shown.out, HasSubstr("ban lifted, by the operator"));
    EXPECT_THAT(shown.out, Not(HasSubstr("canary")));
    EXPECT_THAT(shown.out, Not(HasSubstr(ana.login_id())));

    const auto hers = house.command({"audit", "show", "--account", ana.login_id()});
    EXPECT_EQ(std::ranges::count(hers.out, '\n'), 3);
    EXPECT_EQ(house.command({"audit", "show", "--account", "no-body-0000"}).code, 2);

    const auto verified = house.command({"audit", "verify"});
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_THAT(verified.out, HasSubstr(" entries checked, all true.\nHead: "));
    const auto head = verified.out.substr(verified.out.find("Head: ") + 6, 64);
    EXPECT_EQ(house.command({"audit", "verify", "--head", head}).code, 0);
    EXPECT_EQ(house.command({"audit", "verify", "--head", std::string(64, '0')}).code, 1);
    EXPECT_EQ(house.command({"audit", "verify", "--head", "nonsense"}).code, 2);
}

TEST_F(Audit, P11AChangedByteIsFoundAndTheRowNamed) {
    const auto room = house.make_room("Porch");
    house.ordered({"room", "change", "Porch", "--topic", "Garden"});
    house.ordered({"room", "close", "Garden"});
    EXPECT_EQ(house.stop(), 0);
    const auto whole = database();
    EXPECT_EQ(house.command({"audit", "verify"}).code, 0);
    // Each of these rows has the room's id. The room itself is in another table, before or behind.
    int found = 0;
    for (auto at = whole.find(room); at != std::string::npos; at = whole.find(room, at + 1)) {
        auto changed = whole;
        changed[at] ^= 1;
        put_database(changed);
        const auto verified = house.command({"audit", "verify"});
        if (verified.code == 0) continue;
        ++found;
        EXPECT_EQ(verified.code, 1) << verified.err;
        EXPECT_THAT(verified.out, HasSubstr("of the audit log is the first bad one: it was changed"));
    }
    EXPECT_EQ(found, 3);
}

TEST_F(Audit, P11AnEndThatWasCutOffIsMissedBecauseTheServerNotesTheHead) {
    house.make_room("Porch");
    EXPECT_EQ(house.stop(), 0);
    const auto yesterday = database();
    house.start();
    house.make_room("Garden");
    EXPECT_EQ(house.stop(), 0);
    EXPECT_EQ(house.command({"audit", "verify"}).code, 0);

    put_database(yesterday);
    auto verified = house.command({"audit", "verify"});
    EXPECT_EQ(verified.code, 1);
    EXPECT_THAT(verified.out, HasSubstr("it is missing"));
    // Going on with it heals nothing.
    house.start();
    house.make_room("Attic");
    EXPECT_EQ(house.stop(), 0);
    verified = house.command({"audit", "verify"});
    EXPECT_EQ(verified.code, 1);
    EXPECT_THAT(verified.out, HasSubstr("is not the one that was noted on"));
}

// Each time some acts were answered, some are on their way to the disk, and some have not been looked at.
TEST_F(Audit, P11IsTrueHoweverOftenTheServerDiesWhileActsAreWrittenAndThenAChangedByteIsFound) {
    const auto room = house.make_room("Porch");
    Guest mira = comes("moderator");
    mira.join(room, "Mira");
    Guest ben = comes("member");
    v1::Request warn;
    warn.mutable_decide()->set_room_id(room);
    warn.mutable_decide()->set_token(ben.join(room, "Ben").you().token());
    warn.mutable_decide()->set_action(v1::DECISION_ACTION_WARN);
    warn.mutable_decide()->set_rule_id(ben.get(request(R"({"getRules":{}})")).house_rules().rules(0).rule_id());
    warn.mutable_decide()->set_facts("Told Ana to leave.");

    std::ptrdiff_t answered = 0;
    for (std::size_t seen = 1; seen <= 13; seen += 6) {
        std::vector<std::uint32_t> asked;
        for (int i = 0; i < 40; ++i) asked.push_back(mira.line().send(warn));
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (i == seen) house.kill();
            const auto reply = mira.line().wait_reply(asked[i], patience);
            answered += reply && reply->has_decision_taken();
        }
        const auto verified = house.command({"audit", "verify"});
        EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
        house.start();
        mira.connect(house);
        mira.resume_session();
    }
    EXPECT_GE(answered, 1 + 7 + 13);
    const auto written = lines_with("decision: warning, by ");
    EXPECT_GE(written, answered) << "what was answered is in it";
    const auto told = house.command({"transparency", "--from", "2020-01-01", "--to", "2099-12-31"});
    const auto number = std::to_string(written);
    EXPECT_THAT(told.out, testing::ContainsRegex("warning +" + number + " +0 +0 +0 +" + number)) << told.err;

    EXPECT_EQ(house.stop(), 0);
    const auto whole = database();
    EXPECT_EQ(house.command({"audit", "verify"}).code, 0);
    Ran verified;
    for (auto at = whole.find(room); at != std::string::npos && verified.code == 0; at = whole.find(room, at + 1)) {
        auto changed = whole;
        changed[at] ^= 1;
        put_database(changed);
        verified = house.command({"audit", "verify"});
    }
    EXPECT_EQ(verified.code, 1) << verified.err;
    EXPECT_THAT(verified.out, HasSubstr("of the audit log is the first bad one: it was changed"));
}

TEST_F(Audit, ATransparencyReportIsMadeFromItAndTellsNoSmallNumber) {
    const auto room = house.make_room("Porch");
    std::string rule;
    for (int i = 0; i < 3; ++i) {
        Guest guest = member_in(house, room, "Guest");
        rule = guest.get(request(R"({"getRules":{}})")).house_rules().rules(0).rule_id();
        house.ordered({"ban", guest.login_id(), "--rule", rule, "--facts", "unkind"});
    }
    const std::vector<std::string> words{"transparency", "--from", "2020-01-01", "--to", "2099-12-31"};
    const auto text = house.command(words);
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("Transparency report, 2020-01-01 to 2099-12-31"));
    EXPECT_THAT(text.out, testing::ContainsRegex("ban from the house +\\* +0 +0 +0 +\\*"));
    const auto json = house.order(words);
    EXPECT_EQ(json.code, 0) << json.err;
    EXPECT_THAT(json.out, HasSubstr(R"("ban from the house":{"own":null,"report":0,"rule":0,"automated_rule":0,)"
                                    R"("all":null})"));
    EXPECT_EQ(house.command({"transparency", "--from", "2026-13-01", "--to", "2026-12-31"}).code, 2);
    EXPECT_EQ(house.command({"transparency", "--from", "2026-12-31", "--to", "2026-01-01"}).code, 2);
}

TEST_F(Audit, ATransparencyReportTellsWhatCannotBeOnePersonAlsoAfterTheServersDeath) {
    const auto room = house.make_room("Porch");
    for (int i = 0; i < 5; ++i) {
        if (i == 3) house.kill_and_start();
        Guest guest = member_in(house, room, "Guest");
        const auto rule = guest.get(request(R"({"getRules":{}})")).house_rules().rules(0).rule_id();
        house.ordered({"ban", guest.login_id(), "--rule", rule, "--facts", "unkind"});
    }
    const auto told = house.command({"transparency", "--from", "2020-01-01", "--to", "2099-12-31"});
    EXPECT_THAT(told.out, testing::ContainsRegex("ban from the house +5 +0 +0 +0 +5")) << told.err;
}

}  // namespace
}  // namespace kindroom::test
