// SIGHUP changes what may change without anybody noticing a cut; SIGTERM says goodbye.
#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "e2e/support/guest.hpp"

namespace kindroom::test {

namespace {

// The sample names each key in a line of its own that is commented out.
std::string with_key(std::string config, const std::string& key, const std::string& value) {
    const auto at = config.find("\n#" + key + " = ");
    if (at == config.npos) throw std::runtime_error("no line for " + key);
    return config.replace(at + 1, config.find('\n', at + 1) - at - 1, key + " = " + value);
}

class Signals : public testing::Test {
  protected:
    void expect_nobody_was_cut() {
        for (Guest* guest : {&ana, &ben}) EXPECT_FALSE(guest->line().ending());
        ana.post(room, "Still here.");
        ben.hear_text("Still here.");
    }
    // The line of the log that says so; several: one below the other.
    std::string logged(const std::string& words) const {
        std::istringstream in(house.log());
        std::string out;
        for (std::string line; std::getline(in, line);)
            if (line.find(words) != line.npos) out += line + "\n";
        return out;
    }

    House house;
    std::string room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    Guest ben = member_in(house, room, "Ben");
};

}  // namespace

TEST_F(Signals, ChangedRulesAreToldToEverybodyAndNeedConsentAgain) {
    write_file(house.file("house/rules.toml"), "[[rule]]\nid = \"kind\"\ntext = \"Be kind, also when it is hard.\"\n");
    ASSERT_EQ(house.reload(), House::Reloaded::done);
    const auto version = ana.hear(v1::Event::kRulesChanged).rules_changed().version();
    const auto rules = ana.get(request(R"({"getRules":{}})")).house_rules();
    EXPECT_EQ(rules.version(), version);
    ASSERT_EQ(rules.rules_size(), 1);
    EXPECT_EQ(rules.rules(0).text(), "Be kind, also when it is hard.");
    EXPECT_EQ(ana.refusal(posting(room, "Hello")), v1::ERROR_CODE_RULES_NEEDED);
    ana.consent();
    expect_nobody_was_cut();
}

TEST_F(Signals, RulesThatAreTheSameAreNotAskedForAgain) {
    ASSERT_EQ(house.reload(), House::Reloaded::done);
    expect_nobody_was_cut();
    for (const auto& event : ben.heard()) EXPECT_FALSE(event.has_rules_changed());
}

TEST_F(Signals, AChangedCertificateIsShownToTheNextAndOpenConnectionsStay) {
    auto trusting_the_old = house.options();
    const auto kept = house.file("old-ca.pem");
    std::filesystem::copy_file(house.authority_file(), kept);
    trusting_the_old.line.ca_file = kept;
    run({.command = {server_program(), "init", "--dev-certificate", house.file("other")},
         .environment = {},
         .input = {},
         .log_file = {}});
    for (const char* name : {"ca.pem", "server.pem", "server.key"})
        std::filesystem::copy_file(house.file("other/tls/" + std::string(name)), house.file("tls/" + std::string(name)),
                                   std::filesystem::copy_options::overwrite_existing);
    ASSERT_EQ(house.reload(), House::Reloaded::done);
    EXPECT_EQ(client::Connection(trusting_the_old).connect(patience)->kind, client::EndKind::untrusted);
    EXPECT_FALSE(client::Connection(house.options()).connect(patience));
    expect_nobody_was_cut();
}

TEST_F(Signals, BrokenFilesAreRefusedAndEverythingGoesOn) {
    const auto config = read_file(house.file("kindroomd.toml"));
    write_file(house.file("kindroomd.toml"), "this is [ not a configuration");
    EXPECT_EQ(house.reload(), House::Reloaded::refused);
    expect_nobody_was_cut();
    write_file(house.file("kindroomd.toml"), config);
    write_file(house.file("tls/server.pem"), "not a certificate");
    EXPECT_EQ(house.reload(), House::Reloaded::refused);
    expect_nobody_was_cut();
    EXPECT_FALSE(client::Connection(house.options()).connect(patience));
}

TEST_F(Signals, EachMistakeInTheFiltersIsALineOfItsOwn) {
    write_file(house.file("house/filters.toml"),
               "[[filter]]\nid = \"one\"\nwhat = \"links\"\nactions = [\"kick\"]\n"
               "[[filter]]\nid = \"two\"\nwhat = \"smells\"\nactions = [\"hold\"]\n");
    EXPECT_EQ(house.reload(), House::Reloaded::refused);
    EXPECT_THAT(logged("No filter can do anything to a person"), testing::Not(testing::HasSubstr("smells")));
    EXPECT_THAT(logged("smells"), testing::HasSubstr("filters.toml:"));
    expect_nobody_was_cut();
}

TEST_F(Signals, AKeyThatWaitsForARestartIsNamedWithoutItsValue) {
    const auto config = read_file(house.file("kindroomd.toml"));
    write_file(house.file("kindroomd.toml"),
               with_key(with_key(config, "appeal", "\"Write to the house.\""), "edits_max", "3"));
    EXPECT_EQ(house.reload(), House::Reloaded::done);
    const auto named = logged("It is taken in by a restart, not by a reload.");
    EXPECT_THAT(named, testing::AllOf(testing::HasSubstr("house.appeal was changed."),
                                      testing::HasSubstr("limits.edits_max was changed."),
                                      testing::Not(testing::HasSubstr("Write to the house."))));
    EXPECT_EQ(std::count(named.begin(), named.end(), '\n'), 2) << named;
    expect_nobody_was_cut();
}

TEST_F(Signals, OnSigtermEverybodyIsAskedToComeBackAndNoAcceptedWordIsLost) {
    std::vector<std::uint32_t> asked;
    for (int i = 0; i < 100; ++i) asked.push_back(ana.line().send(posting(room, "Word " + std::to_string(i))));
    EXPECT_EQ(house.stop(), 0);
    std::set<std::string> accepted;
    for (const auto id : asked) {
        const auto reply = ana.line().wait_reply(id, Milliseconds(0));
        if (reply && reply->has_message_accepted()) accepted.insert(reply->message_accepted().message_id());
    }
    for (Guest* guest : {&ana, &ben}) {
        EXPECT_EQ(guest->line().wait_ended(patience)->close_code, 4000);
        EXPECT_LE(guest->hear(v1::Event::kComeBack).come_back().after_ms(), 20u);
    }
    house.start();
    ana.connect(house);
    ana.resume_session();
    const auto history = ana.history_backwards(room);
    for (const auto& message : history) accepted.erase(message.message_id());
    EXPECT_TRUE(accepted.empty());
    EXPECT_EQ(house.stop(), 0);
}

TEST_F(Signals, ARestartForgetsNothingThatPeopleSet) {
    house.ordered({"role", ben.login_id(), "moderator"});
    house.ordered({"room", "change", "Evening porch", "--topic", "Night porch", "--label", "grief"});
    const auto known = [&] {
        std::vector<std::string> out;
        for (Guest* guest : {&ana, &ben}) {
            out.push_back(guest->get(request(R"({"getMe":{}})")).me().ShortDebugString());
            out.push_back(guest->get(request(R"({"listRooms":{}})")).rooms().ShortDebugString());
        }
        return out;
    };
    const auto before = known();
    EXPECT_EQ(house.stop(), 0);
    house.start();
    for (Guest* guest : {&ana, &ben}) {
        guest->connect(house);
        guest->resume_session();
    }
    EXPECT_EQ(known(), before);
}

}  // namespace kindroom::test
