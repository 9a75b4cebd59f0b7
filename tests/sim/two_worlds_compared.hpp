// How what the devices of two worlds were told is made comparable, and where it parts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/two_worlds.hpp"

namespace kindroom::sim {

// One thing that left the server for a device.
struct Delivery {
    TimePoint at{};
    v1::Event event;
};

// Of what goes out in one moment: answers and rooms come from several shards, in an order of chance; the steps of one
// room keep theirs.
enum class Forget { order_of_answers, all_order };

// Renames ids, and puts into one order what may have any. `known`: what has the same name in all worlds.
HeardByDevice comparable(std::vector<std::vector<Delivery>> told, Forget which,
                         const std::map<std::string, std::string>& known);

}  // namespace kindroom::sim
