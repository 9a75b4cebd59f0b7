// What people do who mean harm, against the real server, while others talk in it: nobody of those is disconnected, what
// they say arrives about as soon as before, and the server holds no more memory and descriptors than it is bound to.
#include <gtest/gtest.h>

#include "e2e/support/siege.hpp"

namespace kindroom::test {

namespace {

std::vector<Attack> all_attacks() {
    std::vector<Attack> all;
    for (const auto& some :
         {attacks_on_connections(), attacks_on_frames(), attacks_on_bytes(), attacks_on_doors(), attacks_on_people()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

}  // namespace

class AttackedHouse : public testing::TestWithParam<Attack> {};

TEST_P(AttackedHouse, TheCrowdNoticesNothingOf) { Siege(GetParam()).run(); }

INSTANTIATE_TEST_SUITE_P(Table, AttackedHouse, testing::ValuesIn(all_attacks()),
                         [](const auto& attack) { return std::string(attack.param.name); });

}  // namespace kindroom::test
