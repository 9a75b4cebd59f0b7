#include <algorithm>
#include <cstdio>
#include <fstream>
#include <unistd.h>

#include "bench/listeners.hpp"
#include "bench/scenarios.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::bench {

double cpu_seconds(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    // After the name, which may hold anything: fields 14 and 15 are user and system time in ticks.
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 3; i < 14; ++i) rest >> skipped;
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

namespace {

using Member = std::pair<std::string, std::string>;  // device token, person token

struct Crowd {
    std::vector<std::string> rooms;
    std::vector<std::vector<Member>> members;
};

Crowd furnish(test::House& house, const Options& options) {
    Crowd crowd;
    for (std::uint32_t r = 0; r < options.rooms; ++r) {
        crowd.rooms.push_back(house.make_room("Room " + std::to_string(r), {"--seats", "1000"}));
        crowd.members.emplace_back();
        const auto invite =
            house.ordered({"invite", "--uses", std::to_string(options.members)}).invite_created().code();
        for (std::uint32_t m = 0; m < options.members; ++m) {
            test::Guest guest(house.options());
            guest.connect();
            guest.sign_up(invite);
            guest.consent();
            const auto joined = guest.join(crowd.rooms.back(), "Member " + std::to_string(m));
            crowd.members.back().emplace_back(guest.token(), joined.you().token());
        }
    }
    return crowd;
}

// Each member blocks the five people after them and mutes the five after those; not so the first, who posts and whom
// all are to hear.
void set_boundaries(test::House& house, const Crowd& crowd) {
    for (std::size_t r = 0; r < crowd.rooms.size(); ++r) {
        const auto& members = crowd.members[r];
        for (std::size_t m = 1; m < members.size(); ++m) {
            test::Guest guest(house.options());
            guest.connect();
            guest.get(test::resuming_session(members[m].first));
            v1::Request block;
            for (std::size_t i = 1; i <= 10; ++i) {
                const std::size_t other = 1 + (m + i) % (members.size() - 1);
                v1::PersonRef person;
                person.set_room_id(crowd.rooms[r]);
                person.set_token(members[other].second);
                if (i <= 5) {
                    *block.mutable_block_people()->add_people() = person;
                    continue;
                }
                v1::Request mute;
                *mute.mutable_add_mute()->mutable_person() = person;
                guest.get(std::move(mute));
            }
            guest.get(std::move(block));
        }
    }
}

// Deliveries for each CPU-second of the server.
double measure(test::House& house, const Crowd& crowd, const Options& options, const char* what) {
    boost::asio::io_context io{1};
    auto line = house.options().line;
    if (!options.tls) line.endpoint = "ws://127.0.0.1:" + house.plain_port();
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<Listener*> posters;
    for (std::size_t r = 0; r < crowd.rooms.size(); ++r)
        for (const auto& [token, person] : crowd.members[r]) {
            listeners.push_back(std::make_unique<Listener>(io, line, token, crowd.rooms[r]));
            if (&crowd.members[r].front().first == &token) posters.push_back(listeners.back().get());
            listeners.back()->open();
            run_until(io, [&] { return listeners.back()->is_ready(); });
        }
    const auto total = [&] {
        std::uint64_t events = 0;
        for (const auto& listener : listeners) events += listener->events();
        return events;
    };
    const std::uint64_t before = total();
    const double cpu_before = cpu_seconds(house.server().id());
    const auto start = std::chrono::steady_clock::now();
    for (Listener* poster : posters) poster->post(16, options.posts / posters.size());
    const std::uint64_t wanted = options.posts / posters.size() * listeners.size();
    run_until(io, [&] {
        return std::none_of(posters.begin(), posters.end(), [](Listener* one) { return one->is_posting(); }) &&
               total() - before >= wanted;
    });
    const double cpu = cpu_seconds(house.server().id()) - cpu_before;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto delivered = static_cast<double>(total() - before);
    std::printf(
        "{\"scenario\":\"fan_out\",\"what\":\"%s\",\"rooms\":%u,\"members\":%u,\"tls\":%s,"
        "\"deliveries\":%.0f,\"seconds\":%.2f,\"server_cpu_seconds\":%.2f,\"per_cpu_second\":%.0f}\n",
        what, options.rooms, options.members, options.tls ? "true" : "false", delivered, seconds, cpu, delivered / cpu);
    std::fflush(stdout);
    return delivered / cpu;
}

}  // namespace

void fan_out(const Options& options) {
    const test::Settings settings{{"listen.plain_address", "127.0.0.1:0"}, {"limits.roster_tick", "1h"},
                                  {"limits.requests_in_flight_max", "64"}, {"limits.outbox_bytes_max", "64 MiB"},
                                  {"limits.outbox_events_max", "1000000"}, {"limits.boundaries_max", "5000"}};
    test::House without(settings);
    test::House with(settings);
    const auto plain = furnish(without, options);
    const auto bounded = furnish(with, options);
    set_boundaries(with, bounded);
    std::vector<double> ratios;
    for (std::uint32_t round = 0; round < options.rounds; ++round) {
        const double a = measure(without, plain, options, "no boundaries");
        const double b = measure(with, bounded, options, "5 blocks, 5 mutes each");
        ratios.push_back(b / a);
    }
    std::sort(ratios.begin(), ratios.end());
    std::printf("{\"scenario\":\"fan_out\",\"with_over_without_median\":%.3f,\"lowest\":%.3f,\"highest\":%.3f}\n",
                ratios[ratios.size() / 2], ratios.front(), ratios.back());
}

}  // namespace kindroom::bench
