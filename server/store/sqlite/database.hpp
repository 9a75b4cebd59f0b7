// A thin hold on SQLite's C interface: connections and statements that close themselves, values in and out by type, and
// every error code kept.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "store/records.hpp"

namespace kindroom::store {

// SQL known when we compile, so that its address can name the prepared statement and nobody pastes values into it.
struct Sql {
    consteval Sql(const char* literal) : text(literal) {}
    const char* text;
};

class Database;
class KeyRing;

// The rows of one query, taken one after the other, columns from left to right. Ends the statement when it goes, so at
// most one of the same statement may live at a time.
class Rows {
  public:
    Rows(Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    // Goes to the next row; false at the end or after an error, which the database then remembers.
    bool next();
    // The next column of this row.
    template <class T>
    T take() {
        T value{};
        read(value);
        return value;
    }

  private:
    void read(std::int64_t& value) { value = sqlite3_column_int64(statement_, column_++); }
    void read(bool& value) { value = sqlite3_column_int64(statement_, column_++) != 0; }
    void read(std::string& value) { value = as_text(blob()); }
    void read(Bytes& value) {
        const auto bytes = blob();
        value.assign(bytes.begin(), bytes.end());
    }
    void read(TimePoint& value) { value = from_ms(take<std::int64_t>()); }
    void read(Duration& value) { value = Duration{take<std::int64_t>()}; }
    void read(Sealed& value) {
        read(value.place_key);
        read(value.person_key);
        read(value.box);
    }
    template <class T>
    requires std::is_enum_v<T> || std::unsigned_integral<T>
    void read(T& value) { value = static_cast<T>(take<std::int64_t>()); }
    // Nil ids are stored as NULL.
    template <class Tag>
    void read(Id128<Tag>& value) {
        if (const auto bytes = blob(); !bytes.empty()) value = whole(Id128<Tag>::from_bytes(bytes));
    }
    template <class Tag>
    void read(std::optional<Id128<Tag>>& value) {
        if (const auto bytes = blob(); !bytes.empty()) value = whole(Id128<Tag>::from_bytes(bytes));
    }
    template <class Id>
    Id whole(const std::optional<Id>& id) {
        if (!id) damaged();
        return id.value_or(Id{});
    }
    std::span<const std::byte> blob();
    void damaged();

    Database& database_;
    sqlite3_stmt* statement_;
    int column_ = 0;
};

// One connection. The first error sticks: all that follows does nothing until take_failure() has looked at it, so that
// a transaction can be written down as the plain list of its steps. One thread at a time.
class Database {
  public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { close(); }

    // `unchanging`: nobody writes into it; for a file that stands alone, without a log beside it.
    enum class Access { read_and_write, only_read, unchanging };
    // `vfs`: the name of a registered one; empty for the system's own.
    void open(const std::string& path, const std::string& vfs, Access access = Access::read_and_write);
    void close();

    // Statements without values, several if need be; not cached.
    void execute(const char* sql);
    // One cached statement to its end; answers are ignored.
    template <class... Values>
    void run(Sql sql, const Values&... values) {
        for (Rows rows = query(sql, values...); rows.next();) continue;
    }
    // The values must outlive the rows.
    template <class... Values>
    Rows query(Sql sql, const Values&... values) {
        sqlite3_stmt* statement = prepared(sql);
        [[maybe_unused]] int at = 0;
        if (statement) (bind(statement, at, values), ...);
        return Rows(*this, statement);
    }

    // Rows touched by the last statement that changed any.
    int changed_rows() const { return sqlite3_changes(handle_); }
    bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
    // SQLite's extended code of the first error since the last look; SQLITE_OK for none.
    int take_failure() { return std::exchange(failure_, SQLITE_OK); }
    bool has_failed() const { return failure_ != SQLITE_OK; }
    void note(int code) {
        if (failure_ == SQLITE_OK && code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) failure_ = code;
    }
    sqlite3* handle() const { return handle_; }

    // The ring under which the keys of this database are kept; it must outlive the connection.
    void use(KeyRing& ring) { ring_ = &ring; }
    KeyRing& ring() const {
        KINDROOM_ASSERT(ring_ != nullptr);
        return *ring_;
    }

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    sqlite3_stmt* prepared(Sql sql);

    void bind(sqlite3_stmt* statement, int& at, std::span<const std::byte> value);
    void bind(sqlite3_stmt* statement, int& at, const Bytes& value) { bind(statement, at, std::span(value)); }
    void bind(sqlite3_stmt* statement, int& at, const std::string& value);
    void bind(sqlite3_stmt* statement, int& at, TimePoint value) { bind(statement, at, to_ms(value)); }
    void bind(sqlite3_stmt* statement, int& at, Duration value) { bind(statement, at, value.count()); }
    void bind(sqlite3_stmt* statement, int& at, const Sealed& value) {
        bind(statement, at, value.place_key);
        bind(statement, at, value.person_key);
        bind(statement, at, value.box);
    }
    void bind(sqlite3_stmt* statement, int& at, std::int64_t value) {
        note(sqlite3_bind_int64(statement, ++at, value));
    }
    // SQLite's integers have a sign: what lies above them ("after everything") becomes the largest.
    void bind(sqlite3_stmt* statement, int& at, std::uint64_t value) {
        bind(statement, at, static_cast<std::int64_t>(std::min<std::uint64_t>(value, INT64_MAX)));
    }
    template <class T>
    requires std::is_enum_v<T> || std::same_as<T, bool> || std::same_as<T, std::uint32_t>
    void bind(sqlite3_stmt* statement, int& at, T value) { bind(statement, at, static_cast<std::uint64_t>(value)); }
    template <class Tag>
    void bind(sqlite3_stmt* statement, int& at, const Id128<Tag>& value) {
        if (value.is_nil()) {
            note(sqlite3_bind_null(statement, ++at));
        } else {
            bind(statement, at, std::span<const std::byte>(value.bytes()));
        }
    }
    template <class Tag>
    void bind(sqlite3_stmt* statement, int& at, const std::optional<Id128<Tag>>& value) {
        // Not value_or(): SQLite keeps the pointer, so what is bound has to live as long as the caller's value.
        if (value) {
            bind(statement, at, *value);
        } else {
            note(sqlite3_bind_null(statement, ++at));
        }
    }

    sqlite3* handle_ = nullptr;
    KeyRing* ring_ = nullptr;
    int failure_ = SQLITE_OK;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace kindroom::store
