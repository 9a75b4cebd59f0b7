#include "bench/scenario.hpp"

namespace kindroom::bench {

const std::vector<Scenario>& scenarios() {
    static const std::vector<std::string> tiny{"--rooms", "3", "--members", "8", "--boundaries", "1", "--seconds", "1"};
    const auto small = [](std::vector<std::string> more) {
        auto out = tiny;
        out.insert(out.end(), more.begin(), more.end());
        return out;
    };
    static const std::vector<Scenario> all{
        {"fan-out",
         "posts as fast as they go: deliveries for each CPU-second of the server",
         make_fan_out,
         {},
         small({})},
        {"rate", "posts at a fixed pace: time to the reply and to the last delivery", make_rate, {}, small({})},
        {"slow-reader",
         "some stop reading in the midst of a fixed pace: how the others fare before, meanwhile and after",
         make_slow_reader,
         {"--rooms", "1", "--body", "2000", "--seconds", "10", "--rounds", "1"},
         small({"--rate", "300"})},
        {"idle-memory",
         "memory of the server for each connection that is open, signed in, and listening",
         make_idle_memory,
         {"--members", "10", "--rounds", "1"},
         small({"--connections", "40", "--quiet", "0"}),
         in_rooms},
        {"reconnect",
         "cut off, missing some messages, and back: connecting, device token, resuming a room",
         make_reconnect,
         {"--posts", "3"},
         small({})},
        {"sign-in",
         "login id and passphrase on a new connection",
         make_sign_in,
         {"--rooms", "1", "--members", "32", "--boundaries", "0"},
         small({"--boundaries", "0", "--window", "8", "--passphrase", "cheap"})},
        {"history", "pages read back from the newest to the oldest", make_history, {}, small({"--posts", "120"})},
        {"mixed-life",
         "talk, history, rosters, heard, edits, help, mutes, blocks, reports and warnings at a fixed pace of acts",
         make_mixed_life,
         {"--members", "12", "--rate", "400", "--seconds", "10"},
         small({"--seconds", "3"}),
         lively_house},
        {"block-cost",
         "the reply to a block between two people with 20 rooms and three devices",
         make_block_cost,
         {"--rounds", "1"},
         {"--pairs", "2"},
         busy_room},
        {"filters",
         "judging one message with many filters, in one thread and without a server",
         make_filter_cost,
         {},
         {}},
    };
    return all;
}

}  // namespace kindroom::bench
