// Changes that make data keys or destroy them. As those of changes.hpp, of which they are part.
#pragma once

#include "store/sqlite/database.hpp"
#include "store/sqlite/key_ring.hpp"

namespace kindroom::store {

void apply(Database& database, const InsertKey& change);
void apply(Database& database, const EndErasure& change);
// How many keys it has destroyed.
std::uint64_t apply(Database& database, const DestroyKey& change);
std::uint64_t apply(Database& database, const ExpireRoom& change);
std::uint64_t apply(Database& database, const EraseAccount& change);

// Of single keys, the last leaf that was given out or passed over; the next key gets one behind it.
KeyRing::Leaf last_single_leaf(Database& database);
// Gives none out up to this one.
void pass_over_leaves(Database& database, KeyRing::Leaf last);

// Whether it would destroy any: every room is asked now and then, and most have nothing due.
bool has_due_keys(Database& database, const ExpireRoom& change);

}  // namespace kindroom::store
