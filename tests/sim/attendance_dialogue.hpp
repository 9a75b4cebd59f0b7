// What the dialogues about attendance have in common: a room of certain settings, and those who look after it.
#pragma once

#include <algorithm>
#include <functional>
#include <string>

#include "sim/dialogue.hpp"

namespace kindroom::sim {

class AttendanceDialogue : public Dialogue {
  protected:
    // A room of those settings instead of the usual one.
    void furnish(const std::function<void(v1::RoomSettings&)>& set, Limits limits = quick()) {
        open(limits);
        auto request = create_room("Night");
        set(*request.mutable_create_room()->mutable_settings());
        room_ = world_->ask(*operator_, request).room_card().room().room_id();
    }
    Device& moderator(const std::string& name) {
        Device& device = somebody();
        EXPECT_TRUE(world_->ask(*operator_, set_role(device.login_id(), v1::ROLE_MODERATOR)).has_done());
        EXPECT_TRUE(world_->ask(device, join(room_, name)).has_room_joined());
        return device;
    }
    // The last of its kind that a device was told by itself.
    static v1::Event last(Device& device, v1::Event::KindCase kind) {
        for (auto event = device.heard.rbegin(); event != device.heard.rend(); ++event)
            if (event->kind_case() == kind) return *event;
        return {};
    }
    static v1::RoomState told(Device& device) {
        return last(device, v1::Event::kRoomChanged).room_changed().room().state();
    }
    static v1::Person who_knocked(Device& device) {
        return last(device, v1::Event::kKnockHeard).knock_heard().person();
    }
    v1::RoomCard listed(Device& device) {
        v1::Request list;
        list.mutable_list_rooms();
        const auto reply = world_->ask(device, list);
        for (const auto& card : reply.rooms().rooms())
            if (card.room_id() == room_) return card;
        return {};
    }
    template <class Fits>
    static auto times(Device& device, Fits fits) {
        return std::count_if(device.heard.begin(), device.heard.end(), fits);
    }
    const Limits& limits() const { return world_->ground().limits; }
};

}  // namespace kindroom::sim
