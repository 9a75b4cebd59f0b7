// What each question to the store reads.
#pragma once

#include <set>

#include "store/sqlite/database.hpp"
#include "store/store.hpp"

namespace kindroom::store {

// Each within a transaction that the caller has begun, so that all parts of an answer are of one moment. Errors stay in
// `database`; an answer is worth nothing then.
std::optional<LoadedRoom> load_room(Database& database, const Store::RoomQuery& query);
std::vector<RoomRecord> list_rooms(Database& database);
std::vector<RoomId> rooms_of(Database& database, AccountId account);
StepRows read_steps(Database& database, const Store::StepsQuery& query);
MessageRows read_messages(Database& database, const Store::MessagesQuery& query);
MessageRows find_message(Database& database, RoomId room, MessageId message);
std::vector<AuditRow> read_audit(Database& database, const Store::AuditQuery& query);
AuditHead read_audit_head(Database& database);
OwnWords read_own_words(Database& database, const Store::OwnWordsQuery& query);
std::vector<MembershipRecord> memberships_of(Database& database, AccountId account);
std::vector<Erasure> list_erasures(Database& database);
// Each of a row of the whole table.
WrappedKey take_key(Rows& row);
AuditRow take_audit_row(Rows& row);
MembershipRecord take_membership(Rows& row);
MessageRecord take_message(Database& db, Rows& row);
// Those of `wanted` that still exist, each once.
std::vector<WrappedKey> keys_of(Database& database, const std::set<DataKeyId>& wanted);
std::optional<LoadedAccount> load_account(Database& database, AccountId account);
std::optional<AccountId> find_account(Database& database, const std::string& login_id);
std::optional<AccountId> find_session(Database& database, SecretHash token);
std::optional<InviteRecord> find_invite(Database& database, SecretHash code);
LoadedCases load_cases(Database& database);
std::optional<ReportRecord> find_report(Database& database, SecretHash receipt);
OpenDecisions open_decisions(Database& database);
std::optional<DecisionRecord> find_decision(Database& database, DecisionId decision);
std::optional<DecisionRecord> find_appeal_code(Database& database, SecretHash code);
std::optional<RulesRecord> load_rules(Database& database);
std::optional<Bytes> read_meta(Database& database, const std::string& name);

}  // namespace kindroom::store
