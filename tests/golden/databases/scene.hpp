// What the database of each released schema holds: a small house with a bit of everything.
#pragma once

#include <vector>

#include "store/records.hpp"

namespace kindroom::test {

// The transactions that made schema_1.db. Released with it, so never changed: a later schema gets a scene of its own.
std::vector<store::Transaction> scene_1();

}  // namespace kindroom::test
