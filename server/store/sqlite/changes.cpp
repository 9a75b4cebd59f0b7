#include "store/sqlite/changes.hpp"

#include <variant>

#include "store/sqlite/changes_keys.hpp"
#include "store/sqlite/packing.hpp"
#include "store/sqlite/queries.hpp"

namespace kindroom::store {
namespace {

// An upsert and no REPLACE, which would lose the column that the record does not know: head.
void apply(Database& db, const PutRoom& change) {
    const RoomRecord& room = change.room;
    const domain::RoomSettings& settings = room.settings;
    db.run(R"sql(
        INSERT INTO rooms (id, topic, welcome_text, content_labels, kind, join_policy, retention, slow_mode, seats,
                           history_before_joining, state, created_at, handover_place_key, handover_person_key,
                           handover_box, needs_moderator, opening_hours, opening_words, closing_words, listen_only,
                           pause_place_key, pause_person_key, pause_box, turn_soft, turn_hard, circle,
                           hold_first_messages)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            topic = excluded.topic, welcome_text = excluded.welcome_text, content_labels = excluded.content_labels,
            kind = excluded.kind, join_policy = excluded.join_policy, retention = excluded.retention,
            slow_mode = excluded.slow_mode, seats = excluded.seats,
            history_before_joining = excluded.history_before_joining, state = excluded.state,
            created_at = excluded.created_at, handover_place_key = excluded.handover_place_key,
            handover_person_key = excluded.handover_person_key, handover_box = excluded.handover_box,
            needs_moderator = excluded.needs_moderator, opening_hours = excluded.opening_hours,
            opening_words = excluded.opening_words, closing_words = excluded.closing_words,
            listen_only = excluded.listen_only, pause_place_key = excluded.pause_place_key,
            pause_person_key = excluded.pause_person_key, pause_box = excluded.pause_box,
            turn_soft = excluded.turn_soft, turn_hard = excluded.turn_hard, circle = excluded.circle,
            hold_first_messages = excluded.hold_first_messages)sql",
           room.id, settings.topic, settings.welcome_text, pack(settings.content_labels), settings.kind,
           settings.join_policy, settings.retention, settings.slow_mode, settings.seats,
           settings.history_before_joining, room.state, room.created_at, room.handover_note, settings.needs_moderator,
           pack(settings.opening_hours), settings.opening_words, settings.closing_words,
           settings.listen_only.value_or(Duration{0}), room.pause_sentence, settings.turn_soft, settings.turn_hard,
           room.circle, settings.hold_first_messages);
}

void apply(Database& db, const PutMembership& change) {
    const MembershipRecord& membership = change.membership;
    db.run(R"sql(
        INSERT OR REPLACE INTO memberships (room, account, joined, joined_after, left_at, name_place_key,
                                            name_person_key, name_box, listens_until, passed, listen_cause)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
           membership.room, membership.account, membership.joined, membership.joined_after, membership.left_at,
           membership.name, membership.listens_until, membership.passed, membership.listen_cause);
}

void apply(Database& db, const PutPassed& change) {
    db.run("UPDATE memberships SET passed = max(passed, ?) WHERE room = ? AND account = ?", change.passed, change.room,
           change.account);
}

void apply(Database& db, const EndMembership& change) {
    db.run("UPDATE memberships SET joined = 0, left_at = ?3 WHERE room = ?1 AND account = ?2 AND joined", change.room,
           change.account, change.left_at);
}

void apply(Database& db, const InsertMessage& change) {
    const MessageRecord& message = change.message;
    db.run(R"sql(
        INSERT INTO messages (room, position, id, author, voice, client_key, request_digest, reply_to, reply_to_author,
                              reply_to_voice, reply_to_position, reply_to_posted_at, posted_at, edited, place_key,
                              person_key, box, retracted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
           message.room, message.position, message.id, message.author, message.voice, message.client_key,
           message.request_digest, message.reply_to, message.reply_to_author, message.reply_to_voice,
           message.reply_to_position, message.reply_to_posted_at, message.posted_at, message.edited, message.content,
           message.retracted);
    db.run("INSERT INTO steps (room, position, kind, message, at) VALUES (?, ?, ?, ?, ?)", message.room,
           message.position, StepKind::posted, message.position, message.posted_at);
}

// After the words were changed: the step that tells of it. If no row had the words, they were gone between the decision
// and now; then there is nothing to tell, but the position is used up.
template <class Changed>
void add_step(Database& db, const Changed& change, StepKind kind) {
    if (db.has_failed()) return;
    if (db.changed_rows() == 0) {
        db.run("UPDATE rooms SET head = max(head, ?2) WHERE id = ?1", change.room, change.step);
        return;
    }
    db.run(R"sql(
        INSERT INTO steps (room, position, kind, message, at)
        SELECT room, ?3, ?4, position, ?5 FROM messages WHERE room = ?1 AND id = ?2)sql",
           change.room, change.message, change.step, kind, change.at);
}

void apply(Database& db, const EditMessage& change) {
    db.run(R"sql(
        UPDATE messages SET place_key = ?3, person_key = ?4, box = ?5, edited = 1
        WHERE room = ?1 AND id = ?2 AND NOT retracted)sql",
           change.room, change.message, change.content);
    add_step(db, change, StepKind::edited);
}

