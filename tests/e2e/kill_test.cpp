// P1: a message that was answered survives the server's sudden death, and is there once.
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <thread>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"
#include "support/environment.hpp"

namespace kindroom::test {

namespace {

struct Said {
    std::string id;
    std::string text;
};

// Somebody who posts without a pause, over a line that comes back by itself and repeats what was not answered.
class Writer {
  public:
    Writer(House& house, const Relay& relay, const std::string& room, const std::string& name)
        : room_(room), name_(name), guest_(options(house, relay)) {
        guest_.connect();
        guest_.sign_up(house.invite());
        guest_.consent();
        guest_.join(room, name);
    }

    void start() {
        thread_ = std::jthread([this](const std::stop_token& stop) {
            for (unsigned n = 0; !stop.stop_requested(); ++n) say(name_ + " " + std::to_string(n));
        });
    }
    void finish() {
        thread_.request_stop();
        thread_.join();
    }

    Guest& guest() { return guest_; }
    const std::vector<Said>& accepted() const { return accepted_; }
    const std::string& trouble() const { return trouble_; }

  private:
    static client::ConnectionOptions options(const House& house, const Relay& relay) {
        auto out = house.options();
        out.line.endpoint = relay.url();
        out.steady = true;
        out.backoff = {.first = Milliseconds(5), .max = Milliseconds(40)};
        return out;
    }
    void say(const std::string& text) {
        try {
            accepted_.push_back({.id = guest_.post(room_, text), .text = text});
        } catch (const std::exception& trouble) {
            if (trouble_.empty()) trouble_ = trouble.what();
        }
    }

    const std::string room_;
    const std::string name_;
    Guest guest_;
    std::vector<Said> accepted_;
    std::string trouble_;
    std::jthread thread_;
};

// Of each message that was accepted: there, once, as it was said; and nothing besides.
void expect_exactly(const std::vector<Said>& accepted, const std::vector<v1::Message>& history) {
    std::map<std::string, std::string> by_id;
    for (const auto& message : history)
        EXPECT_TRUE(by_id.emplace(message.message_id(), message.text()).second) << "twice: " << message.text();
    std::size_t lost = 0;
    for (const auto& said : accepted) {
        const auto found = by_id.find(said.id);
        if (found == by_id.end() || found->second != said.text) ++lost;
    }
    EXPECT_EQ(lost, 0u);
    EXPECT_EQ(history.size(), accepted.size());
    std::set<std::string> once;
    for (const auto& message : history) EXPECT_TRUE(once.insert(message.text()).second) << "twice: " << message.text();
}

}  // namespace

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
    std::vector<Said> accepted;
    unsigned times_back = 0;
    for (auto& writer : writers) {
        writer->finish();
        EXPECT_EQ(writer->trouble(), "");
        accepted.insert(accepted.end(), writer->accepted().begin(), writer->accepted().end());
        times_back += writer->guest().line().times_opened() - 1;
    }
    const auto last = writers.front()->guest().post(room, "Good night.");
    accepted.push_back({.id = last, .text = "Good night."});
    const auto history = writers.front()->guest().history_backwards(room);
    expect_exactly(accepted, history);
    EXPECT_EQ(lines(writers.back()->guest().history_forwards(room)), lines(history));
    // What each was told as it happened, across all the cuts, is the same story.
    for (auto& writer : writers) {
        writer->guest().hear_up_to(room, last);
        EXPECT_EQ(lines(writer->guest().story(room)), lines(history));
    }
    std::cout << rounds << " kills, " << accepted.size() << " messages accepted, " << times_back
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
