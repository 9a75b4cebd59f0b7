// What the house must remember of decisions, besides what each account keeps of its own: which of them wait for a
// second moderator, and from which networks no account can be made. Owner: the front shard. A decision is durable
// before this desk is told of it, and the store keeps what the desk needs to begin anew after a restart.
#pragma once

#include <map>
#include <optional>

#include "actors/verdict.hpp"
#include "base/task.hpp"
#include "domain/decision.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

class Home;

class DecisionDesk {
  public:
    explicit DecisionDesk(Home& home) : home_(home) {}

    // Calls `ready` with whether the store could be read.
    void open(MoveOnlyFunction<void(bool)> ready);

    // A decision about `account` has been made, or something has become of it.
    void changed(const domain::Decision& decision, AccountId account);
    // The account is gone. That none can be made from its networks for a while stays as it was decided.
    void forget(AccountId account);
    // No account can be made from there for a while.
    void ban_network(const store::NetworkBanRecord& ban);
    // Refuses with network_banned.
    Result<void> may_sign_up(NetworkId network, TimePoint now) const;

    void confirm(const Act& act, DecisionId decision);
    void list_unconfirmed(ReturnTo from, const IdentityPtr& who);

  private:
    struct Waiting {
        AccountId account;
        std::optional<RoomId> room;
        TimePoint confirm_by{};
    };
    struct Listing;

    void keep_networks_of(DecisionId decision);
    void schedule();
    void let_lapse();
    void forget_networks();

    Home& home_;
    std::map<DecisionId, Waiting> waiting_;
    std::vector<store::NetworkBanRecord> network_bans_;
    TimePoint scheduled_for_ = never;
};

}  // namespace kindroom::actors
