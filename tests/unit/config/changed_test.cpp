#include "config/changed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindroom::config {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Changed, KeysThatWaitForARestartAreNamedInTheOrderOfTheSample) {
    Config running;
    Config fresh;
    EXPECT_THAT(changed_for_a_restart(running, fresh), IsEmpty());
    fresh.limits.roster_tick += Duration{1};
    fresh.listen.origins = {"https://rooms.example"};
    fresh.listen.certificate = "another.pem";
    fresh.house.appeal = "Write to us.";
    EXPECT_THAT(changed_for_a_restart(running, fresh),
                ElementsAre("house.appeal", "listen.certificate", "listen.origins", "limits.roster_tick"));
}

TEST(Changed, TheFilesOfTheHouseAndTheSizeOfItsFiltersAreTakenInAtOnce) {
    Config fresh;
    fresh.house.rules_file = "rules.toml";
    fresh.house.data_policy_file = "policy.txt";
    fresh.house.help_file = "help.toml";
    fresh.house.filters_file = "filters.toml";
    fresh.limits.filters_max += 1;
    fresh.limits.filter_words_max += 1;
    fresh.limits.filter_patterns_max += 1;
    fresh.limits.filter_pattern_bytes_max += 1;
    EXPECT_THAT(changed_for_a_restart(Config{}, fresh), IsEmpty());
}

}  // namespace kindroom::config
