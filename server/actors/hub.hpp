// Who on this shard listens to which room, and the way from a publication to their outboxes.
// Owner: the shard's thread.
#pragma once

#include <unordered_map>
#include <vector>

#include "actors/client.hpp"
#include "bus/bus.hpp"
#include "crypto/cursor.hpp"

namespace kindroom::ops {
class Metrics;
}

namespace kindroom::actors {

class Hub {
  public:
    Hub(const crypto::CursorSealer& cursors, ops::Metrics& metrics) : cursors_(cursors), metrics_(metrics) {}

    void listen(RoomId room, Client& client);
    void stop_listening(RoomId room, Client& client);

    // What rooms have to tell, to those who listen to them. What concerns the whole house is told by Home.
    void deliver(const bus::Publications& publications);

  private:
    void deliver_step(const bus::PublicationPtr& publication, const std::vector<Client*>& listeners);

    const crypto::CursorSealer& cursors_;
    ops::Metrics& metrics_;
    std::unordered_map<RoomId, std::vector<Client*>> listeners_;
};

}  // namespace kindroom::actors
