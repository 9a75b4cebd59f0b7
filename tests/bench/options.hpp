// What a measurement is asked for on the command line.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace kindroom::bench {

struct Options {
    // -- the house and its people --
    std::uint32_t rooms = 10;
    std::uint32_t members = 100;  // of each room
    std::uint32_t boundaries = 5;
    std::string store = "sqlite";
    std::uint32_t shards = 2;
    std::string program;
    // -- how they are connected --
    bool tls = false;
    bool json = false;
    // -- what they do --
    std::uint32_t seconds = 5;
    std::uint32_t rounds = 3;
    std::uint32_t posters = 1;
    std::uint32_t window = 16;
    std::uint32_t rate = 200;
    std::uint32_t body = 100;
    std::uint32_t posts = 500;
    std::uint32_t readers = 16;
    std::uint32_t slow = 1;
    std::uint32_t pairs = 20;
    std::uint32_t quiet = 5;
    std::uint32_t connections = 10'000;
    std::string passphrase = "real";

    std::uint32_t people() const { return rooms * members; }
};

struct WrongUsage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// `words` on top of what was said before. Throws WrongUsage, which names the word.
Options read_options(const std::vector<std::string>& words, Options before);

// One line for each option, with its default.
std::string option_list();

}  // namespace kindroom::bench
