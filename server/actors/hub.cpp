#include "actors/hub.hpp"

#include <algorithm>
#include <array>
#include <new>

#include "ops/metrics.hpp"

namespace kindroom::actors {

void Hub::listen(RoomId room, Client& client) {
    auto& listeners = listeners_[room];
    if (std::find(listeners.begin(), listeners.end(), &client) == listeners.end()) listeners.push_back(&client);
}

void Hub::stop_listening(RoomId room, Client& client) {
    const auto found = listeners_.find(room);
    if (found == listeners_.end()) return;
    std::erase(found->second, &client);
    if (found->second.empty()) listeners_.erase(found);
}

namespace {

template <class Tell>
void tell_each(const std::vector<Client*>& listeners, Tell tell) {
    for (Client* client : listeners) {
        try {
            tell(*client);
        } catch (const std::bad_alloc&) {
            // It comes back for what it missed; those behind it miss nothing.
            client->too_slow();
        }
    }
}

}  // namespace

void Hub::deliver_step(const bus::PublicationPtr& publication, const std::vector<Client*>& listeners) {
    // One for each format for all who listen here, made when the first of them needs it.
    std::array<std::shared_ptr<SharedFrames>, 2> encoded;
    metrics_.add(ops::Counter::events_delivered, listeners.size());
    tell_each(listeners, [&](Client& client) {
        auto& frames = encoded[client.format() == wire::Format::json];
        if (!frames) frames = std::make_shared<SharedFrames>(publication, client.format(), cursors_);
        client.deliver(frames);
    });
}

void Hub::deliver(const bus::Publications& publications) {
    for (const auto& publication : publications) {
        const auto found = listeners_.find(publication->room);
        if (found == listeners_.end()) continue;
        const auto& listeners = found->second;
        if (std::holds_alternative<domain::RoomStep>(publication->what)) {
            deliver_step(publication, listeners);
        } else if (std::holds_alternative<domain::RosterTicked>(publication->what)) {
            tell_each(listeners, [&](Client& client) { client.tell_roster(publication); });
        } else if (std::holds_alternative<domain::CircleTold>(publication->what)) {
            tell_each(listeners, [&](Client& client) { client.tell_circle(publication); });
        } else if (const auto* changed = std::get_if<domain::RoomChanged>(&publication->what)) {
            tell_each(listeners, [&](Client& client) { client.tell(*changed); });
        }
    }
}

}  // namespace kindroom::actors
