// From the tokens that members know to the accounts that are meant: only a room can tell.
#pragma once

#include <optional>
#include <vector>

#include "actors/room_actor.hpp"
#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/boundary.hpp"
#include "domain/matter.hpp"

namespace kindroom::actors {

// Somebody whom a command named, as the room knows them.
struct NamedPerson {
    domain::Acquaintance who;
    bool joined = false;
    TimePoint left_at{};
};
using NamedPeople = std::vector<std::optional<NamedPerson>>;

// Finds out who these people are, in their order; nothing for a token that nobody ever had, or in a room that `asker`
// was never in. Asks one room after the other; `then` runs on the shard of `home`. Refuses with unavailable.
void find_people(Home& home, IdentityPtr asker, std::vector<domain::PersonRef> people,
                 MoveOnlyFunction<void(Result<NamedPeople>)> then);

}  // namespace kindroom::actors
