#include "operator/audit_words.hpp"

#include "base/bytes.hpp"
#include "operator/moments.hpp"
#include "operator/words.hpp"

namespace kindroom::operator_ {

using namespace domain;

namespace {

constexpr std::string_view unknown = "something that this program does not know";

// Enough of an id to tell two apart; the whole would only push the line over the edge.
template <class Id>
std::string short_id(const Id& id) {
    return hex(as_text(id.bytes()).substr(0, 4));
}

std::string_view in_words(Role role) {
    switch (role) {
        case Role::member:
            return "member";
        case Role::moderator:
            return "moderator";
        case Role::admin:
            return "admin";
    }
    return unknown;
}

std::string by(const AuditEntry& entry) {
    switch (entry.actor) {
        case AuditActor::server:
            return "by the server";
        case AuditActor::operator_:
            return "by the operator";
        case AuditActor::account:
            return "by " + short_id(entry.by);
    }
    return std::string(unknown);
}

}  // namespace

std::string_view in_words(DecisionAction act) {
    switch (act) {
        case DecisionAction::server_ban:
            return "ban from the house";
        case DecisionAction::warn:
            return "warning";
        case DecisionAction::retract:
            return "message taken back";
        case DecisionAction::listen_only:
            return "timeout, listening only";
        case DecisionAction::out_of_room:
            return "timeout, out of the room";
        case DecisionAction::no_contacts:
            return "timeout, without contacts";
        case DecisionAction::remove:
            return "removal from the room";
        case DecisionAction::room_ban:
            return "ban from the room";
        case DecisionAction::hold:
            return "timeout, words held for review";
        case DecisionAction::network_ban:
            return "ban from the house with its network";
    }
    return unknown;
}

std::string_view in_words(AuditKind kind) {
    switch (kind) {
        case AuditKind::decision_made:
            return "decision";
        case AuditKind::decision_confirmed:
            return "decision confirmed";
        case AuditKind::decision_lapsed:
            return "decision lapsed";
        case AuditKind::decision_reversed:
            return "decision reversed";
        case AuditKind::ban_lifted:
            return "ban lifted";
        case AuditKind::room_made:
            return "room made";
        case AuditKind::room_changed:
            return "room changed";
        case AuditKind::room_closed:
            return "room closed";
        case AuditKind::room_paused:
            return "room paused";
        case AuditKind::room_resumed:
            return "room resumed";
        case AuditKind::role_set:
            return "role set";
        case AuditKind::rules_published:
            return "rules published";
        case AuditKind::invite_made:
            return "invite made";
        case AuditKind::report_taken:
            return "report taken";
        case AuditKind::case_opened:
            return "case opened";
        case AuditKind::case_claimed:
            return "case claimed";
        case AuditKind::case_decided:
            return "case decided";
        case AuditKind::evidence_shown:
            return "evidence shown";
        case AuditKind::appeal_made:
            return "appeal made";
        case AuditKind::appeal_decided:
            return "appeal decided";
        case AuditKind::held_released:
            return "held message released";
        case AuditKind::held_returned:
            return "held message given back";
    }
    return unknown;
}

std::string_view in_words(AuditSource source) {
    switch (source) {
        case AuditSource::none:
            return "nothing named";
        case AuditSource::own:
            return "what a moderator saw";
        case AuditSource::report:
            return "a report";
        case AuditSource::rule:
            return "a rule of the engine";
    }
    return unknown;
}

std::string_view in_words(AuditOutcome outcome) {
    switch (outcome) {
        case AuditOutcome::none:
            return "no outcome";
        case AuditOutcome::acted:
            return "acted upon";
        case AuditOutcome::dismissed:
            return "dismissed";
        case AuditOutcome::upheld:
            return "upheld";
        case AuditOutcome::changed:
            return "changed";
        case AuditOutcome::reversed:
            return "reversed";
    }
    return unknown;
}

std::string in_words(std::uint64_t number, const std::optional<AuditEntry>& entry) {
    std::string line = std::to_string(number) + "  ";
    if (!entry) return line.append(unknown);
    line += moment(entry->at) + "  ";
    line += in_words(entry->kind);
    if (entry->act) line.append(": ").append(in_words(*entry->act));
    if (entry->outcome != AuditOutcome::none) line.append(": ").append(in_words(entry->outcome));
    if (entry->role) line.append(": ").append(in_words(*entry->role));
    line += ", " + by(*entry);
    if (!entry->subject.is_nil()) line += ", about " + short_id(entry->subject);
    if (!entry->room.is_nil()) line += ", room " + short_id(entry->room);
    if (!entry->rule_id.empty()) line += ", rule " + printable(entry->rule_id);
    if (entry->rules_version != 0) line += ", rules version " + std::to_string(entry->rules_version);
    if (entry->source != AuditSource::none) line.append(", because of ").append(in_words(entry->source));
    if (entry->automated) line += ", automated";
    if (!entry->ref.is_nil()) line += ", no. " + short_id(entry->ref);
    return line;
}

}  // namespace kindroom::operator_
