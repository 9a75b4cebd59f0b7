// Somebody who posts without a pause while the house is in trouble, and what must be true of all that they said.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

struct Said {
    std::string id;
    std::string text;
};

// Over a line that comes back by itself and repeats what was not answered. What is refused is not said again.
class Writer {
  public:
    // Signs up, agrees to the rules and joins the room.
    Writer(House& house, const Relay& relay, const std::string& room, const std::string& name);

    void start();
    void finish();

    Guest& guest() { return guest_; }

    // -- any thread, while they write --
    // Refused as unavailable; any other refusal is a trouble.
    std::uint64_t times_accepted() const { return now(times_accepted_); }
    std::uint64_t times_refused() const { return now(times_refused_); }
    // Until they were so often in all; false: that took too long.
    bool wait_accepted(std::uint64_t times) { return wait_for(times_accepted_, times); }
    bool wait_refused(std::uint64_t times) { return wait_for(times_refused_, times); }

    // -- afterwards --
    const std::vector<Said>& accepted() const { return accepted_; }
    // The first one; empty: none.
    const std::string& trouble() const { return trouble_; }

  private:
    std::uint64_t now(const std::uint64_t& count) const;
    bool wait_for(const std::uint64_t& count, std::uint64_t times);
    void count(std::uint64_t& what);
    void say(const std::string& text);

    const std::string room_;
    const std::string name_;
    Guest guest_;
    std::vector<Said> accepted_;
    std::string trouble_;
    // Guards the counts.
    mutable std::mutex mutex_;
    std::condition_variable counted_;
    std::uint64_t times_accepted_ = 0;
    std::uint64_t times_refused_ = 0;
    std::jthread thread_;
};

// Of each message that was accepted: there, once, as it was said; and nothing besides.
void expect_exactly(const std::vector<Said>& accepted, const std::vector<v1::Message>& history);
// The writers stop; one more message is said. What was accepted of them, and of `others`, is in the room exactly, read
// in either direction, and each of them was told the same story as it happened. Gives how many messages that are.
std::size_t expect_one_story(std::vector<std::unique_ptr<Writer>>& writers, const std::string& room,
                             std::vector<Said> others = {});

}  // namespace kindroom::test
