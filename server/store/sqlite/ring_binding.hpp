// A database and its key ring, which belong together and are two files.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "store/sqlite/database.hpp"
#include "store/sqlite/key_ring.hpp"

namespace kindroom::store {

// The ring of a database that its writer has opened, from now on used by it: made where the database has none yet, and
// then all keys of the database are put under it. Destroys again what a crash had left in the ring. Refuses with a
// sentence: a ring that is missing, damaged or another database's.
std::variant<std::unique_ptr<KeyRing>, std::string> bind_ring(Database& database, const std::filesystem::path& path);

// Destroys in the ring what transactions have destroyed in the database. False: the disk refuses; try again later.
// Errors of the database stay in it.
bool bury(Database& database);

// In a transaction that the caller has begun: remembers for bury() that these leaves are destroyed.
void condemn(Database& database, KeyRing::Leaf first, KeyRing::Leaf last);

// A key with the leaf that it hangs from in the database, and how it is stored there.
struct StoredKey {
    WrappedKey key;
    KeyRing::Leaf leaf = KeyRing::no_leaf;
};
std::vector<StoredKey> stored_keys(Database& database);

// The ring that the database names; nil for none.
RingId ring_of(Database& database);

}  // namespace kindroom::store
