#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/database_file.hpp"
#include "store/sqlite/file_lock.hpp"
#include "store/sqlite/queries.hpp"
#include "store/sqlite/readers.hpp"
#include "store/sqlite/ring_binding.hpp"
#include "store/sqlite/writer.hpp"

namespace kindroom::store {

// In the order of need, so that they go in the reverse: readers first, since the log can only be emptied once nobody
// reads from it; the lock last.
struct SqliteStore::Parts {
    FileLock lock;
    Fate fate;
    std::unique_ptr<KeyRing> ring;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<Readers> readers;

    Parts(const Clock& clock, OnFatal on_fatal) : fate(clock, std::move(on_fatal)) {}
};

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteStore::~SqliteStore() = default;

std::variant<std::unique_ptr<SqliteStore>, std::string> SqliteStore::open(SqliteOptions options, const Clock& clock,
                                                                          OnFatal on_fatal) {
    const auto refused = [&](const std::string& trouble) { return options.path + " " + trouble; };
    auto parts = std::make_unique<Parts>(clock, std::move(on_fatal));
    if (auto trouble = parts->lock.acquire(options.path); !trouble.empty()) return trouble;
    auto database = std::make_unique<Database>();
    if (auto trouble = open_for_writing(*database, options.path, options.vfs); !trouble.empty())
        return refused(trouble);
    auto ring = bind_ring(*database, options.ring.empty() ? options.path + ".ring" : options.ring);
    if (const auto* trouble = std::get_if<std::string>(&ring)) return *trouble;
    parts->ring = std::move(std::get<std::unique_ptr<KeyRing>>(ring));
    std::vector<std::unique_ptr<Database>> databases;
    for (std::uint32_t i = 0; i < options.readers; ++i) {
        databases.push_back(std::make_unique<Database>());
        if (auto trouble = open_for_reading(*databases.back(), options.path, options.vfs); !trouble.empty())
            return refused(trouble);
        databases.back()->use(*parts->ring);
    }
    const WriterBounds bounds{
        .queue_max = options.queue_max, .batch_max = options.batch_max, .wal_pages_max = options.wal_pages_max};
    parts->writer =
        std::make_unique<Writer>(std::move(database), options.audit_key, bounds, parts->fate, std::move(options.watch));
    parts->readers = std::make_unique<Readers>(std::move(databases), options.queue_max, parts->fate);
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
}

void SqliteStore::commit(Transaction transaction, Scheduler& home, Then<Committed> then) {
    parts_->writer->commit(std::move(transaction), home, std::move(then));
}

void SqliteStore::load_room(RoomQuery query, Scheduler& home, Then<std::optional<LoadedRoom>> then) {
    parts_->readers->read(home, std::move(then), [query](Database& db) { return store::load_room(db, query); });
}

void SqliteStore::list_rooms(Scheduler& home, Then<std::vector<RoomRecord>> then) {
    parts_->readers->read(home, std::move(then), [](Database& db) { return store::list_rooms(db); });
}

void SqliteStore::rooms_of(AccountId account, Scheduler& home, Then<std::vector<RoomId>> then) {
    parts_->readers->read(home, std::move(then), [account](Database& db) { return store::rooms_of(db, account); });
}

void SqliteStore::read_steps(StepsQuery query, Scheduler& home, Then<StepRows> then) {
    parts_->readers->read(home, std::move(then), [query](Database& db) { return store::read_steps(db, query); });
}

void SqliteStore::read_messages(MessagesQuery query, Scheduler& home, Then<MessageRows> then) {
    parts_->readers->read(home, std::move(then), [query](Database& db) { return store::read_messages(db, query); });
}

void SqliteStore::find_message(RoomId room, MessageId message, Scheduler& home, Then<MessageRows> then) {
    parts_->readers->read(home, std::move(then),
                          [room, message](Database& db) { return store::find_message(db, room, message); });
}

void SqliteStore::read_own_words(OwnWordsQuery query, Scheduler& home, Then<OwnWords> then) {
    parts_->readers->read(home, std::move(then), [query](Database& db) { return store::read_own_words(db, query); });
}

void SqliteStore::memberships_of(AccountId account, Scheduler& home, Then<std::vector<MembershipRecord>> then) {
    parts_->readers->read(home, std::move(then),
                          [account](Database& db) { return store::memberships_of(db, account); });
}

void SqliteStore::list_erasures(Scheduler& home, Then<std::vector<Erasure>> then) {
    parts_->readers->read(home, std::move(then), [](Database& db) { return store::list_erasures(db); });
}

void SqliteStore::load_account(AccountId account, Scheduler& home, Then<std::optional<LoadedAccount>> then) {
    parts_->readers->read(home, std::move(then), [account](Database& db) { return store::load_account(db, account); });
}

void SqliteStore::find_account(std::string login_id, Scheduler& home, Then<std::optional<AccountId>> then) {
    parts_->readers->read(home, std::move(then),
                          [login_id = std::move(login_id)](Database& db) { return store::find_account(db, login_id); });
}

void SqliteStore::find_session(SecretHash token, Scheduler& home, Then<std::optional<AccountId>> then) {
    parts_->readers->read(home, std::move(then), [token](Database& db) { return store::find_session(db, token); });
}

void SqliteStore::find_invite(SecretHash code, Scheduler& home, Then<std::optional<InviteRecord>> then) {
    parts_->readers->read(home, std::move(then), [code](Database& db) { return store::find_invite(db, code); });
}

void SqliteStore::load_cases(Scheduler& home, Then<LoadedCases> then) {
    parts_->readers->read(home, std::move(then), [](Database& db) { return store::load_cases(db); });
}

void SqliteStore::find_report(SecretHash receipt, Scheduler& home, Then<std::optional<ReportRecord>> then) {
    parts_->readers->read(home, std::move(then), [receipt](Database& db) { return store::find_report(db, receipt); });
}

void SqliteStore::read_audit(AuditQuery query, Scheduler& home, Then<std::vector<AuditRow>> then) {
    parts_->readers->read(home, std::move(then), [query](Database& db) { return store::read_audit(db, query); });
}

void SqliteStore::read_audit_head(Scheduler& home, Then<AuditHead> then) {
    parts_->readers->read(home, std::move(then), [](Database& db) { return store::read_audit_head(db); });
}

void SqliteStore::open_decisions(Scheduler& home, Then<OpenDecisions> then) {
    parts_->readers->read(home, std::move(then), [](Database& db) { return store::open_decisions(db); });
}

void SqliteStore::find_decision(DecisionId decision, Scheduler& home, Then<std::optional<DecisionRecord>> then) {
    parts_->readers->read(home, std::move(then),
                          [decision](Database& db) { return store::find_decision(db, decision); });
}

void SqliteStore::find_appeal_code(SecretHash code, Scheduler& home, Then<std::optional<DecisionRecord>> then) {
    parts_->readers->read(home, std::move(then), [code](Database& db) { return store::find_appeal_code(db, code); });
}

void SqliteStore::load_rules(Scheduler& home, Then<std::optional<RulesRecord>> then) {
    parts_->readers->read(home, std::move(then), [](Database& db) { return store::load_rules(db); });
}

void SqliteStore::read_meta(std::string name, Scheduler& home, Then<std::optional<Bytes>> then) {
    parts_->readers->read(home, std::move(then),
                          [name = std::move(name)](Database& db) { return store::read_meta(db, name); });
}

}  // namespace kindroom::store
