#include "net/crowd.hpp"

#include <gtest/gtest.h>

namespace kindroom::net {
namespace {

using enum Crowd::Welcome;

Limits small_limits() {
    Limits limits;
    limits.connections_max = 5;
    limits.connections_per_network_max = 2;
    return limits;
}

Guest from_network(std::uint8_t number) { return {.network = NetworkId({number})}; }

TEST(Crowd, ANetworkIsFullThenToldSoThenTurnedAway) {
    Crowd crowd(small_limits());
    EXPECT_EQ(crowd.arrive(from_network(1)), come_in);
    EXPECT_EQ(crowd.arrive(from_network(1)), come_in);
    EXPECT_EQ(crowd.arrive(from_network(1)), say_too_many);
    EXPECT_EQ(crowd.arrive(from_network(1)), say_too_many);
    EXPECT_EQ(crowd.arrive(from_network(1)), turn_away);
    EXPECT_EQ(crowd.arrive(from_network(2)), come_in);
}

TEST(Crowd, WhoLeavesMakesRoomAndANetworkWithNobodyIsForgotten) {
    Crowd crowd(small_limits());
    crowd.arrive(from_network(1));
    crowd.arrive(from_network(1));
    crowd.leave(from_network(1));
    EXPECT_EQ(crowd.arrive(from_network(1)), come_in);
    crowd.leave(from_network(1));
    crowd.leave(from_network(1));
    EXPECT_EQ(crowd.networks(), 0u);
    EXPECT_TRUE(crowd.is_empty());
}

TEST(Crowd, LoopbackBelongsToNoNetworkAndFillsTheHouseLikeEveryone) {
    Crowd crowd(small_limits());
    for (int i = 0; i < 5; ++i) EXPECT_EQ(crowd.arrive({.is_loopback = true}), come_in);
    EXPECT_TRUE(crowd.is_full());
    EXPECT_EQ(crowd.networks(), 0u);
}

TEST(Crowd, OperatorsDoNotFillTheHouseButAreThere) {
    Crowd crowd(small_limits());
    const Guest an_operator{.is_loopback = true, .is_operator = true};
    for (int i = 0; i < 9; ++i) EXPECT_EQ(crowd.arrive(an_operator), come_in);
    EXPECT_FALSE(crowd.is_full());
    EXPECT_FALSE(crowd.is_empty());
    for (int i = 0; i < 9; ++i) crowd.leave(an_operator);
    EXPECT_TRUE(crowd.is_empty());
}

}  // namespace
}  // namespace kindroom::net
