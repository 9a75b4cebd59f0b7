// Where decisions are kept, what waits for a second moderator, and from where no account can be made.
#include <gmock/gmock.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

store::NetworkBanRecord a_network_ban(std::uint64_t network, std::uint64_t decision) {
    return {.network = an_id<NetworkId>(network), .decision = an_id<DecisionId>(decision), .ends_at = a_day};
}

TEST_P(StoreContract, ADecisionIsFoundByItsIdAndByItsAppealCode) {
    world().commit({store::PutDecision{a_decision(1)}, store::PutDecision{a_decision(2, a_day)}});
    world().reopen();
    for (const auto& decision : {a_decision(1), a_decision(2, a_day)}) {
        EXPECT_EQ(world().find_decision(decision.id), decision);
        EXPECT_EQ(world().find_appeal_code(decision.appeal_code), decision);
    }
    EXPECT_FALSE(world().find_decision(an_id<DecisionId>(9)));
    EXPECT_FALSE(world().find_appeal_code(an_id<SecretHash>(9)));
}

TEST_P(StoreContract, WhatWaitsForASecondModeratorIsThereTheMostUrgentFirst) {
    const auto later = a_day + std::chrono::hours{1};
    world().commit({store::PutDecision{a_decision(1, later)}, store::PutDecision{a_decision(2)},
                    store::PutDecision{a_decision(3, a_day)}, store::PutDecision{a_decision(4, a_day)}});
    world().reopen();
    EXPECT_THAT(world().open_decisions().unconfirmed,
                ElementsAre(a_decision(3, a_day), a_decision(4, a_day), a_decision(1, later)));
    world().commit({store::PutDecision{a_decision(3)}, store::DeleteDecision{an_id<DecisionId>(1)}});
    EXPECT_THAT(world().open_decisions().unconfirmed, ElementsAre(a_decision(4, a_day)));
    EXPECT_EQ(world().find_decision(an_id<DecisionId>(3)), a_decision(3));
    EXPECT_FALSE(world().find_decision(an_id<DecisionId>(1)));
}

TEST_P(StoreContract, ABanOfNetworksGoesWithItsDecision) {
    world().commit({store::PutNetworkBan{a_network_ban(1, 1)}, store::PutNetworkBan{a_network_ban(2, 1)},
                    store::PutNetworkBan{a_network_ban(1, 2)}});
    world().reopen();
    EXPECT_THAT(world().open_decisions().network_bans,
                UnorderedElementsAre(a_network_ban(1, 1), a_network_ban(2, 1), a_network_ban(1, 2)));
    world().commit({store::DeleteNetworkBans{an_id<DecisionId>(1)}});
    EXPECT_THAT(world().open_decisions().network_bans, ElementsAre(a_network_ban(1, 2)));
    world().commit({store::DeleteNetworkBans{an_id<DecisionId>(2)}, store::DeleteNetworkBans{an_id<DecisionId>(9)}});
    EXPECT_THAT(world().open_decisions().network_bans, IsEmpty());
}

}  // namespace
}  // namespace kindroom::test
