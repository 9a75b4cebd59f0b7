// What each change of a transaction does to the tables.
#pragma once

#include "crypto/chain.hpp"
#include "store/sqlite/database.hpp"

namespace kindroom::store {

// What a transaction has destroyed.
struct Destroyed {
    // Whether keys may have been destroyed: their bytes are still in the log then.
    bool may_be_in_log = false;
    std::uint64_t keys = 0;
};

// Within a transaction that the caller has begun; errors stay in `database`. A constraint that does not hold means that
// the transaction contradicts what is stored. `audit_key`: for the chain of the audit log.
Destroyed apply(Database& database, const Transaction& transaction, const crypto::ChainKey& audit_key);

}  // namespace kindroom::store
