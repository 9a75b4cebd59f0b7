#include "ops/health.hpp"

#include <gtest/gtest.h>

namespace kindroom::ops {

TEST(Health, IsReadyOnlyWhenEveryCheckIsInOrder) {
    Health health;
    EXPECT_FALSE(health.is_ready());
    health.set(Check::store, true);
    health.set(Check::key_ring, true);
    health.set(Check::listening, true);
    EXPECT_FALSE(health.is_ready());
    health.set(Check::serving, true);
    EXPECT_TRUE(health.is_ready());
    health.set(Check::store, false);
    EXPECT_FALSE(health.is_ready());
}

TEST(Health, OneThatIsNotAliveIsNotReadyEither) {
    Health health;
    for (const Check check : {Check::store, Check::key_ring, Check::listening, Check::serving}) health.set(check, true);
    EXPECT_EQ(health.alive_json(), "{\"alive\":true}\n");
    health.set_alive(false);
    EXPECT_EQ(health.alive_json(), "{\"alive\":false}\n");
    EXPECT_FALSE(health.is_ready());
}

TEST(Health, WhichCheckFailsIsToldOnlyWhereItIsAskedFor) {
    Health health;
    health.set(Check::store, true);
    EXPECT_EQ(health.ready_json(Detail::none), "{\"ready\":false}\n");
    EXPECT_EQ(health.ready_json(Detail::checks),
              "{\"ready\":false,\"checks\":{\"alive\":true,\"store\":true,\"key_ring\":false,\"listening\":false,"
              "\"serving\":false}}\n");
}

}  // namespace kindroom::ops
