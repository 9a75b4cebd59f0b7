// Names that only the audit log uses.
#pragma once

#include "base/ids.hpp"

namespace kindroom {

// What the audit log calls an account: keyed to the house (crypto::Names), the same in all entries.
using AuditName = Id128<struct AuditNameTag>;
// The decision, case or appeal that an entry is about.
using AuditRef = Id128<struct AuditRefTag>;

// The audit log refers to a thing by the id that it has elsewhere.
template <class Tag>
AuditRef audit_ref(const Id128<Tag>& id) {
    return AuditRef::from_bytes(id.bytes()).value_or(AuditRef{});
}

}  // namespace kindroom
