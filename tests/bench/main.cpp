// kindroom-bench: measures the real server over real sockets, on this machine, one scenario at a time.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <sstream>

#include "bench/compare.hpp"
#include "bench/ledger.hpp"
#include "bench/machine.hpp"
#include "bench/scenario.hpp"

namespace {

using namespace kindroom::bench;
using Words = std::vector<std::string>;

constexpr int wrong_delivery = 1;
constexpr int wrong_usage = 2;
constexpr int trouble = 3;

std::string usage() {
    std::string out =
        "kindroom-bench SCENARIO [OPTIONS]\n"
        "kindroom-bench compare --programs A B -- SCENARIO [OPTIONS]      two builds of kindroomd in turn\n"
        "kindroom-bench compare --each \"OPTIONS\" \"OPTIONS\" -- SCENARIO [OPTIONS]\n"
        "kindroom-bench smoke [OPTIONS]        every scenario for seconds; fails only on wrong deliveries\n\n"
        "Ends with 1 where somebody did not receive exactly what they may see.\n\nScenarios:\n";
    for (const Scenario& scenario : scenarios()) {
        std::string name = scenario.name;
        name.resize(14, ' ');
        out += "  " + name + scenario.about + "\n";
        if (scenario.defaults.empty()) continue;
        out += "                by default";
        for (const auto& word : scenario.defaults) out += " " + word;
        out += "\n";
    }
    return out + "\nOptions:\n" + option_list();
}

// The scenario that stands first, and its options.
const Scenario& find(Words& words) {
    if (words.empty()) throw WrongUsage("say which scenario");
    const auto& all = scenarios();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == words.front(); });
    if (found == all.end()) throw WrongUsage("'" + words.front() + "' is not a scenario");
    words.erase(words.begin());
    return *found;
}

Options options_of(const Scenario& scenario, const Words& words) {
    return scenario.fit(read_options(words, read_options(scenario.defaults, {})));
}

void run(const Scenario& scenario, const Options& options) {
    const auto bout = scenario.make(options);
    for (std::uint32_t round = 0; round < options.rounds; ++round) print(scenario, options, bout->turn());
}

Words split(const std::string& text) {
    std::istringstream in(text);
    Words out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
}

void compare_two(Words words) {
    if (words.size() < 5 || words[3] != "--") throw WrongUsage("compare takes two of a kind, --, and a scenario");
    Words first;
    Words second;
    if (words[0] == "--programs") {
        first = {"--program", words[1]};
        second = {"--program", words[2]};
    } else if (words[0] == "--each") {
        first = split(words[1]);
        second = split(words[2]);
    } else {
        throw WrongUsage("compare takes --programs or --each");
    }
    words.erase(words.begin(), words.begin() + 4);
    const Scenario& scenario = find(words);
    const Options common = options_of(scenario, words);
    compare(scenario, scenario.fit(read_options(first, common)), scenario.fit(read_options(second, common)));
}

void smoke(const Words& words) {
    for (const Scenario& scenario : scenarios()) {
        auto options = read_options(scenario.smoke, read_options(scenario.defaults, {}));
        options.rounds = 2;
        run(scenario, scenario.fit(read_options(words, options)));
    }
}

int run(Words words) {
    if (words.empty() || words.front() == "--help") return std::fputs(usage().c_str(), stdout), words.empty() ? 2 : 0;
    allow_many_files();
    if (words.front() == "compare") return compare_two({words.begin() + 1, words.end()}), 0;
    if (words.front() == "smoke") return smoke({words.begin() + 1, words.end()}), 0;
    const Scenario& scenario = find(words);
    return run(scenario, options_of(scenario, words)), 0;
}

int fail(const char* what, int code) { return std::fprintf(stderr, "kindroom-bench: %s\n", what), code; }

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const WrongUsage& wrong) {
        return std::fputs("kindroom-bench --help lists scenarios and options\n", stderr),
               fail(wrong.what(), wrong_usage);
    } catch (const WrongDelivery& wrong) {
        return fail(wrong.what(), wrong_delivery);
    } catch (const std::exception& other) {
        return fail(other.what(), trouble);
    }
}
