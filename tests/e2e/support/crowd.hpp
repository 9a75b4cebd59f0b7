// Members who keep to the rules and talk with one another while something else happens to their house.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "e2e/support/house.hpp"

namespace kindroom::test {

// All are in one room, over TLS, each on a connection of their own; in turn each says a word every two seconds, and
// what is measured is how long it takes from the saying until each of the others has it. Besides them a visitor comes
// in by a device's token again and again, as somebody does who opens the program. Threads: runs one of its own; call it
// from any one thread at a time.
class Crowd {
  public:
    // Makes the room, with that many free seats besides, and the members; all of them listen when it returns.
    Crowd(House& house, std::uint32_t members, std::uint32_t free_seats);
    ~Crowd();
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    // How a while went. Times are milliseconds.
    struct Figures {
        std::uint64_t posts = 0;
        std::uint64_t deliveries = 0;
        double median = 0;
        double p99 = 0;
        double worst = 0;
        std::uint64_t visits = 0;
        double longest_visit = 0;
        // None of these may be.
        std::uint64_t refused = 0;
        std::uint64_t lost = 0;
        std::uint64_t disconnected = 0;
        std::uint64_t visits_in_vain = 0;
        // What went wrong first, in words.
        std::string trouble;
    };
    // They begin to talk.
    void begin();
    // They fall silent; waits until everything that was said has reached everybody.
    Figures end();

    const std::string& room() const;
    // How somebody who wants to be one of them would sign in.
    const std::string& login_id() const;

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace kindroom::test
