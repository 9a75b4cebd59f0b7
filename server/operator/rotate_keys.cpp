#include "operator/rotate_keys.hpp"

#include <algorithm>
#include <ostream>

#include "crypto/durable.hpp"
#include "crypto/secret_file.hpp"
#include "operator/words.hpp"
#include "store/sqlite/closed_database.hpp"
#include "store/sqlite/file_lock.hpp"

namespace kindroom::operator_ {

namespace {

namespace fs = std::filesystem;
using Sentence = std::string;

fs::path successor_of(const fs::path& key_file) { return key_file.string() + ".new"; }

// The first digits of its print: each key that was ever in use has a name of its own.
fs::path name_when_old(const fs::path& key_file, const crypto::MasterKey& key) {
    return key_file.string() + "." + hex(as_text(key.fingerprint())).substr(0, 8);
}

// Under its own name there is always either the old key or the new one.
std::optional<Sentence> put_in_place(const fs::path& key_file, const crypto::MasterKey& old) {
    const fs::path aside = name_when_old(key_file, old);
    std::error_code ignored;
    if (!fs::exists(aside, ignored) && !crypto::link_durably(key_file, aside))
        return "the master key could not be kept as " + aside.string();
    if (!crypto::rename_durably(successor_of(key_file), key_file))
        return "the new master key could not take the place of " + key_file.string();
    return std::nullopt;
}

// Whoever calls it holds the lock: a rotation that is under way must not be taken for one that was cut short.
std::optional<Sentence> settle(const config::Config& config) {
    const fs::path& key_file = config.keys.master_key_file;
    const fs::path fresh_file = successor_of(key_file);
    const auto print = store::master_print(config.store.path.string());
    if (!print)
        return config.store.path.string() + " cannot be read, so it is not known whether " + key_file.string() +
               " or " + fresh_file.string() + " opens it: keep both";
    const auto old = crypto::MasterKey::read_file(key_file);
    if (const auto* trouble = std::get_if<Sentence>(&old)) return *trouble;
    const auto& old_key = std::get<crypto::MasterKey>(old);
    if (std::ranges::equal(old_key.fingerprint(), *print)) {
        // Nothing is wrapped under the new one.
        crypto::wipe_secret_file(fresh_file);
        return std::nullopt;
    }
    const auto fresh = crypto::MasterKey::read_file(fresh_file);
    if (const auto* trouble = std::get_if<Sentence>(&fresh)) return *trouble;
    if (std::ranges::equal(std::get<crypto::MasterKey>(fresh).fingerprint(), *print))
        return put_in_place(key_file, old_key);
    return std::nullopt;
}

bool is_unsettled(const config::Config& config) {
    std::error_code ignored;
    return fs::exists(successor_of(config.keys.master_key_file), ignored);
}

}  // namespace

std::optional<Sentence> settle_rotation(const config::Config& config) {
    if (!is_unsettled(config)) return std::nullopt;
    store::FileLock lock;
    if (auto trouble = lock.acquire(config.store.path.string()); !trouble.empty()) return trouble;
    return settle(config);
}

std::optional<Sentence> rotate_keys(const config::Config& config, std::ostream& out) {
    const fs::path& key_file = config.keys.master_key_file;
    const std::string database_file = config.store.path.string();
    store::FileLock lock;
    if (const auto trouble = lock.acquire(database_file); !trouble.empty()) return trouble + ": stop it first";
    if (is_unsettled(config))
        if (auto trouble = settle(config)) return trouble;
    const auto read = crypto::MasterKey::read_file(key_file);
    if (const auto* trouble = std::get_if<Sentence>(&read)) return *trouble;
    const auto& old = std::get<crypto::MasterKey>(read);
    const auto print = store::master_print(database_file);
    if (!print) return database_file + " is not a database that a server has opened";
    if (!std::ranges::equal(old.fingerprint(), *print))
        return "the master key in " + key_file.string() + " is not the one that this database was written with";

    auto random = crypto::Random::from_system();
    const auto made = old.create_successor(successor_of(key_file), random);
    if (const auto* trouble = std::get_if<Sentence>(&made)) return *trouble;
    {
        auto database = store::ClosedDatabase::open(database_file, config.keys.ring_file);
        if (auto* trouble = std::get_if<Sentence>(&database)) return *trouble;
        if (auto trouble = std::get<store::ClosedDatabase>(database).rewrap(old, std::get<crypto::MasterKey>(made)))
            return trouble;
    }
    if (auto trouble = put_in_place(key_file, old)) return trouble;
    out << "put    " << key_file.string() << ", the new master key: copy it to where you keep the old one's copy\n"
        << "kept   " << name_when_old(key_file, old).string() << ", the old one\n"
        << "       it opens the backups that were made until now; when you keep none of them any more, destroy it and\n"
        << "       its copies\n";
    return std::nullopt;
}

}  // namespace kindroom::operator_
