// Somebody who asks something of a room, with all that the room needs to know of them.
#pragma once

#include "domain/decision.hpp"
#include "domain/people.hpp"
#include "domain/visibility.hpp"

namespace kindroom::domain {

struct Asker {
    AccountId account;
    Standing standing;
    VisibilityPtr visibility;
    // In the account's first hour everything goes a little slower.
    bool is_newcomer = false;
    // Null: none.
    SanctionsPtr sanctions{};
};

}  // namespace kindroom::domain
