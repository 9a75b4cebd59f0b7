// What the dialogues about boundaries have in common.
#pragma once

#include <algorithm>

#include "sim/dialogue.hpp"

namespace kindroom::sim {

// Ana, Ben and Cleo are in a room. Mostly Ana sets the boundary, Ben meets it, and Cleo has none.
class Boundaries : public Dialogue {
  protected:
    void come_in() {
        ana_ = &member("Ana");
        ben_ = &member("Ben");
        cleo_ = &member("Cleo");
        tick();
    }
    Somebody person(Device& device) { return {room_, device.screen(room_).my_token}; }

    // Returns the block's id.
    std::string blocks(Device& device, Device& other) {
        const auto reply = world_->ask(device, block({person(other)}));
        EXPECT_EQ(reply.people_blocked().blocks_size(), 1) << reply.ShortDebugString();
        return reply.people_blocked().blocks(0).block_id();
    }
    // Until everybody has been told of a roster that was taken from now on.
    void tick() {
        const auto& limits = world_->ground().limits;
        world_->pass(2 * (limits.roster_tick + limits.roster_tick_jitter));
    }
    v1::HistoryPage page(Device& device, std::uint32_t limit = 50) {
        return world_->ask(device, history(room_, limit)).history_page();
    }
    static Lines texts(const v1::HistoryPage& page) {
        Lines lines;
        for (const auto& message : page.messages()) lines.push_back(message.text());
        return lines;
    }
    Lines read(Device& device) { return texts(page(device)); }
    Lines people(Device& device) {
        Lines names;
        const auto reply = world_->ask(device, roster(room_));
        for (const auto& one : reply.roster().people()) names.push_back(one.name());
        std::sort(names.begin(), names.end());
        return names;
    }
    std::string said(Device& device, const std::string& text) {
        return say(device, text).message_accepted().message_id();
    }
    v1::Message found(Device& device, const std::string& text) {
        const auto all = page(device);
        for (const auto& message : all.messages())
            if (message.text() == text) return message;
        ADD_FAILURE() << "nobody said " << text;
        return {};
    }
    std::string cursor_of(Device& device) {
        const auto cursor = world_->ground().cursors.seal(id_from<RoomId>(room_), device.screen(room_).last);
        return std::string(as_text(cursor));
    }
    v1::Reply post_to(Device& device, const std::string& room, const std::string& text) {
        return world_->ask(device, post(room, key(), text));
    }
    // Everything that leaves the server for one device from now on, replies too.
    std::shared_ptr<std::vector<v1::Event>> overhear(Device& device) {
        auto events = std::make_shared<std::vector<v1::Event>>();
        world_->witness().set_listener([&device, events](const Connection& connection, const v1::Batch& batch) {
            if (&connection == device.connection())
                events->insert(events->end(), batch.event().begin(), batch.event().end());
        });
        return events;
    }
    // A member who looks after this house.
    Device& moderator(const std::string& name) {
        Device& device = member(name);
        EXPECT_TRUE(world_->ask(*operator_, set_role(device.login_id(), v1::ROLE_MODERATOR)).has_done());
        return device;
    }
    // Makes the two contacts; returns their room.
    std::string befriend(Device& one, Device& other) {
        EXPECT_TRUE(world_->ask(one, offer_contact(person(other))).has_offer_made());
        settle();
        const auto offers = world_->ask(other, list_contacts()).contacts();
        EXPECT_EQ(offers.received_size(), 1);
        if (offers.received_size() == 0) return {};
        const auto made = world_->ask(other, answer_offer(offers.received(0).offer_id(), true));
        EXPECT_TRUE(made.has_contact_made()) << made.ShortDebugString();
        settle();
        return made.contact_made().contact().room_id();
    }

    Device* ana_ = nullptr;
    Device* ben_ = nullptr;
    Device* cleo_ = nullptr;
};

// A reply without what tells one request from another.
inline std::string bare(v1::Reply reply) {
    reply.clear_request_id();
    return reply.SerializeAsString();
}

}  // namespace kindroom::sim
