// What the server tells its operator while it runs. The types keep people out of it: an event is one of a list, a field
// is a number, a duration, a yes or no, or a text from the source code. A message, a name, an id or an address does not
// compile.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/time.hpp"
#include "config/config.hpp"
#include "ops/literal.hpp"

namespace kindroom::ops {

enum class Level : std::uint8_t { debug, info, warning, error };

// What can happen. A new one is an enumerator here, a name in log.cpp and a row in docs/operator.md.
enum class LogEvent : std::uint8_t {
    server_starting,
    server_ready,
    server_stopping,
    server_stopped,
    reload_done,
    reload_refused,
    certificate_expires_soon,
    accepting_paused,
    proxy_header_missing,
    store_refused,
    store_trouble,
    store_recovered,
};

template <class T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

// An enumeration with a name_of() beside it.
template <class E>
concept Named = std::is_enum_v<E> && requires(E e) {
    { name_of(e) } -> std::same_as<Literal>;
};

class Field {
  public:
    // Exactly bool and double: a pointer to text would become the one, a letter the other.
    template <std::same_as<bool> T>
    Field(Literal name, T value) : name_(name), value_(value) {}
    template <std::same_as<double> T>
    Field(Literal name, T value) : name_(name), value_(value) {}
    template <Number T>
    Field(Literal name, T value) : name_(name), value_(number(value)) {}
    Field(Literal name, std::chrono::nanoseconds value) : name_(name), value_(value) {}
    Field(Literal name, Literal value) : name_(name), value_(value) {}
    template <Named E>
    Field(Literal name, E value) : name_(name), value_(name_of(value)) {}

    using Value = std::variant<bool, std::int64_t, std::uint64_t, double, std::chrono::nanoseconds, Literal>;
    Literal name() const { return name_; }
    const Value& value() const { return value_; }

  private:
    template <class T>
    static Value number(T value) {
        if constexpr (std::is_signed_v<T>) {
            return static_cast<std::int64_t>(value);
        } else {
            return static_cast<std::uint64_t>(value);
        }
    }
    Literal name_;
    Value value_;
};

// Any thread. A line is written before the call returns. When standard error is gone, lines are lost and nothing else
// is.
class Log {
  public:
    // To standard error, in the format and from the level that the configuration names.
    explicit Log(const config::Config::Log& settings);
    // For tests: to a stream that outlives the log.
    Log(const config::Config::Log& settings, std::ostream& out);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void write(Level level, LogEvent event, std::initializer_list<Field> fields = {});
    void debug(LogEvent event, std::initializer_list<Field> fields = {}) { write(Level::debug, event, fields); }
    void info(LogEvent event, std::initializer_list<Field> fields = {}) { write(Level::info, event, fields); }
    void warning(LogEvent event, std::initializer_list<Field> fields = {}) { write(Level::warning, event, fields); }
    void error(LogEvent event, std::initializer_list<Field> fields = {}) { write(Level::error, event, fields); }

    // A sentence about what the operator has configured: a file, an address to listen on, a mistake in the
    // configuration. Only for starting, reloading and stopping; nothing that a client sent may ever be part of it,
    // which is why nobody but serve.cpp calls it.
    void operator_notice(Level level, std::string_view sentence);

  private:
    struct Writer;
    std::unique_ptr<Writer> writer_;
};

}  // namespace kindroom::ops
