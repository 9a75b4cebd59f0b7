#include "net/connections.hpp"

#include <utility>

namespace kindroom::net {

void Connections::adopt(Socket socket, const TlsContext& tls, const Guest& guest, Task on_gone,
                        WsConnection::OnIntroduced on_introduced) {
    around_.shard.assert_here();
    auto stream = tls ? make_tls_stream(std::move(socket), *tls, around_.limits)
                      : make_plain_stream(std::move(socket), around_.limits);
    auto forget = [this, on_gone = std::move(on_gone)](WsConnection& gone) mutable {
        alive_.erase(&gone);
        on_gone();
    };
    AtTheDoor place;
    Task greeted;
    if (!guest.is_operator) {
        make_way();
        greeted = [this, at = place.insert(place.end(), nullptr)] { at_the_door_.erase(at); };
    }
    const auto connection = std::make_shared<WsConnection>(around_, std::move(stream), guest, std::move(greeted),
                                                           std::move(forget), std::move(on_introduced));
    alive_.emplace(connection.get(), connection);
    // Behind all that may fail for want of memory: what stands at the door is alive.
    if (!place.empty()) place.front() = connection.get();
    at_the_door_.splice(at_the_door_.end(), place);
    connection->start();
}

void Connections::make_way() {
    // It leaves the line by being dropped.
    if (at_the_door_.size() >= around_.handshakes_max) at_the_door_.front()->drop();
}

void Connections::say_goodbye() {
    around_.shard.assert_here();
    around_.home.say_goodbye();
    for (const auto& [connection, unused] : alive_) connection->drop_unless_admitted();
}

void Connections::drop_all() {
    around_.shard.assert_here();
    for (const auto& [connection, unused] : alive_) connection->drop();
}

}  // namespace kindroom::net
