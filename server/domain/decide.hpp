// Which acts of moderation may be: each rests on a rule in force and on facts, and each kind has its scope and its
// time.
#pragma once

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/command.hpp"
#include "domain/decision.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

// The decision that the command would be; without an id, and not yet to be confirmed by anybody. Refuses with
// not_allowed whoever does not look after the room, or for the whole house after the house; and with bad_field: a rule
// that is not in force, no facts or too many, a time that the act cannot have, a scope that it cannot have.
Result<Decision> judge_decision(const Decide& command, const Standing& by, const HouseRules& rules,
                                const Limits& limits, TimePoint now);

}  // namespace kindroom::domain
