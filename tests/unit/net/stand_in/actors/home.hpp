// Stands in for the real Home: remembers who is there.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>

#include "actors/client.hpp"

namespace kindroom::actors {

class Home {
  public:
    Client& admit(Transport& transport, const Peer& peer);
    void say_goodbye();

    // Lets all clients be read again.
    void resume();
    void forget(Client& client);

    // Any thread.
    std::atomic<std::size_t> admitted{0};
    std::atomic<std::size_t> closed{0};
    // Clients do not close when the server says goodbye.
    std::atomic<bool> stays{false};

  private:
    std::map<Client*, std::unique_ptr<Client>> clients_;
};

}  // namespace kindroom::actors
