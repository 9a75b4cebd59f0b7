// What every store promises (server/store/store.hpp), asked of each.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "contract/store_world.hpp"

namespace kindroom::test {

struct StoreKind {
    std::string name;
    StoreFactory make;
};

class StoreContract : public testing::TestWithParam<StoreKind> {
  protected:
    std::unique_ptr<StoreWorld> a_world(StoreBounds bounds = {}) const { return GetParam().make(std::move(bounds)); }

    std::unique_ptr<StoreWorld> world_ = a_world();
    StoreWorld& world() { return *world_; }
};

}  // namespace kindroom::test
