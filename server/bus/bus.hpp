// Seam: how what happened reaches every shard that has somebody listening.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/scheduler.hpp"
#include "base/task.hpp"
#include "domain/event.hpp"

namespace kindroom::bus {

// What a room, or the house, has to tell. Immutable and shared by all shards. The happening is whole, account ids
// included, so that each receiver's visibility can be asked; what leaves the server is made of it by wire/.
struct Publication {
    // Whose listeners it is for. Nil: everybody who is signed in (house rules).
    RoomId room;
    std::variant<domain::RoomStep, domain::RosterTicked, domain::RoomChanged, domain::RulesChanged,
                 domain::CircleTold>
        what;
    // What most receivers get, encoded once for all of them by the publisher; without it, and for those who are not
    // shown all of it, each shard encodes for itself.
    std::shared_ptr<const std::string> frame{};
};

using PublicationPtr = std::shared_ptr<const Publication>;
using Publications = std::vector<PublicationPtr>;

// - publish() is asynchronous and never blocks; any thread.
// - What one thread publishes arrives on each shard in that order, and after whatever that thread posted to the shard
//   before. (Resume rests on it: a room answers "you have seen all up to here" and publishes what follows.)
// - The bus may lose everything but order: the store is the truth. LocalBus loses nothing.
class Bus {
  public:
    using Listener = MoveOnlyFunction<void(const Publications&)>;

    virtual ~Bus() = default;

    // Registers a shard's listener, before the first publish. The listener is called on `home`, once per publish().
    virtual void listen(Scheduler& home, Listener listener) = 0;
    virtual void publish(Publications publications) = 0;
};

}  // namespace kindroom::bus
