#include "operator/selftest/timing.hpp"

#include <array>
#include <chrono>
#include <memory>

namespace kindroom::operator_ {

namespace {

using Clock = std::chrono::steady_clock;

// One of the two worlds. `ana` blocks `ben` in one and leaves in the other; dora stays in both.
struct World {
    World(const ScratchHouse& house, Keeper& keeper) : room(keeper.make_room()), ana(house), ben(house), dora(house) {
        ana.join(room, "Ana");
        ben.join(room, "Ben");
        dora.join(room, "Dora");
        direct = ben.become_contact_of(ana, room);
        her = ana.in(room);
    }

    std::string room;
    std::string direct;
    Someone ana, ben, dora;
    v1::PersonRef her;
};

double microseconds(Someone& who, v1::Request request) {
    const auto before = Clock::now();
    who.ask(std::move(request));
    return std::chrono::duration<double, std::micro>(Clock::now() - before).count();
}

v1::Request joining(const std::string& room) {
    v1::Request request;
    request.mutable_join_room()->set_room_id(room);
    request.mutable_join_room()->set_name("Ben");
    return request;
}

v1::Request asking_who(const std::string& room) {
    v1::Request request;
    request.mutable_get_roster()->set_room_id(room);
    return request;
}

using Make = v1::Request (*)(const World&);
struct Call {
    const char* what;
    Make make;
    bool leaves_first = false;
};
constexpr std::array<Call, 5> calls{{
    {"post", [](const World& world) { return posting(world.room, "words"); }},
    {"direct message", [](const World& world) { return posting(world.direct, "words"); }},
    {"offer", [](const World& world) { return offering(world.her); }},
    {"profile", [](const World& world) { return asking_who(world.room); }},
    {"join", [](const World& world) { return joining(world.room); }, true},
}};

// Made in turn, so that neither is always the older one.
std::pair<std::unique_ptr<World>, std::unique_ptr<World>> two_worlds(const ScratchHouse& house, Keeper& keeper,
                                                                     bool blocked_first) {
    auto first = std::make_unique<World>(house, keeper);
    auto second = std::make_unique<World>(house, keeper);
    auto blocked = std::move(blocked_first ? first : second);
    auto left = std::move(blocked_first ? second : first);
    blocked->ana.block({blocked->ben.in(blocked->room)});
    v1::Request disconnect;
    disconnect.mutable_disconnect()->set_room_id(left->direct);
    left->ana.get(std::move(disconnect));
    left->ana.leave(left->room);
    return {std::move(blocked), std::move(left)};
}

TimedWorlds time_call(const Call& call, World& blocked, World& left, std::uint32_t pairs) {
    TimedWorlds timed;
    for (std::uint32_t pair = 0; pair < pairs; ++pair) {
        // Who comes first alternates too.
        for (const bool first : {pair % 2 == 0, pair % 2 != 0}) {
            World& world = first ? blocked : left;
            if (call.leaves_first) world.ben.leave(world.room);
            (first ? timed.a : timed.b).push_back(microseconds(world.ben, call.make(world)));
        }
        for (World* world : {&blocked, &left}) world->ben.forget_heard();
    }
    return timed;
}

}  // namespace

std::vector<TimedCall> time_calls(const ScratchHouse& house, Keeper& keeper, std::uint32_t pairs) {
    const auto each = static_cast<std::uint32_t>((pairs + worlds_max - 1) / worlds_max);
    std::array<std::vector<TimedWorlds>, calls.size()> timed;
    for (std::size_t i = 0; i < worlds_max; ++i) {
        const auto [blocked, left] = two_worlds(house, keeper, i % 2 == 0);
        for (std::size_t call = 0; call < calls.size(); ++call)
            timed[call].push_back(time_call(calls[call], *blocked, *left, each));
    }
    std::vector<TimedCall> compared;
    for (std::size_t call = 0; call < calls.size(); ++call)
        compared.push_back({calls[call].what, compare(timed[call])});
    return compared;
}

}  // namespace kindroom::operator_
