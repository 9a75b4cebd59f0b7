// The connections of one shard.
#pragma once

#include <list>
#include <memory>
#include <unordered_map>

#include "net/tls_context.hpp"
#include "net/ws_connection.hpp"

namespace kindroom::net {

// Keeps connections alive until they have ended. Owner: its shard; every call there but the constructor and destructor.
// Bound: handshakes_max. Beyond it the one that came first gives way: who means to come in is through within moments,
// so whoever has been at it longest is most likely one who never will.
class Connections {
  public:
    explicit Connections(const Surroundings& around) : around_(around) {}
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    // A socket of this shard's io_context. Plain without `tls`. `on_gone` runs on this shard, once nothing is left.
    void adopt(Socket socket, const TlsContext& tls, const Guest& guest, Task on_gone,
               WsConnection::OnIntroduced on_introduced = nullptr);
    // Clients get a close code that invites them back; whoever is not yet one is dropped.
    void say_goodbye();
    void drop_all();

  private:
    // In the order in which they came; operators are not among them.
    using AtTheDoor = std::list<WsConnection*>;
    void make_way();

    const Surroundings around_;
    AtTheDoor at_the_door_;
    std::unordered_map<WsConnection*, std::shared_ptr<WsConnection>> alive_;
};

}  // namespace kindroom::net
