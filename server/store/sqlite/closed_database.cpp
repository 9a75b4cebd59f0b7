#include "store/sqlite/closed_database.hpp"

#include <algorithm>
#include <limits>

#include "store/sqlite/changes_keys.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/queries.hpp"
#include "store/sqlite/ring_binding.hpp"

namespace kindroom::store {
namespace {

// One house does not make so many keys of people between two restores of one copy that two leaps would often meet.
constexpr KeyRing::Leaf leap_max = KeyRing::Leaf{1} << 24;

}  // namespace

ClosedDatabase::ClosedDatabase(std::unique_ptr<KeyRing> ring, std::unique_ptr<Database> database)
    : ring_(std::move(ring)), database_(std::move(database)) {}
ClosedDatabase::ClosedDatabase(ClosedDatabase&&) noexcept = default;
ClosedDatabase::~ClosedDatabase() = default;

std::variant<ClosedDatabase, std::string> ClosedDatabase::open(const std::string& path,
                                                               const std::filesystem::path& ring_file) {
    auto database = std::make_unique<Database>();
    if (auto trouble = open_for_writing(*database, path, ""); !trouble.empty()) return path + " " + trouble;
    auto ring = bind_ring(*database, ring_file);
    if (const auto* trouble = std::get_if<std::string>(&ring)) return *trouble;
    return ClosedDatabase(std::move(std::get<std::unique_ptr<KeyRing>>(ring)), std::move(database));
}

std::optional<std::string> ClosedDatabase::rewrap(const crypto::MasterKey& from, const crypto::MasterKey& to) {
    const crypto::Vault before(from);
    const crypto::Vault after(to);
    auto random = crypto::Random::from_system();
    Database& db = *database_;
    db.execute("BEGIN IMMEDIATE");
    for (StoredKey& stored : stored_keys(db)) {
        const auto wrapped = ring_->unwrap(stored.key.id, stored.key.wrapped, stored.leaf);
        // Destroyed: it stays as it is, and its row goes when its time has come.
        if (!wrapped) continue;
        const auto key = before.unwrap(*wrapped, stored.key.id);
        if (!key) {
            db.execute("ROLLBACK");
            return "a data key cannot be opened with this master key; nothing was changed";
        }
        stored.key.wrapped = after.wrap(*key, stored.key.id, random);
        db.run("UPDATE data_keys SET wrapped = ?2 WHERE id = ?1", stored.key.id, ring_->wrap(stored.key, stored.leaf));
    }
    const auto print = to.fingerprint();
    db.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('master_key', ?)", std::span<const std::byte>(print));
    db.execute("COMMIT");
    if (db.has_failed()) return "the database cannot be written; nothing was changed";
    return std::nullopt;
}

std::optional<std::string> ClosedDatabase::erase_again() {
    Database& db = *database_;
    db.execute("BEGIN IMMEDIATE");
    std::vector<AccountId> erased;
    for (Rows row = db.query("SELECT a.id, k.leaf FROM accounts a LEFT JOIN data_keys k ON k.id = a.person_key");
         row.next();) {
        const auto account = row.take<AccountId>();
        const auto leaf = row.take<KeyRing::Leaf>();
        if (leaf == KeyRing::no_leaf || !ring_->has(leaf)) erased.push_back(account);
    }
    for (const AccountId account : erased) apply(db, EraseAccount{account});
    db.execute("COMMIT");
    if (db.has_failed() || !bury(db)) return "the database cannot be written";
    return std::nullopt;
}

KeyRing::Leaf ClosedDatabase::last_leaf() { return last_single_leaf(*database_); }

std::optional<std::string> ClosedDatabase::pass_over_leaves(KeyRing::Leaf known) {
    const KeyRing::Leaf last = std::max({known, last_leaf(), KeyRing::first_single});
    // Never half of what is left, however often a house is restored.
    const KeyRing::Leaf left = std::numeric_limits<KeyRing::Leaf>::max() - last;
    const auto leap = crypto::Random::from_system().below(std::min(leap_max, left / 2) + 1);
    store::pass_over_leaves(*database_, last + static_cast<KeyRing::Leaf>(leap));
    if (database_->has_failed()) return "the database cannot be written";
    return std::nullopt;
}

std::optional<Bytes> master_print(const std::string& path) {
    Database database;
    if (!open_to_look(database, path).empty()) return std::nullopt;
    auto print = read_meta(database, "master_key");
    return database.has_failed() ? std::nullopt : print;
}

}  // namespace kindroom::store
