// What the dialogues have in common: a house with one room, and people who come when a test asks for them.
#pragma once

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "sim/asking.hpp"
#include "sim/world.hpp"

namespace kindroom::sim {

using Outcome = store::MemoryStore::Outcome;
using Lines = std::vector<std::string>;

// A house with one room and the people that a test asks for. No surprises but those that it makes itself.
class Dialogue : public ::testing::Test {
  protected:
    void open(Limits limits = quick(), std::uint32_t shards = 3) {
        world_.emplace(42, SimWorld::Options{.shards = shards, .limits = limits, .pace = {}});
        operator_ = &world_->operators_device();
        operator_->begin();
        room_ = world_->ask(*operator_, create_room("Evening")).room_card().room().room_id();
    }
    static Limits quick() {
        Limits limits;
        limits.posts_burst = limits.newcomer_posts_burst = 10'000;
        limits.joins_burst = limits.commands_burst = 10'000;
        without_first_visits(limits);
        return limits;
    }
    void TearDown() override {
        if (!world_) return;
        for (const auto& violation : world_->witness().violations()) ADD_FAILURE() << violation;
    }

    // Somebody with an account and consent, not in the room yet.
    Device& somebody() {
        Device& device = world_->new_device();
        device.begin();
        EXPECT_TRUE(world_->ask(device, create_account()).has_account_created());
        EXPECT_TRUE(world_->ask(device, consent(1)).has_done());
        return device;
    }
    Device& member(const std::string& name) {
        Device& device = somebody();
        EXPECT_TRUE(world_->ask(device, join(room_, name)).has_room_joined());
        return device;
    }
    Device& second_device_of(Device& first, const std::string& name) {
        Device& device = world_->new_device();
        device.begin();
        EXPECT_TRUE(world_->ask(device, sign_in(first.login_id())).has_signed_in());
        if (!name.empty()) {
            EXPECT_TRUE(world_->ask(device, join(room_, name)).has_room_joined());
        }
        return device;
    }
    v1::Reply say(Device& device, const std::string& text) { return world_->ask(device, post(room_, key(), text)); }
    std::string key() {
        std::string bytes(16, 'k');
        bytes[0] = static_cast<char>(++keys_);
        return bytes;
    }
    std::string session_of(Device& device) {
        const auto reply = world_->ask(device, list_sessions());
        for (const auto& session : reply.sessions().sessions())
            if (session.current()) return session.session_id();
        return {};
    }
    void settle() { world_->pass(Duration{500}); }

    std::optional<SimWorld> world_;
    Device* operator_ = nullptr;
    std::string room_;
    int keys_ = 0;
};

}  // namespace kindroom::sim
