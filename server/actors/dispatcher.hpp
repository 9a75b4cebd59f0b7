// From a decoded command to the actor that decides: one table says what each command needs, one function says where it
// goes. One per shard; owner: the shard's thread.
#pragma once

#include <cstdint>

#include "domain/command.hpp"

namespace kindroom::actors {

class Client;
class Home;

class Dispatcher {
  public:
    explicit Dispatcher(Home& home) : home_(home) {}

    // Answered exactly once, now or later.
    void dispatch(Client& client, std::uint32_t request, domain::Command command);
    // One that has been judged and charged, and whose answer is worth nothing any more.
    void dispatch_again(Client& client, std::uint32_t request, domain::Command command);

  private:
    Home& home_;
};

}  // namespace kindroom::actors
