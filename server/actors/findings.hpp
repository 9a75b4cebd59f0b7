// What a room finds out elsewhere before it decides.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "base/ids.hpp"
#include "domain/event.hpp"

namespace kindroom::actors {

// For one command of a device.
struct Findings {
    // The message that it is about was looked up in the store; here it is, if its words can still be read.
    bool looked_up = false;
    std::optional<domain::Message> found{};
    // Of a post in a direct room, which has been charged then: whether the contact rests, as far as the other one's
    // account knows.
    std::optional<bool> rests{};
    // Of a draw: those who take part, and whom each of them keeps away.
    std::optional<std::map<AccountId, std::set<AccountId>>> apart{};
};

}  // namespace kindroom::actors
