#include "store/sqlite/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/descriptor.hpp"
#include "crypto/digest.hpp"
#include "crypto/durable.hpp"
#include "store/sqlite/backup_note.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/queries.hpp"
#include "store/sqlite/ring_binding.hpp"

namespace kindroom::store {
namespace {

using crypto::Descriptor;

// Pages copied between two looks at the clock of others: some milliseconds each.
constexpr int pages_at_once = 256;
constexpr std::size_t bytes_at_once = 256 * 1024;
constexpr mode_t private_to_its_user = S_IRUSR | S_IWUSR;

std::string sentence(const std::filesystem::path& path, const std::string& trouble) {
    return path.string() + " " + trouble;
}
std::string system_sentence(const std::filesystem::path& path, const char* what) {
    return sentence(path, std::string(what) + ": " + std::strerror(errno));
}

// Gives a file's first bytes to `each`, piece by piece, until it says false. Whether all were given.
bool read_through(int file, std::uint64_t bytes, const std::function<bool(std::span<const std::byte>)>& each) {
    Bytes piece(bytes_at_once);
    for (std::uint64_t at = 0; at < bytes;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), bytes - at));
        const ssize_t read = ::pread(file, piece.data(), wanted, static_cast<off_t>(at));
        if (read < 0 && errno == EINTR) continue;
        if (read <= 0 || !each(std::span(piece).first(static_cast<std::size_t>(read)))) return false;
        at += static_cast<std::uint64_t>(read);
    }
    return true;
}

std::optional<crypto::Digest> seal_of(int file, const BackupNote& note, const crypto::MasterKey& master) {
    crypto::Hasher hasher(master.derive("backup"));
    const bool whole = read_through(file, note.database_bytes, [&](std::span<const std::byte> piece) {
        hasher.add(piece);
        return true;
    });
    if (!whole) return std::nullopt;
    hasher.add(pack(note));
    return hasher.take();
}

// ---- making ---------------------------------------------------------------------------------------------------------

// Everything is of the one moment at which its transaction begins.
std::optional<std::string> copy_pages(Database& from, Database& to, const BackupProgress& progress) {
    to.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
    sqlite3_backup* copying = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (!copying) return "cannot be written: " + std::string(sqlite3_errmsg(to.handle()));
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(copying, pages_at_once);
        const auto all = static_cast<std::uint64_t>(sqlite3_backup_pagecount(copying));
        progress(all - static_cast<std::uint64_t>(sqlite3_backup_remaining(copying)), all);
    }
    sqlite3_backup_finish(copying);
    if (code != SQLITE_DONE) return "cannot be written: " + std::string(sqlite3_errstr(code));
    return std::nullopt;
}

// Behind the database that the file holds so far.
std::optional<std::string> add_note(const std::filesystem::path& path, BackupNote note,
                                    const crypto::MasterKey& master) {
    const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return system_sentence(path, "cannot be read");
    note.database_bytes = static_cast<std::uint64_t>(status.st_size);
    const auto seal = seal_of(file.get(), note, master);
    if (!seal) return system_sentence(path, "cannot be read");
    ::lseek(file.get(), 0, SEEK_END);
    if (!crypto::write_all(file.get(), with_seal(note, *seal)) || ::fsync(file.get()) != 0)
        return system_sentence(path, "cannot be written");
    return std::nullopt;
}

std::optional<std::string> copy_database(const std::string& database, const std::filesystem::path& to,
                                         const crypto::MasterKey& master, TimePoint now,
                                         const BackupProgress& progress) {
    Database from;
    if (auto trouble = open_to_look(from, database); !trouble.empty()) return sentence(database, trouble);
    from.execute("BEGIN");
    const auto print = read_meta(from, "master_key");
    BackupNote note{.schema = static_cast<std::uint32_t>(schema_of(from)),
                    .made_at = now,
                    .house = master.house_print(),
                    .master = master.fingerprint(),
                    .ring = ring_of(from)};
    if (from.has_failed()) return sentence(database, "cannot be read");
    if (!print || !std::ranges::equal(*print, note.master))
        return sentence(database, "was not written with this master key: put the right file there");
    if (note.ring.is_nil()) return sentence(database, "has no key ring yet: start this Kindroom with it once");
    {
        Database copy;
        copy.open(to.string(), "");
        if (auto trouble = copy_pages(from, copy, progress)) return sentence(to, *trouble);
    }
    return add_note(to, note, master);
}

}  // namespace

std::optional<std::string> make_backup(const std::string& database, const std::filesystem::path& to,
                                       const crypto::MasterKey& master, TimePoint now, const BackupProgress& progress) {
    std::error_code ignored;
    if (std::filesystem::exists(to, ignored)) return sentence(to, "exists already: it is kept; choose another name");
    // Under its own name only when it is whole.
    const std::filesystem::path part = to.string() + ".part";
    ::unlink(part.c_str());
    {
        const Descriptor made(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, private_to_its_user));
        if (made.get() < 0) return system_sentence(part, "cannot be made");
    }
    auto trouble = copy_database(database, part, master, now, progress);
    if (!trouble && !crypto::link_durably(part, to)) trouble = system_sentence(to, "cannot be made");
    ::unlink(part.c_str());
    return trouble;
}

// ---- checking -------------------------------------------------------------------------------------------------------

