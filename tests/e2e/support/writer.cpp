#include "e2e/support/writer.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <utility>

namespace kindroom::test {

namespace {

client::ConnectionOptions steady_options(const House& house, const Relay& relay) {
    auto out = house.options();
    out.line.endpoint = relay.url();
    out.steady = true;
    out.backoff = {.first = Milliseconds(5), .max = Milliseconds(40)};
    return out;
}

}  // namespace

Writer::Writer(House& house, const Relay& relay, const std::string& room, const std::string& name)
    : room_(room), name_(name), guest_(steady_options(house, relay)) {
    guest_.connect();
    guest_.sign_up(house.invite());
    guest_.consent();
    guest_.join(room, name);
}

void Writer::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        for (unsigned n = 0; !stop.stop_requested(); ++n) say(name_ + " " + std::to_string(n));
    });
}

void Writer::finish() {
    thread_.request_stop();
    thread_.join();
}

void Writer::say(const std::string& text) {
    try {
        const auto reply = guest_.ask(posting(room_, text));
        if (reply.has_message_accepted()) {
            accepted_.push_back({.id = reply.message_accepted().message_id(), .text = text});
            count(times_accepted_);
        } else if (reply.error().code() == v1::ERROR_CODE_UNAVAILABLE) {
            count(times_refused_);
        } else if (trouble_.empty()) {
            trouble_ = reply.ShortDebugString();
        }
    } catch (const std::exception& trouble) {
        if (trouble_.empty()) trouble_ = trouble.what();
    }
}

void Writer::count(std::uint64_t& what) {
    const std::lock_guard lock(mutex_);
    what += 1;
    counted_.notify_all();
}

std::uint64_t Writer::now(const std::uint64_t& count) const {
    const std::lock_guard lock(mutex_);
    return count;
}

bool Writer::wait_for(const std::uint64_t& count, std::uint64_t times) {
    std::unique_lock lock(mutex_);
    return counted_.wait_for(lock, patience, [&] { return count >= times; });
}

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

std::size_t expect_one_story(std::vector<std::unique_ptr<Writer>>& writers, const std::string& room,
                             std::vector<Said> others) {
    std::vector<Said> accepted = std::move(others);
    for (auto& writer : writers) {
        writer->finish();
        EXPECT_EQ(writer->trouble(), "");
        accepted.insert(accepted.end(), writer->accepted().begin(), writer->accepted().end());
    }
    const auto last = writers.front()->guest().post(room, "Good night.");
    accepted.push_back({.id = last, .text = "Good night."});
    const auto history = writers.front()->guest().history_backwards(room);
    expect_exactly(accepted, history);
    EXPECT_EQ(lines(writers.back()->guest().history_forwards(room)), lines(history));
    for (auto& writer : writers) {
        writer->guest().hear_up_to(room, last);
        EXPECT_EQ(lines(writer->guest().story(room)), lines(history));
    }
    return accepted.size();
}

}  // namespace kindroom::test
