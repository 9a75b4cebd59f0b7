#include "domain/audit.hpp"

#include "domain/packer.hpp"

namespace kindroom::domain {

namespace {

constexpr char version_1 = 1;

// Zero stands for none: no enumerator of these has it.
template <class Enum>
void put(Packer& to, const std::optional<Enum>& value) {
    to.number(value ? static_cast<std::int64_t>(*value) : 0);
}

template <class Enum>
std::optional<Enum> take(Unpacker& from) {
    const auto number = from.number();
    if (number == 0) return std::nullopt;
    return static_cast<Enum>(number);
}

}  // namespace

std::string pack(const AuditEntry& entry) {
    Packer to(version_1);
    to.number(static_cast<std::int64_t>(entry.kind)).time(entry.at).number(static_cast<std::int64_t>(entry.actor));
    to.id(entry.by).id(entry.subject).id(entry.room).id(entry.ref);
    to.text(entry.rule_id).number(entry.rules_version);
    put(to, entry.act);
    to.number(static_cast<std::int64_t>(entry.source)).number(entry.automated ? 1 : 0);
    to.number(static_cast<std::int64_t>(entry.outcome));
    put(to, entry.role);
    return to.take();
}

std::optional<AuditEntry> unpack_audit_entry(std::string_view packed) {
    Unpacker from(packed);
    if (from.version() != version_1) return std::nullopt;
    AuditEntry entry;
    entry.kind = from.one_of(AuditKind::decision_made, last_audit_kind);
    entry.at = from.time();
    entry.actor = from.one_of(AuditActor::server, AuditActor::account);
    entry.by = from.id<AuditName>();
    entry.subject = from.id<AuditName>();
    entry.room = from.id<RoomId>();
    entry.ref = from.id<AuditRef>();
    entry.rule_id = from.text();
    entry.rules_version = static_cast<std::uint32_t>(from.number());
    entry.act = take<DecisionAction>(from);
    entry.source = from.one_of(AuditSource::none, AuditSource::rule);
    entry.automated = from.number() != 0;
    entry.outcome = from.one_of(AuditOutcome::none, AuditOutcome::reversed);
    entry.role = take<Role>(from);
    if (!from.done()) return std::nullopt;
    return entry;
}

}  // namespace kindroom::domain
