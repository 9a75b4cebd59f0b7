// Nobody judges whom they have blocked themselves (PRODUCT, "Recusal").
#pragma once

#include "actors/verdict.hpp"
#include "base/task.hpp"

namespace kindroom::actors {

class AccountActor;
class Home;

// Urgent: nobody else is there who could, so they judge all the same.
enum class Urgency { can_wait, urgent };

// Asks the account of whoever acts, and goes on at the one whom it concerns. Refuses with recused, which only whoever
// set the block is told, and unavailable. The operator has no account and blocks nobody.
void unless_recused(Home& home, const Act& act, AccountId subject, Urgency urgency,
                    MoveOnlyFunction<void(AccountActor&)> then);

}  // namespace kindroom::actors
