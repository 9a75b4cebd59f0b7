#include "store/sqlite/database_file.hpp"

#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "store/sqlite/migrations.hpp"

namespace kindroom::store {
namespace {

constexpr int private_to_its_user = 0600;

std::string system_error(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

std::string make_file(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, private_to_its_user);
    if (descriptor < 0) return system_error("cannot be opened");
    ::close(descriptor);
    return {};
}

// The journal mode is remembered in the file, and it alone answers; a file system without shared memory answers
// "delete".
bool enter_wal_mode(Database& database) {
    Rows rows = database.query("PRAGMA journal_mode = WAL");
    return rows.next() && rows.take<std::string>() == "wal";
}

std::string explain(Database& database) {
    const int code = database.take_failure();
    if ((code & 0xff) == SQLITE_NOTADB) return "is not a SQLite database";
    if ((code & 0xff) == SQLITE_CORRUPT) return "is damaged: restore a backup";
    return std::string("cannot be used: ") + sqlite3_errstr(code) + " (" + std::to_string(code) + ")";
}

}  // namespace

std::string open_for_writing(Database& database, const std::string& path, const std::string& vfs) {
    if (auto trouble = make_file(path); !trouble.empty()) return trouble;
    database.open(path, vfs);
    // Before anything that writes: a file which is not ours stays as it is.
    const auto refusal = check_schema(database);
    if (database.has_failed()) return explain(database);
    if (!refusal.empty()) return refusal;
    // The last rollback journal must not come back after a power cut and undo the change of mode beneath a log in use:
    // EXTRA also syncs the folder that it is removed from.
    database.execute("PRAGMA synchronous = EXTRA");
    if (!enter_wal_mode(database) && !database.has_failed()) return "cannot have a write-ahead log: use a local disk";
    // Acknowledged means synced; deleted means overwritten; and the writer alone decides when to checkpoint.
    database.execute(R"sql(
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA trusted_schema = OFF;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA cache_size = -16000;)sql");
    migrate(database);
    return database.has_failed() ? explain(database) : std::string{};
}

std::string open_for_reading(Database& database, const std::string& path, const std::string& vfs) {
    database.open(path, vfs);
    database.execute(R"sql(
        PRAGMA query_only = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA trusted_schema = OFF;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA cache_size = -8000;)sql");
    return database.has_failed() ? explain(database) : std::string{};
}

std::string open_to_look(Database& database, const std::string& path) {
    database.open(path, "", Database::Access::only_read);
    const auto refusal = check_schema(database);
    if (database.has_failed()) return explain(database);
    database.execute("PRAGMA trusted_schema = OFF");
    return refusal;
}

std::string open_unchanging(Database& database, const std::string& path) {
    database.open(path, "", Database::Access::unchanging);
    const auto refusal = check_schema(database);
    if (database.has_failed()) return explain(database);
    database.execute("PRAGMA trusted_schema = OFF");
    return refusal;
}

}  // namespace kindroom::store