// The keys stay named: retention still has to find the row.
void apply(Database& db, const RetractMessage& change) {
    db.run(R"sql(
        UPDATE messages SET box = x'', request_digest = NULL, retracted = 1
        WHERE room = ? AND id = ? AND NOT retracted)sql",
           change.room, change.message);
    add_step(db, change, StepKind::retracted);
}

void apply(Database& db, const PutHeld& change) {
    const HeldRecord& held = change.held;
    db.run(R"sql(
        INSERT OR REPLACE INTO held_messages (room, id, author, client_key, request_digest, accepted_at, due_at,
                                              reply_to, place_key, person_key, box, voice, cause, filter_id,
                                              return_cause, note_place_key, note_person_key, note_box)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
           held.room, held.id, held.author, held.client_key, held.request_digest, held.accepted_at, held.due_at,
           held.reply_to, held.content, held.voice, held.cause, held.filter_id, held.return_cause, held.note);
}

void apply(Database& db, const DeleteHeld& change) {
    db.run("DELETE FROM held_messages WHERE room = ? AND id = ?", change.room, change.message);
}

void apply(Database& db, const PutMatter& change) {
    const MatterRecord& matter = change.matter;
    db.run("INSERT OR REPLACE INTO matters (account, id, place_key, person_key, box) VALUES (?, ?, ?, ?, ?)",
           matter.account, matter.id, matter.content);
}

void apply(Database& db, const DeleteMatter& change) {
    db.run("DELETE FROM matters WHERE account = ? AND id = ?", change.account, change.id);
}

// Devices tell of it on their own, so what comes late may be the lesser.
void apply(Database& db, const PutReceived& change) {
    const ReceivedRecord& received = change.received;
    db.run(R"sql(
        INSERT INTO received (account, room, position) VALUES (?, ?, ?)
        ON CONFLICT (account, room) DO UPDATE SET position = max(position, excluded.position))sql",
           received.account, received.room, received.position);
}

void apply(Database& db, const PutReport& change) {
    const ReportRecord& report = change.report;
    db.run(R"sql(
        INSERT OR REPLACE INTO reports (receipt, reporter, reported_at, place_key, person_key, box, case_id, number,
                                        seen)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
           report.receipt, report.reporter, report.reported_at, report.content, report.case_id, report.number,
           report.seen);
}

void apply(Database& db, const PutDecision& change) {
    const DecisionRecord& decision = change.decision;
    db.run("INSERT OR REPLACE INTO decisions (id, account, room, appeal_code, confirm_by) VALUES (?, ?, ?, ?, ?)",
           decision.id, decision.account, decision.room, decision.appeal_code, decision.confirm_by);
}

void apply(Database& db, const DeleteDecision& change) {
    db.run("DELETE FROM decisions WHERE id = ?", change.decision);
}

void apply(Database& db, const PutNetworkBan& change) {
    db.run("INSERT OR REPLACE INTO network_bans (network, decision, ends_at) VALUES (?, ?, ?)", change.ban.network,
           change.ban.decision, change.ban.ends_at);
}

void apply(Database& db, const DeleteNetworkBans& change) {
    db.run("DELETE FROM network_bans WHERE decision = ?", change.decision);
}

void apply(Database& db, const MarkReportSeen& change) {
    db.run("UPDATE reports SET seen = 1 WHERE receipt = ?", change.receipt);
}

void apply(Database& db, const PutCase& change) {
    db.run("INSERT OR REPLACE INTO cases (id, place_key, person_key, box) VALUES (?, ?, ?, ?)", change.record.id,
           change.record.content);
}

void apply(Database& db, const DeleteCase& change) {
    db.run("DELETE FROM reports WHERE case_id = ?", change.case_id);
    db.run("DELETE FROM cases WHERE id = ?", change.case_id);
}

