#include "actors/shards.hpp"

#include "actors/home.hpp"

namespace kindroom::actors {

void Shards::reply(const ReturnTo& to, domain::Reply reply) const {
    // Number 0 is nobody: work that no client asked for.
    if (to.client.number == 0) return;
    send(to.client.shard, [to, reply = std::move(reply)](Home& home) mutable {
        if (Client* client = home.client(to.client)) client->reply(to.request, std::move(reply));
    });
}

}  // namespace kindroom::actors
