#include "operator/selftest/timing.hpp"

#include <array>
#include <chrono>
#include <functional>

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

}  // namespace

std::vector<TimedCall> time_calls(const ScratchHouse& house, Keeper& keeper, std::uint32_t pairs) {
    World blocked(house, keeper);
    World left(house, keeper);
    blocked.ana.block({blocked.ben.in(blocked.room)});
    v1::Request disconnect;
    disconnect.mutable_disconnect()->set_room_id(left.direct);
    left.ana.get(std::move(disconnect));
    left.ana.leave(left.room);

    using Make = std::function<v1::Request(const World&)>;
    const std::array<std::pair<const char*, Make>, 5> calls{{
        {"post", [](const World& world) { return posting(world.room, "words"); }},
        {"direct message", [](const World& world) { return posting(world.direct, "words"); }},
        {"offer", [](const World& world) { return offering(world.her); }},
        {"profile", [](const World& world) { return asking_who(world.room); }},
        {"join", [](const World& world) { return joining(world.room); }},
    }};
    std::vector<TimedCall> timed;
    for (const auto& [what, make] : calls) {
        std::vector<double> a;
        std::vector<double> b;
        for (std::uint32_t pair = 0; pair < pairs; ++pair) {
            // Who comes first alternates too.
            for (const bool first : {pair % 2 == 0, pair % 2 != 0}) {
                World& world = first ? blocked : left;
                if (std::string_view(what) == "join") world.ben.leave(world.room);
                (first ? a : b).push_back(microseconds(world.ben, make(world)));
            }
            for (World* world : {&blocked, &left}) world->ben.forget_heard();
        }
        timed.push_back({what, compare(std::move(a), std::move(b))});
    }
    return timed;
}

}  // namespace kindroom::operator_
