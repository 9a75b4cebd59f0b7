// What can be measured. Each prints one JSON object a line.
#pragma once

#include <cstdint>
#include <string>

namespace kindroom::bench {

struct Options {
    std::uint32_t rooms = 10;
    std::uint32_t members = 100;
    std::uint64_t posts = 20'000;
    std::uint32_t rounds = 3;
    bool tls = false;
};

// Deliveries for each second of the server's CPU time, without and with boundaries in force (each member blocks five
// people and mutes five), in turn.
void fan_out(const Options& options);

// How long the reply to a block takes, between two people who share 20 rooms of 12 members and have three devices each,
// at an idle server and at one that is kept busy.
void block_cost();

// What judging one message costs with 1,000 words, 200 patterns and all kinds of contact details.
void filter_cost();

// User and system time of a process so far, in seconds.
double cpu_seconds(int pid);

}  // namespace kindroom::bench
