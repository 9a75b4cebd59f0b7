#include "bus/local_bus.hpp"

namespace kindroom::bus {

void LocalBus::listen(Scheduler& home, Listener listener) { ears_.push_back({home, std::move(listener)}); }

void LocalBus::publish(Publications publications) {
    for (Ear& ear : ears_) ear.home.post([&ear, publications] { ear.listener(publications); });
}

}  // namespace kindroom::bus