// An upsert, so that a login id of somebody else is a contradiction and not a row that disappears.
void apply(Database& db, const PutAccount& change) {
    const AccountRecord& account = change.account;
    db.run(R"sql(
        INSERT INTO accounts (id, login_id, passphrase_hash, recovery_code, role, moderates, rules_consented,
                              created_at, person_key, ban_place_key, ban_person_key, ban_box, ban_ends_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            login_id = excluded.login_id, passphrase_hash = excluded.passphrase_hash,
            recovery_code = excluded.recovery_code, role = excluded.role, moderates = excluded.moderates,
            rules_consented = excluded.rules_consented, created_at = excluded.created_at,
            person_key = excluded.person_key, ban_place_key = excluded.ban_place_key,
            ban_person_key = excluded.ban_person_key, ban_box = excluded.ban_box,
            ban_ends_at = excluded.ban_ends_at)sql",
           account.id, account.login_id, account.passphrase_hash, account.recovery_code, account.standing.role,
           pack(account.standing.moderates), account.rules_consented, account.created_at, account.person_key,
           account.ban, account.ban_ends_at);
}

void apply(Database& db, const PutSession& change) {
    const SessionRecord& session = change.session;
    db.run(R"sql(
        INSERT INTO sessions (id, account, token, device_place_key, device_person_key, device_box, created_at,
                              last_used_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            account = excluded.account, token = excluded.token, device_place_key = excluded.device_place_key,
            device_person_key = excluded.device_person_key, device_box = excluded.device_box,
            created_at = excluded.created_at, last_used_at = excluded.last_used_at)sql",
           session.id, session.account, session.token, session.device_label, session.created_at, session.last_used_at);
}

void apply(Database& db, const DeleteSession& change) { db.run("DELETE FROM sessions WHERE id = ?", change.session); }

void apply(Database& db, const PutInvite& change) {
    const InviteRecord& invite = change.invite;
    if (invite.uses_left == 0) {
        db.run("DELETE FROM invites WHERE code = ?", invite.code);
        return;
    }
    db.run("INSERT OR REPLACE INTO invites (code, role, moderates, uses_left, ends_at) VALUES (?, ?, ?, ?, ?)",
           invite.code, invite.standing.role, pack(invite.standing.moderates), invite.uses_left, invite.ends_at);
}

void apply(Database& db, const PutListening& change) {
    db.run("UPDATE memberships SET listens_until = ?3, listen_cause = ?4 WHERE room = ?1 AND account = ?2", change.room,
           change.account, change.until, change.cause);
}

void apply(Database& db, const PutRoomInvite& change) {
    const RoomInviteRecord& invite = change.invite;
    if (invite.uses_left == 0) {
        db.run("DELETE FROM room_invites WHERE room = ? AND code = ?", invite.room, invite.code);
        return;
    }
    db.run("INSERT OR REPLACE INTO room_invites (room, code, uses_left, ends_at) VALUES (?, ?, ?, ?)", invite.room,
           invite.code, invite.uses_left, invite.ends_at);
}

void apply(Database& db, const PutRules& change) {
    const RulesRecord& rules = change.rules;
    db.run("INSERT OR REPLACE INTO house_rules (version, rules, file_digest, published_at) VALUES (?, ?, ?, ?)",
           rules.rules.version, pack(rules.rules.rules), rules.file_digest, rules.published_at);
}

void apply(Database& db, const PutMeta& change) {
    db.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", change.name, change.value);
}

void apply(Database& db, const AppendAudit& change, const crypto::ChainKey& audit_key) {
    const AuditRow row = next_row(audit_key, read_audit_head(db), change.entry);
    db.run("INSERT INTO audit_log (number, entry, hash) VALUES (?, ?, ?)", row.number, row.entry, row.hash);
}

}  // namespace

Destroyed apply(Database& database, const Transaction& transaction, const crypto::ChainKey& audit_key) {
    Destroyed destroyed;
    for (const Change& change : transaction.changes) {
        if (database.has_failed()) return {};
        if (const auto* expiry = std::get_if<ExpireRoom>(&change))
            if (!has_due_keys(database, *expiry)) continue;
        destroyed.may_be_in_log |= std::holds_alternative<ExpireRoom>(change) ||
                                   std::holds_alternative<DestroyKey>(change) ||
                                   std::holds_alternative<EraseAccount>(change);
        destroyed.keys += std::visit(
            [&](const auto& one) -> std::uint64_t {
                if constexpr (requires { apply(database, one, audit_key); })
                    apply(database, one, audit_key);
                else if constexpr (requires { std::uint64_t{apply(database, one)}; })
                    return apply(database, one);
                else
                    apply(database, one);
                return 0;
            },
            change);
    }
    return destroyed;
}

}  // namespace kindroom::store
