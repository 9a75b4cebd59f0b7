#include "actors/hub.hpp"

#include <algorithm>
#include <array>

#include "ops/metrics.hpp"
#include "wire/encode.hpp"

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

domain::RoomStep without_link(domain::RoomStep step) {
    if (auto* posted = std::get_if<domain::MessagePosted>(&step.what)) posted->message.reply_to.reset();
    return step;
}

bool has_link(const domain::RoomStep& step) {
    const auto* posted = std::get_if<domain::MessagePosted>(&step.what);
    return posted && posted->message.reply_to;
}

}  // namespace

void Hub::deliver_step(const bus::PublicationPtr& publication, const std::vector<Client*>& listeners) {
    // One encoding per format for all who listen here, made when the first of them needs it.
    std::array<std::shared_ptr<const SharedFrames>, 2> encoded;
    const auto& step = std::get<domain::RoomStep>(publication->what);
    metrics_.add(ops::Counter::events_delivered, listeners.size());
    for (Client* client : listeners) {
        auto& frames = encoded[client->format() == wire::Format::json];
        if (!frames) {
            const bool is_ready = client->format() == wire::Format::binary && publication->frame;
            SharedFrames made{.publication = publication, .frame = nullptr, .without_link = nullptr};
            made.frame = is_ready ? publication->frame : wire::encode_event(step, client->format(), cursors_);
            if (has_link(step))
                made.without_link = is_ready ? publication->frame_without_link
                                             : wire::encode_event(without_link(step), client->format(), cursors_);
            frames = std::make_shared<const SharedFrames>(std::move(made));
        }
        client->deliver(frames);
    }
}

void Hub::deliver(const bus::Publications& publications) {
    for (const auto& publication : publications) {
        const auto found = listeners_.find(publication->room);
        if (found == listeners_.end()) continue;
        if (std::holds_alternative<domain::RoomStep>(publication->what)) {
            deliver_step(publication, found->second);
        } else if (const auto* ticked = std::get_if<domain::RosterTicked>(&publication->what)) {
            for (Client* client : found->second) client->tell_roster(*ticked);
        } else if (const auto* changed = std::get_if<domain::RoomChanged>(&publication->what)) {
            for (Client* client : found->second) client->tell(*changed);
        }
    }
}

}  // namespace kindroom::actors
