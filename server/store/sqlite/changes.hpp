// What each change of a transaction does to the tables.
#pragma once

#include "crypto/chain.hpp"
#include "store/sqlite/database.hpp"

namespace kindroom::store {

// Within a transaction that the caller has begun; errors stay in `database`. A constraint that does not hold means that
// the transaction contradicts what is stored. Returns whether keys were destroyed: their bytes are still in the log
// then. `audit_key`: for the chain of the audit log.
bool apply(Database& database, const Transaction& transaction, const crypto::ChainKey& audit_key);

}  // namespace kindroom::store
