// What the database of each released schema holds: a small house with a bit of everything.
#pragma once

#include <cstdint>
#include <vector>

#include "store/records.hpp"

namespace kindroom::test {

// The transactions that made schema_1.db. Released with it, so never changed: a later schema gets a scene of its own.
std::vector<store::Transaction> scene_1();

// What schema 2 added, told after scene 1; both together made schema_2.db.
std::vector<store::Transaction> news_of_2();

// What schema 3 added, told after those.
std::vector<store::Transaction> news_of_3();

// All transactions that made the database of that schema.
std::vector<store::Transaction> scene_of(std::int64_t schema);

}  // namespace kindroom::test
