// Rules from the operator's file and rules published by command, over restarts.
#include <gtest/gtest.h>

#include "bench.hpp"

namespace kindroom::actors::test {
namespace {

HouseTexts file_with(const std::string& rule) {
    HouseTexts texts = sim::house_texts();
    texts.rules = {{.rule_id = "only", .text = rule}};
    return texts;
}

class HouseRules : public ::testing::Test {
  protected:
    domain::HouseRules rules() { return bench.home().notice()->rules; }
    std::string rule() { return rules().rules.front().text; }
    void publish(const std::string& text) {
        Paper paper;
        Client& client = bench.connect(paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        bench.on_shard([&] { client.greet(); });
        EXPECT_TRUE(bench.ask(client, domain::PublishRules{{{.rule_id = "only", .text = text}}}).has_house_rules());
        bench.on_shard([&] { client.on_closed(); });
    }
    void read_again(const std::string& text) {
        bool is_done = false;
        bench.on_shard([&] { bench.home().house_desk().take_in(file_with(text), [&](bool ok) { is_done = ok; }); });
        EXPECT_TRUE(is_done);
    }

    Bench bench{file_with("from the file")};
};

TEST_F(HouseRules, BeginWithTheFile) {
    EXPECT_EQ(rules().version, 1u);
    EXPECT_EQ(rule(), "from the file");
}

TEST_F(HouseRules, TheSameFileReadAgainIsNoNewVersion) {
    read_again("from the file");
    EXPECT_EQ(rules().version, 1u);
    bench.restart(file_with("from the file"));
    EXPECT_EQ(rules().version, 1u);
}

TEST_F(HouseRules, AChangedFileIsANewVersion) {
    read_again("changed");
    EXPECT_EQ(rules().version, 2u);
    bench.restart(file_with("changed while the house was closed"));
    EXPECT_EQ(rules().version, 3u);
    EXPECT_EQ(rule(), "changed while the house was closed");
}

TEST_F(HouseRules, PublishedOnesAreNotUndoneByTheUnchangedFile) {
    publish("by command");
    EXPECT_EQ(rules().version, 2u);
    read_again("from the file");
    EXPECT_EQ(rule(), "by command");
    bench.restart(file_with("from the file"));
    EXPECT_EQ(rules().version, 2u);
    EXPECT_EQ(rule(), "by command");
    read_again("a new file");
    EXPECT_EQ(rules().version, 3u);
    EXPECT_EQ(rule(), "a new file");
}

TEST_F(HouseRules, WhatIsRefusedIsCountedWhereverThatWasDecided) {
    Paper paper;
    Client& client = bench.connect(paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
    const auto counted = [&](const std::string& code, int times) {
        const auto line = "{code=\"" + code + "\"} " + std::to_string(times) + "\n";
        return bench.ground.metrics.exposition().find(line) != std::string::npos;
    };
    EXPECT_EQ(bench.ask(client, domain::GetRules{}).error().code(), v1::ERROR_CODE_HELLO_NEEDED);
    EXPECT_TRUE(counted("hello_needed", 1));
    bench.on_shard([&] { client.greet(); });
    // By the house's desk, behind the dispatcher.
    const auto uses = bench.ground.limits.invite_uses_max + 1;
    EXPECT_TRUE(bench.ask(client, domain::CreateInvite{.standing = {}, .uses = uses}).has_error());
    EXPECT_TRUE(counted("invalid_argument", 1));
    bench.on_shard([&] { client.on_closed(); });
}

TEST_F(HouseRules, EverybodySignedInHearsOfANewVersion) {
    Paper paper;
    Client& client = bench.connect(paper);
    bench.on_shard([&] {
        client.greet();
        const auto account = AccountId(std::array<std::uint8_t, 16>{9});
        bench.home().signed_in(client, std::make_shared<const Identity>(Identity{
                                           .account = account,
                                           .session = {},
                                           .standing = {},
                                           .visibility = std::make_shared<const domain::Visibility>(account)}));
    });
    publish("by command");
    const auto heard = bench.take(client);
    ASSERT_EQ(heard.event_size(), 1);
    EXPECT_EQ(heard.event(0).rules_changed().version(), 2u);
}

}  // namespace
}  // namespace kindroom::actors::test
