// How an act gets into the audit log: as one more piece of its own transaction.
//
//     work.changes.push_back(audited(home_, who.get(), {.kind = AuditKind::room_closed, .room = id_}));
#pragma once

#include "actors/identity.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

class Home;

// Adds the time and who does it. `who`: null if the entry says so itself, or the server does it without being asked.
store::AppendAudit audited(Home& home, const Identity* who, domain::AuditEntry entry);

// For AuditEntry::room: the room that a moderator looks after; nil for all of them, and for other roles.
RoomId room_of(const domain::Standing& standing);

}  // namespace kindroom::actors
