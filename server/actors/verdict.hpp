// A decision that is made and not durable yet, on its way between the account that it concerns and a room.
#pragma once

#include <memory>
#include <vector>

#include "actors/identity.hpp"
#include "domain/matters.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

// Who does it, for the audit log, and where the answer goes. `who`: null if the server does it by itself.
struct Act {
    ReturnTo from;
    IdentityPtr who;
};

struct Verdict {
    // What becomes of the account's matters; the decision itself is the last of these.
    std::vector<domain::MatterChange> changes;
    std::vector<store::Change> stored;
    // Of the account that it concerns.
    std::vector<ClientRef> devices;
    std::shared_ptr<const PersonKey> key;

    const domain::KeptDecision& kept() const { return std::get<domain::KeptDecision>(*changes.back().matter); }
};

}  // namespace kindroom::actors
