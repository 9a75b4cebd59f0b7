#include "contract/store_world.hpp"

#include "base/assert.hpp"

namespace kindroom::test {

using store::Store;

void StoreWorld::commit(std::vector<store::Change> changes) {
    const auto answer = try_commit({std::move(changes)});
    KINDROOM_ASSERT(answer && *answer);
}

std::optional<store::LoadedRoom> StoreWorld::load_room(Store::RoomQuery query) {
    return asked<std::optional<store::LoadedRoom>>(
        [&](Store& store, Scheduler& home, auto then) { store.load_room(query, home, std::move(then)); });
}

std::vector<store::RoomRecord> StoreWorld::list_rooms() {
    return asked<std::vector<store::RoomRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.list_rooms(home, std::move(then)); });
}

std::vector<RoomId> StoreWorld::rooms_of(AccountId account) {
    return asked<std::vector<RoomId>>(
        [&](Store& store, Scheduler& home, auto then) { store.rooms_of(account, home, std::move(then)); });
}

store::StepRows StoreWorld::read_steps(Store::StepsQuery query) {
    return asked<store::StepRows>(
        [&](Store& store, Scheduler& home, auto then) { store.read_steps(query, home, std::move(then)); });
}

store::MessageRows StoreWorld::read_messages(Store::MessagesQuery query) {
    return asked<store::MessageRows>(
        [&](Store& store, Scheduler& home, auto then) { store.read_messages(query, home, std::move(then)); });
}

store::MessageRows StoreWorld::find_message(RoomId room, MessageId message) {
    return asked<store::MessageRows>(
        [&](Store& store, Scheduler& home, auto then) { store.find_message(room, message, home, std::move(then)); });
}

store::OwnWords StoreWorld::read_own_words(Store::OwnWordsQuery query) {
    return asked<store::OwnWords>(
        [&](Store& store, Scheduler& home, auto then) { store.read_own_words(query, home, std::move(then)); });
}

std::vector<store::MembershipRecord> StoreWorld::memberships_of(AccountId account) {
    return asked<std::vector<store::MembershipRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.memberships_of(account, home, std::move(then)); });
}

std::vector<store::Erasure> StoreWorld::list_erasures() {
    return asked<std::vector<store::Erasure>>(
        [&](Store& store, Scheduler& home, auto then) { store.list_erasures(home, std::move(then)); });
}

std::optional<store::LoadedAccount> StoreWorld::load_account(AccountId account) {
    return asked<std::optional<store::LoadedAccount>>(
        [&](Store& store, Scheduler& home, auto then) { store.load_account(account, home, std::move(then)); });
}

std::optional<AccountId> StoreWorld::find_account(const std::string& login_id) {
    return asked<std::optional<AccountId>>(
        [&](Store& store, Scheduler& home, auto then) { store.find_account(login_id, home, std::move(then)); });
}

std::optional<AccountId> StoreWorld::find_session(SecretHash token) {
    return asked<std::optional<AccountId>>(
        [&](Store& store, Scheduler& home, auto then) { store.find_session(token, home, std::move(then)); });
}

std::optional<store::InviteRecord> StoreWorld::find_invite(SecretHash code) {
    return asked<std::optional<store::InviteRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.find_invite(code, home, std::move(then)); });
}

store::LoadedCases StoreWorld::load_cases() {
    return asked<store::LoadedCases>(
        [](Store& store, Scheduler& home, auto then) { store.load_cases(home, std::move(then)); });
}

std::optional<store::ReportRecord> StoreWorld::find_report(SecretHash receipt) {
    return asked<std::optional<store::ReportRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.find_report(receipt, home, std::move(then)); });
}

std::vector<store::AuditRow> StoreWorld::read_audit(Store::AuditQuery query) {
    return asked<std::vector<store::AuditRow>>(
        [&](Store& store, Scheduler& home, auto then) { store.read_audit(query, home, std::move(then)); });
}

store::AuditHead StoreWorld::read_audit_head() {
    return asked<store::AuditHead>(
        [&](Store& store, Scheduler& home, auto then) { store.read_audit_head(home, std::move(then)); });
}

store::OpenDecisions StoreWorld::open_decisions() {
    return asked<store::OpenDecisions>(
        [&](Store& store, Scheduler& home, auto then) { store.open_decisions(home, std::move(then)); });
}

std::optional<store::DecisionRecord> StoreWorld::find_decision(DecisionId decision) {
    return asked<std::optional<store::DecisionRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.find_decision(decision, home, std::move(then)); });
}

std::optional<store::DecisionRecord> StoreWorld::find_appeal_code(SecretHash code) {
    return asked<std::optional<store::DecisionRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.find_appeal_code(code, home, std::move(then)); });
}

std::optional<store::RulesRecord> StoreWorld::load_rules() {
    return asked<std::optional<store::RulesRecord>>(
        [&](Store& store, Scheduler& home, auto then) { store.load_rules(home, std::move(then)); });
}

std::optional<Bytes> StoreWorld::read_meta(const std::string& name) {
    return asked<std::optional<Bytes>>(
        [&](Store& store, Scheduler& home, auto then) { store.read_meta(name, home, std::move(then)); });
}

}  // namespace kindroom::test
