// P1: a message that was answered survives the server's sudden death, and is there once.
#include <gtest/gtest.h>
#include <random>

#include "e2e/support/writer.hpp"
#include "support/environment.hpp"

namespace kindroom::test {

TEST(Kill, P1EveryAnsweredMessageIsThereOnceHoweverOftenTheServerDies) {
    const auto rounds = from_environment("KINDROOM_ROUNDS").value_or(50);
    const auto seed = static_cast<unsigned>(from_environment("KINDROOM_SEED").value_or(std::random_device{}()));
    RecordProperty("seed", std::to_string(seed));
    SCOPED_TRACE("KINDROOM_SEED=" + std::to_string(seed));
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> moment(20, 400);

    House house(Settings{{"limits.history_page_max", "1000"}, {"limits.history_page_bytes_max", "1 MiB"}});
    const auto room = house.make_room("Where everybody talks at once");
    Relay relay(house.port());
    std::vector<std::unique_ptr<Writer>> writers;
    for (const char* name : {"Ana", "Ben", "Cleo", "Dan"})
        writers.push_back(std::make_unique<Writer>(house, relay, room, name));
    for (auto& writer : writers) writer->start();

    for (unsigned round = 0; round < rounds; ++round) {
        ASSERT_FALSE(house.server().wait_ended(Milliseconds(moment(random)))) << house.log();
        house.kill();
        relay.cut();
        house.start();
        relay.lead_to(house.port());
    }
    const std::size_t accepted = expect_one_story(writers, room);
    unsigned times_back = 0;
    for (auto& writer : writers) times_back += writer->guest().line().times_opened() - 1;
    std::cout << rounds << " kills, " << accepted << " messages accepted, " << times_back
              << " connections came back, seed " << seed << '\n';
}

// The same without any help from the client library: a plain line, and a person who presses "send" again.
TEST(Kill, APostWhoseAnswerWasLostYieldsOneMessageWhenItIsRepeatedAfterTheRestart) {
    House house;
    const auto room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    std::vector<Said> accepted;
    for (int round = 0; round < 10; ++round) {
        const auto asked = posting(room, "Round " + std::to_string(round));
        ana.line().send(asked);
        house.kill_and_start();
        ana.connect(house);
        ana.resume_session();
        const auto first = ana.get(asked).message_accepted();
        const auto again = ana.get(asked).message_accepted();
        EXPECT_EQ(again.message_id(), first.message_id());
        EXPECT_EQ(again.posted_at_ms(), first.posted_at_ms());
        accepted.push_back({.id = first.message_id(), .text = asked.post_message().text()});
    }
    expect_exactly(accepted, ana.history_backwards(room));
}

}  // namespace kindroom::test
