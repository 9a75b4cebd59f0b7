#include "cli/fitting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindroom::cli {
namespace {

using testing::HasSubstr;
using testing::Optional;

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 1'440 * minute;

class Fitting : public testing::Test {
  protected:
    Fitting() {
        limits.set_timeout_ms_min(5 * minute);
        limits.set_timeout_ms_max(28 * day);
        limits.set_network_ban_ms_max(30 * day);
        of_the_house.set_role(v1::ROLE_MODERATOR);
        of_the_porch.set_role(v1::ROLE_MODERATOR);
        of_the_porch.add_moderates("porch");
    }
    static v1::Decide deciding(v1::DecisionAction action, std::int64_t lasts_ms = 0, bool everywhere = false) {
        v1::Decide decide;
        decide.set_room_id("porch");
        decide.set_action(action);
        decide.set_lasts_ms(lasts_ms);
        decide.set_everywhere(everywhere);
        return decide;
    }
    std::optional<std::string> why_not(const v1::Decide& decide) const { return misfit(decide, limits, of_the_house); }

    v1::Limits limits;
    v1::Me of_the_house;
    v1::Me of_the_porch;
};

TEST_F(Fitting, ATimeoutIsNeitherShorterNorLongerThanTheHouseAllows) {
    for (const auto action : {v1::DECISION_ACTION_LISTEN_ONLY, v1::DECISION_ACTION_OUT_OF_ROOM,
                              v1::DECISION_ACTION_NO_CONTACTS, v1::DECISION_ACTION_HOLD}) {
        EXPECT_EQ(why_not(deciding(action, 5 * minute)), std::nullopt) << action;
        EXPECT_EQ(why_not(deciding(action, 28 * day)), std::nullopt) << action;
        EXPECT_THAT(why_not(deciding(action, 4 * minute)), Optional(HasSubstr("from 5m to 28d"))) << action;
        EXPECT_THAT(why_not(deciding(action, 29 * day)), Optional(HasSubstr("from 5m to 28d"))) << action;
    }
    limits.set_timeout_ms_min(1'000);
    limits.set_timeout_ms_max(180 * minute);
    EXPECT_THAT(why_not(deciding(v1::DECISION_ACTION_HOLD, day)), Optional(HasSubstr("from 1s to 3h")));
}

TEST_F(Fitting, OnlyABanOfANetworkMustEnd) {
    EXPECT_EQ(why_not(deciding(v1::DECISION_ACTION_ROOM_BAN)), std::nullopt);
    EXPECT_EQ(why_not(deciding(v1::DECISION_ACTION_SERVER_BAN, 300 * day)), std::nullopt);
    EXPECT_EQ(why_not(deciding(v1::DECISION_ACTION_NETWORK_BAN, 30 * day)), std::nullopt);
    for (const std::int64_t lasts : {std::int64_t{0}, 31 * day})
        EXPECT_THAT(why_not(deciding(v1::DECISION_ACTION_NETWORK_BAN, lasts)), Optional(HasSubstr("30d at most")));
}

TEST_F(Fitting, WhatIsAboutOneRoomIsNotEverywhere) {
    EXPECT_EQ(why_not(deciding(v1::DECISION_ACTION_LISTEN_ONLY, day, true)), std::nullopt);
    EXPECT_EQ(why_not(deciding(v1::DECISION_ACTION_NO_CONTACTS, day, true)), std::nullopt);
    for (const auto action : {v1::DECISION_ACTION_OUT_OF_ROOM, v1::DECISION_ACTION_HOLD})
        EXPECT_THAT(why_not(deciding(action, day, true)), Optional(HasSubstr("leave \"everywhere\" away"))) << action;
}

TEST_F(Fitting, WhoLooksAfterARoomDecidesAboutThatRoom) {
    const auto quiet = deciding(v1::DECISION_ACTION_LISTEN_ONLY, day);
    EXPECT_EQ(misfit(quiet, limits, of_the_porch), std::nullopt);
    for (const auto& decide :
         {deciding(v1::DECISION_ACTION_LISTEN_ONLY, day, true), deciding(v1::DECISION_ACTION_NO_CONTACTS, day),
          deciding(v1::DECISION_ACTION_SERVER_BAN), deciding(v1::DECISION_ACTION_NETWORK_BAN, day)})
        EXPECT_THAT(misfit(decide, limits, of_the_porch), Optional(HasSubstr("moderators of the whole house")));
    auto elsewhere = quiet;
    elsewhere.set_room_id("kitchen");
    EXPECT_THAT(misfit(elsewhere, limits, of_the_porch), Optional(HasSubstr("moderators of that room")));
    EXPECT_THAT(misfit(quiet, limits, v1::Me{}), Optional(HasSubstr("moderators of that room")));
}

TEST_F(Fitting, LimitsThatAServerOfBeforeDoesNotTellAreLeftToIt) {
    EXPECT_EQ(misfit(deciding(v1::DECISION_ACTION_HOLD, minute), v1::Limits{}, of_the_house), std::nullopt);
    EXPECT_EQ(misfit(deciding(v1::DECISION_ACTION_NETWORK_BAN), v1::Limits{}, of_the_house), std::nullopt);
}

}  // namespace
}  // namespace kindroom::cli
