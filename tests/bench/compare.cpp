#include "bench/compare.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "bench/machine.hpp"
#include "e2e/support/program.hpp"

namespace kindroom::bench {

namespace {

void print_line(const Figures& figures) {
    std::printf("%s\n", figures.json().c_str());
    std::fflush(stdout);
}

std::string program_of(const Options& options) {
    return options.program.empty() ? test::server_program() : options.program;
}

// By what is measured, all its ratios in the order of the pairs.
class Ratios {
  public:
    // Lines of one turn each, which are of the same kinds in both.
    void add(const std::vector<Figures>& one, const std::vector<Figures>& other, Figures& pair) {
        for (std::size_t line = 0; line < std::min(one.size(), other.size()); ++line) {
            const auto& before = one[line].all_measured();
            const auto& after = other[line].all_measured();
            for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
                const auto name = one.size() == 1 ? before[i].first : std::to_string(line + 1) + "_" + before[i].first;
                if (before[i].second == 0) continue;
                all_[name].push_back(after[i].second / before[i].second);
                pair.note(name.c_str(), all_[name].back());
            }
        }
    }
    void print_summary(const char* scenario) const {
        for (const auto& [name, ratios] : all_) {
            auto sorted = ratios;
            std::sort(sorted.begin(), sorted.end());
            Figures line;
            line.note("scenario", scenario).note("second_over_first", name);
            line.note("median", quantile(sorted, 0.5)).note("lowest", sorted.front()).note("highest", sorted.back());
            line.note("pairs", std::uint64_t{sorted.size()});
            print_line(line);
        }
    }

  private:
    std::map<std::string, std::vector<double>> all_;
};

}  // namespace

Figures heading(const Scenario& scenario, const Options& options) {
    Figures out;
    out.note("scenario", scenario.name);
    out.note("commit", commit_of(program_of(options)));
    out.note("program", options.program.empty() ? BENCH_BUILD : options.program);
    describe_machine(out);
    out.note("rooms", std::uint64_t{options.rooms}).note("members", std::uint64_t{options.members});
    out.note("boundaries", std::uint64_t{options.boundaries}).note("body", std::uint64_t{options.body});
    out.note("tls", options.tls).note("json", options.json).note("store", options.store);
    out.note("shards", std::uint64_t{options.shards});
    return out;
}

void print(const Scenario& scenario, const Options& options, const std::vector<Figures>& turn) {
    for (const Figures& figures : turn) print_line(heading(scenario, options).append(figures));
}

void compare(const Scenario& scenario, const Options& first, const Options& second) {
    const auto one = scenario.make(first);
    const auto other = scenario.make(second);
    Ratios ratios;
    for (std::uint32_t round = 0; round < first.rounds; ++round) {
        std::vector<Figures> of_one;
        std::vector<Figures> of_other;
        if (round % 2 == 0) of_one = one->turn();
        of_other = other->turn();
        if (round % 2 == 1) of_one = one->turn();
        print(scenario, first, of_one);
        print(scenario, second, of_other);
        Figures pair;
        pair.note("scenario", scenario.name).note("pair", std::uint64_t{round + 1}).note("ratios", "second over first");
        ratios.add(of_one, of_other, pair);
        print_line(pair);
    }
    ratios.print_summary(scenario.name);
}

}  // namespace kindroom::bench
