#include "store/sqlite/ring_binding.hpp"

#include <vector>

#include "crypto/secret_file.hpp"
#include "store/sqlite/queries.hpp"

namespace kindroom::store {
namespace {

constexpr const char* name_of_the_ring = "key_ring";

void put_under(KeyRing& ring, Database& db) {
    KeyRing::Leaf free_from = KeyRing::first_single;
    for (const StoredKey& stored : stored_keys(db)) {
        if (stored.leaf != KeyRing::no_leaf) continue;
        const KeyRing::Leaf leaf = ring.leaf_for(stored.key, free_from);
        if (KeyRing::is_single(leaf)) free_from = leaf + 1;
        db.run("UPDATE data_keys SET wrapped = ?2, leaf = ?3 WHERE id = ?1", stored.key.id, ring.wrap(stored.key, leaf),
               leaf);
    }
}

}  // namespace

RingId ring_of(Database& database) {
    const auto id = read_meta(database, name_of_the_ring);
    return id ? RingId::from_bytes(*id).value_or(RingId{}) : RingId{};
}

std::vector<StoredKey> stored_keys(Database& database) {
    std::vector<StoredKey> keys;
    for (Rows row = database.query("SELECT * FROM data_keys"); row.next();) {
        StoredKey& stored = keys.emplace_back();
        stored.key = take_key(row);
        stored.leaf = row.take<KeyRing::Leaf>();
    }
    return keys;
}

std::variant<std::unique_ptr<KeyRing>, std::string> bind_ring(Database& database, const std::filesystem::path& path) {
    const auto refused = [&path](const std::string& trouble) {
        return "the key ring " + path.string() + " " + trouble;
    };
    const RingId wanted = ring_of(database);
    std::error_code ignored;
    // One that is there although the database knows none was made a moment before a crash.
    auto opened =
        wanted.is_nil() && !std::filesystem::exists(path, ignored) ? KeyRing::create(path) : KeyRing::open(path);
    if (const auto* trouble = std::get_if<std::string>(&opened)) return refused(*trouble);
    auto ring = std::make_unique<KeyRing>(std::move(std::get<KeyRing>(opened)));
    if (!wanted.is_nil() && ring->id() != wanted)
        return refused("belongs to another database: put the right file there");
    if (wanted.is_nil() && !ring->is_untouched())
        return refused("belongs to a database that is not there: bring that back, or move the ring away");
    crypto::settle_secret_file(path);
    database.use(*ring);
    if (wanted.is_nil()) {
        database.execute("BEGIN IMMEDIATE");
        put_under(*ring, database);
        database.run("INSERT INTO meta (name, value) VALUES (?, ?)", std::string(name_of_the_ring),
                     std::span<const std::byte>(ring->id().bytes()));
        database.execute("COMMIT");
    }
    const bool buried = bury(database);
    if (const int code = database.take_failure(); code != SQLITE_OK)
        return "the database cannot be written: " + std::string(sqlite3_errstr(code));
    if (!buried) return refused("cannot be written");
    return ring;
}

void condemn(Database& database, KeyRing::Leaf first, KeyRing::Leaf last) {
    database.run("INSERT INTO destroyed_leaves (first, last) VALUES (?, ?)", first, last);
}

bool bury(Database& database) {
    struct Leaves {
        KeyRing::Leaf first;
        KeyRing::Leaf last;
    };
    std::vector<Leaves> condemned;
    for (Rows row = database.query("SELECT first, last FROM destroyed_leaves"); row.next();) {
        const auto first = row.take<KeyRing::Leaf>();
        condemned.push_back({first, row.take<KeyRing::Leaf>()});
    }
    if (condemned.empty() || database.has_failed()) return !database.has_failed();
    for (const Leaves& leaves : condemned) database.ring().destroy(leaves.first, leaves.last);
    if (!database.ring().keep()) return false;
    database.run("DELETE FROM destroyed_leaves");
    return !database.has_failed();
}

}  // namespace kindroom::store
