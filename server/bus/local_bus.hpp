// The bus of a server that is alone: each shard's queue.
#pragma once

#include <deque>

#include "bus/bus.hpp"

namespace kindroom::bus {

// Loses nothing. No lock: listeners are registered before the shards start and never change.
class LocalBus final : public Bus {
  public:
    void listen(Scheduler& home, Listener listener) override;
    void publish(Publications publications) override;

  private:
    struct Ear {
        Scheduler& home;
        Listener listener;
    };
    // Ears stay where they are: tasks in flight hold references.
    std::deque<Ear> ears_;
};

}  // namespace kindroom::bus
