#include "store/sqlite/database.hpp"

namespace kindroom::store {
namespace {

// As SQLite reads addresses: what has a meaning in one is written as its number.
std::string unchanging_address(const std::string& path) {
    constexpr char digits[] = "0123456789abcdef";
    std::string address = "file:";
    for (const char letter : path) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte > 0x20 && byte < 0x7f && letter != '%' && letter != '?' && letter != '#')
            address += letter;
        else
            (address += '%') += {digits[byte >> 4], digits[byte & 0xf]};
    }
    return address + "?immutable=1";
}

}  // namespace

Rows::~Rows() {
    if (!statement_) return;
    // The code of a reset repeats the error of the last step, which is noted already.
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
    if (!statement_ || database_.has_failed()) return false;
    column_ = 0;
    const int code = sqlite3_step(statement_);
    database_.note(code);
    return code == SQLITE_ROW;
}

std::span<const std::byte> Rows::blob() {
    const int column = column_++;
    // The pointer first: asking for it may convert, and the length is then that of what was converted.
    const auto* start = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return start ? std::span(start, size) : std::span<const std::byte>{};
}

void Rows::damaged() { database_.note(SQLITE_CORRUPT); }

void Database::open(const std::string& path, const std::string& vfs, Access access) {
    const int way = access == Access::read_and_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                    : access == Access::only_read    ? SQLITE_OPEN_READONLY
                                                     : SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    // No mutex of SQLite's own: a connection belongs to one thread.
    const int flags = way | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const std::string name = access == Access::unchanging ? unchanging_address(path) : path;
    note(sqlite3_open_v2(name.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str()));
    if (handle_) sqlite3_busy_timeout(handle_, 100);
}

void Database::close() {
    statements_.clear();
    sqlite3_close_v2(std::exchange(handle_, nullptr));
}

void Database::execute(const char* sql) {
    if (!has_failed()) note(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
}

sqlite3_stmt* Database::prepared(Sql sql) {
    if (has_failed()) return nullptr;
    auto& cached = statements_[sql.text];
    if (!cached) {
        sqlite3_stmt* statement = nullptr;
        note(sqlite3_prepare_v3(handle_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        cached.reset(statement);
    }
    return cached.get();
}

void Database::bind(sqlite3_stmt* statement, int& at, std::span<const std::byte> value) {
    // A null pointer would store NULL instead of nothing.
    const void* start = value.empty() ? static_cast<const void*>("") : value.data();
    note(sqlite3_bind_blob64(statement, ++at, start, value.size(), SQLITE_STATIC));
}

void Database::bind(sqlite3_stmt* statement, int& at, const std::string& value) {
    note(sqlite3_bind_text64(statement, ++at, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

}  // namespace kindroom::store
