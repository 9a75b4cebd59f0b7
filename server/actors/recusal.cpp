#include "actors/recusal.hpp"

#include "actors/home.hpp"

namespace kindroom::actors {

namespace {

void go_on(Home& home, AccountId subject, MoveOnlyFunction<void(AccountActor&)> then) {
    const auto& shards = home.services().shards;
    shards.send(shards.home_of(subject),
                [subject, then = std::move(then)](Home& there) mutable { then(there.account(subject)); });
}

}  // namespace

void unless_recused(Home& home, const Act& act, AccountId subject, Urgency urgency,
                    MoveOnlyFunction<void(AccountActor&)> then) {
    if (act.who->is_operator || urgency == Urgency::urgent) return go_on(home, subject, std::move(then));
    const auto& shards = home.services().shards;
    shards.send(shards.home_of(act.who->account),
                [from = act.from, by = act.who->account, subject, then = std::move(then)](Home& there) mutable {
                    there.account(by).has_blocked(
                        subject, [&there, from, subject, then = std::move(then)](Result<bool> recused) mutable {
                            if (!recused) return there.services().shards.refuse(from, recused.error());
                            if (*recused) return there.services().shards.refuse(from, refuse(Errc::recused));
                            go_on(there, subject, std::move(then));
                        });
                });
}

}  // namespace kindroom::actors
