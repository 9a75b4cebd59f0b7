// What the audit log keeps of an act of authority: who did what, when, to whom, by which rule.
//
// Never a boundary: no mute, block, stepping away, offer or contact, and no link of two accounts, since an entry of that
// would hold a pair of people (PRODUCT, "Boundaries"). Never a text of a person either: the words of a decision are in
// its statement of reasons, where they end with the person's key; the log has its id.
//
// An account is here by its audit name only. That serves as well as the account id: entries of one hand are seen to be
// so, and whoever has the master key and a login id can ask about one person (`kindroomd audit show --account`). But a
// copy of the database names nobody, and when an account is erased the log stays whole without naming it any more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/audit_ids.hpp"
#include "base/time.hpp"
#include "domain/decision.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// Stored as these numbers: new ones are added at the end.
enum class AuditKind : std::uint8_t {
    decision_made = 1,  // act, source, automated, rule; `subject` is whom it concerns, `ref` the decision
    decision_confirmed,
    decision_lapsed,  // not confirmed in time
    decision_reversed,
    ban_lifted,
    room_made,
    room_changed,
    room_closed,
    room_paused,
    room_resumed,
    role_set,         // of `subject`; `room` is the one that a moderator looks after, nil for all
    rules_published,  // rules_version
    invite_made,      // role
    // Neither who reported nor whom: somebody may have reported and blocked in one call.
    report_taken,
    case_opened,  // `ref` is the case in this and the next three
    case_claimed,
    case_decided,  // outcome: acted or dismissed
    evidence_shown,
    appeal_made,     // `ref` is the appeal
    appeal_decided,  // outcome: upheld, changed or reversed; `ref` as before
    // What waited for a moderator; whose words they were is not told, as it is not told to who looks at them.
    held_released,
    held_returned,
};
inline constexpr AuditKind last_audit_kind = AuditKind::held_returned;

enum class AuditActor : std::uint8_t {
    server = 1,  // by itself: an end that has come, a rule that applied
    operator_,   // through the operator's socket or files
    account,     // the one in `by`
};

// What a decision rests on.
enum class AuditSource : std::uint8_t { none, own, report, rule };

enum class AuditOutcome : std::uint8_t {
    none,
    acted,      // of a case: something was done about it
    dismissed,  // of a case: nothing was
    upheld,     // of an appeal: the decision stands
    changed,    // of an appeal
    reversed,   // of an appeal
};

struct AuditEntry {
    AuditKind kind = AuditKind::decision_made;
    TimePoint at{};
    AuditActor actor = AuditActor::server;
    AuditName by{};
    AuditName subject{};
    // Nil for none, and for a direct room: who talks with whom is nobody's business.
    RoomId room{};
    AuditRef ref{};
    std::string rule_id{};
    std::uint32_t rules_version = 0;
    std::optional<DecisionAction> act{};
    AuditSource source = AuditSource::none;
    bool automated = false;
    AuditOutcome outcome = AuditOutcome::none;
    std::optional<Role> role{};
    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

std::string pack(const AuditEntry& entry);
// Nothing if it was not packed by pack(), of this version or an earlier one.
std::optional<AuditEntry> unpack_audit_entry(std::string_view packed);

}  // namespace kindroom::domain
