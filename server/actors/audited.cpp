#include "actors/audited.hpp"

#include "actors/home.hpp"

namespace kindroom::actors {

store::AppendAudit audited(Home& home, const Identity* who, domain::AuditEntry entry) {
    entry.at = home.now();
    if (who && who->is_operator) {
        entry.actor = domain::AuditActor::operator_;
    } else if (who) {
        entry.actor = domain::AuditActor::account;
        entry.by = home.services().names.audit_name(who->account);
    }
    return {std::move(entry)};
}

RoomId room_of(const domain::Standing& standing) {
    return standing.moderates.empty() ? RoomId{} : standing.moderates.front();
}

}  // namespace kindroom::actors
