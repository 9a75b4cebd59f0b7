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

void Hub::deliver_step(const bus::PublicationPtr& publication, const std::vector<Client*>& listeners) {
    // One for each format for all who listen here, made when the first of them needs it.
    std::array<std::shared_ptr<SharedFrames>, 2> encoded;
    metrics_.add(ops::Counter::events_delivered, listeners.size());
    for (Client* client : listeners) {
        auto& frames = encoded[client->format() == wire::Format::json];
        if (!frames) frames = std::make_shared<SharedFrames>(publication, client->format(), cursors_);
        try {
            client->deliver(frames);
        } catch (const std::bad_alloc&) {
            // It comes back for what it missed; those behind it miss nothing.
            client->close(CloseCode::too_slow);
        }
    }
}

void Hub::deliver(const bus::Publications& publications) {
    for (const auto& publication : publications) {
        const auto found = listeners_.find(publication->room);
        if (found == listeners_.end()) continue;
        if (std::holds_alternative<domain::RoomStep>(publication->what)) {
            deliver_step(publication, found->second);
        } else if (std::holds_alternative<domain::RosterTicked>(publication->what)) {
            for (Client* client : found->second) client->tell_roster(publication);
        } else if (std::holds_alternative<domain::CircleTold>(publication->what)) {
            for (Client* client : found->second) client->tell_circle(publication);
        } else if (const auto* changed = std::get_if<domain::RoomChanged>(&publication->what)) {
            for (Client* client : found->second) client->tell(*changed);
        }
    }
}

}  // namespace kindroom::actors
