// What can be measured: the rows of the table in scenarios.cpp, one file for each.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/figures.hpp"
#include "bench/options.hpp"

namespace kindroom::bench {

// One house with its people, in which something can be measured again and again. A turn throws WrongDelivery where
// somebody did not receive exactly the messages that they may see.
class Bout {
  public:
    virtual ~Bout() = default;
    // One line for each thing measured.
    virtual std::vector<Figures> turn() = 0;
};

struct Scenario {
    const char* name;
    const char* about;
    std::unique_ptr<Bout> (*make)(const Options& options);
    // What differs from the options' own defaults.
    std::vector<std::string> defaults;
    // On top of it for a run of seconds that only looks whether all is delivered.
    std::vector<std::string> smoke;
    // What this scenario makes of the options, where some of them are not free.
    Options (*fit)(Options options) = [](Options options) { return options; };
};

const std::vector<Scenario>& scenarios();

Options in_rooms(Options options);
Options lively_house(Options options);
Options busy_room(Options options);
std::unique_ptr<Bout> make_fan_out(const Options& options);
std::unique_ptr<Bout> make_rate(const Options& options);
std::unique_ptr<Bout> make_slow_reader(const Options& options);
std::unique_ptr<Bout> make_idle_memory(const Options& options);
std::unique_ptr<Bout> make_reconnect(const Options& options);
std::unique_ptr<Bout> make_sign_in(const Options& options);
std::unique_ptr<Bout> make_history(const Options& options);
std::unique_ptr<Bout> make_mixed_life(const Options& options);
std::unique_ptr<Bout> make_block_cost(const Options& options);
std::unique_ptr<Bout> make_filter_cost(const Options& options);

}  // namespace kindroom::bench
