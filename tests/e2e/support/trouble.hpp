// A house in which people talk, keep others away and are banned while its machine is in trouble, and what must be true
// of all that was answered.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "e2e/support/faults.hpp"
#include "e2e/support/writer.hpp"

namespace kindroom::test {

class TroubledHouse : public testing::Test {
  protected:
    explicit TroubledHouse(const Settings& more = {});

    // -- four who post without a pause --
    void begin_to_write();
    // Until each of them was answered so many times more. Fails the test where that takes too long.
    void wait_accepted(std::uint64_t each = 1);
    void wait_refused(std::uint64_t each = 1);
    // By all together, up to now.
    std::uint64_t times_accepted() const;

    // -- what is done meanwhile --
    // Eve blocks the one with this number, and the operator bans them from the house. All six are there once only.
    static constexpr std::size_t others_max = 6;
    enum class Expected { accepted, unavailable };
    void block_and_ban(std::size_t other, Expected expected);
    // What one of the others posts is kept as well.
    void posts(std::size_t other, const std::string& text);
    // They have erased their account.
    void is_erased(std::size_t other) { others_[other].is_erased = true; }
    Guest& other(std::size_t number) { return others_[number].guest; }
    const std::string& token(std::size_t number) const { return others_[number].token; }
    Guest& eve() { return *eve_; }
    const std::string& rule() const { return rule_; }

    // -- the server's death --
    void kill();
    // Whoever is not a writer comes back as well.
    void start();

    // All that was accepted is there, once and in one order, and nothing of what was refused. The writers stop.
    void expect_exactly_what_was_accepted();
    // Nobody was cut off, by the server or for want of one.
    void expect_nobody_was_cut();

    Faults faults;
    House house;
    Relay relay;
    std::string room;
    std::vector<std::unique_ptr<Writer>> writers;

  private:
    struct Other {
        Guest guest;
        std::string name;
        std::string token;
        bool is_blocked = false;
        bool is_banned = false;
        bool is_erased = false;
    };

    std::unique_ptr<Guest> eve_;
    std::vector<Other> others_;
    std::vector<Said> said_;
    std::string rule_;
};

}  // namespace kindroom::test