std::variant<BackupNote, std::string> check_backup(const std::filesystem::path& path, const crypto::MasterKey& master) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return system_sentence(path, "cannot be read");
    Bytes end(sealed_note_bytes);
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const bool is_long_enough = size >= end.size();
    if (!is_long_enough || ::pread(file.get(), end.data(), end.size(), static_cast<off_t>(size - end.size())) !=
                               static_cast<ssize_t>(end.size()))
        return sentence(path, "is no backup of Kindroom, or its end is missing");
    const auto sealed = read_note(end);
    if (!sealed) return sentence(path, "is no backup of Kindroom, or its end is missing or damaged");
    const auto& [note, seal] = *sealed;
    if (note.database_bytes != size - end.size())
        return sentence(path, "is damaged: it is longer or shorter than it was");
    if (note.house != master.house_print())
        return sentence(path, "is a backup of another house, or of another master key");
    if (note.master != master.fingerprint())
        return sentence(path, "was made under a master key that was in use before: name its file with --master-key");
    if (note.schema > newest_schema())
        return sentence(path, "was made by a newer Kindroom (its schema is " + std::to_string(note.schema) +
                                  ", this program knows " + std::to_string(newest_schema()) + "): use that one");
    const auto found = seal_of(file.get(), note, master);
    if (!found) return system_sentence(path, "cannot be read");
    if (*found != seal) return sentence(path, "is damaged: some of its bytes are not those that were written");
    return note;
}

namespace {

using Keys = std::unordered_map<DataKeyId, crypto::DataKey>;

// Nothing, or what is wrong with them.
std::optional<std::string> open_keys(Database& db, const crypto::MasterKey& master, const KeyRing& ring, Keys& keys,
                                     BackupContents& contents) {
    const crypto::Vault vault(master);
    for (const StoredKey& stored : stored_keys(db)) {
        if (stored.leaf != KeyRing::no_leaf && !ring.has(stored.leaf)) {
            contents.keys_gone += 1;
            continue;
        }
        const auto wrapped = ring.unwrap(stored.key.id, stored.key.wrapped, stored.leaf);
        const auto key = wrapped ? vault.unwrap(*wrapped, stored.key.id) : std::nullopt;
        if (!key) return "has keys that neither this ring nor this master key opens";
        keys.emplace(stored.key.id, *key);
        contents.keys += 1;
    }
    return std::nullopt;
}

std::optional<std::string> open_messages(Database& db, const Keys& keys, BackupContents& contents) {
    for (Rows row = db.query("SELECT room, id, place_key, person_key, box FROM messages WHERE NOT retracted");
         row.next();) {
        const auto room = row.take<RoomId>();
        const auto message = row.take<MessageId>();
        const auto sealed = row.take<Sealed>();
        const auto place = keys.find(sealed.place_key);
        const auto person = keys.find(sealed.person_key);
        if (place == keys.end() || person == keys.end()) {
            contents.messages_gone += 1;
            continue;
        }
        if (!crypto::Vault::open(sealed.box, &place->second, &person->second,
                                 {.room = room, .message = message, .kind = "content"}))
            return "has words that their keys do not open";
        contents.messages += 1;
    }
    return std::nullopt;
}

bool passes_own_check(Database& db) {
    Rows row = db.query("PRAGMA integrity_check(1)");
    return row.next() && row.take<std::string>() == "ok";
}

}  // namespace

std::variant<BackupContents, std::string> look_into_backup(const std::filesystem::path& path,
                                                           const crypto::MasterKey& master, const KeyRing& ring) {
    Database db;
    if (auto trouble = open_unchanging(db, path.string()); !trouble.empty()) return sentence(path, trouble);
    if (!passes_own_check(db)) return sentence(path, "does not pass SQLite's own check");
    if (ring.id() != ring_of(db)) return sentence(path, "belongs to another key ring than this one");
    BackupContents contents;
    Keys keys;
    if (auto trouble = open_keys(db, master, ring, keys, contents)) return sentence(path, *trouble);
    if (auto trouble = open_messages(db, keys, contents)) return sentence(path, *trouble);
    if (db.has_failed()) return sentence(path, "cannot be read to its end");
    return contents;
}

std::optional<std::string> take_out_of_backup(const std::filesystem::path& path, const crypto::MasterKey& master,
                                              const std::filesystem::path& to) {
    const auto checked = check_backup(path, master);
    if (const auto* trouble = std::get_if<std::string>(&checked)) return *trouble;
    const auto& note = std::get<BackupNote>(checked);
    const Descriptor from(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    ::unlink(to.c_str());
    const Descriptor copy(::open(to.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, private_to_its_user));
    if (from.get() < 0) return system_sentence(path, "cannot be read");
    if (copy.get() < 0) return system_sentence(to, "cannot be made");
    const bool copied = read_through(from.get(), note.database_bytes, [&](std::span<const std::byte> piece) {
        return crypto::write_all(copy.get(), piece);
    });
    if (!copied || ::fsync(copy.get()) != 0) return system_sentence(to, "cannot be written");
    // What was copied, and not what was checked, is what counts.
    if (seal_of(copy.get(), note, master) != seal_of(from.get(), note, master))
        return sentence(to, "is not what was copied: is the disk in order?");
    return std::nullopt;
}

}  // namespace kindroom::store
