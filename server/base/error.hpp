// Refusals as values. `Result<T>` holds either what was asked for or why not.
#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <source_location>
#include <stdexcept>

#include "base/errc.hpp"
#include "base/time.hpp"

namespace kindroom {

struct Error {
    Errc code;
    // When the same command may succeed; nothing where waiting alone does not help.
    std::optional<TimePoint> retry_at{};
    // The field at fault as the proto spells it; always a literal.
    const char* field = "";

    friend bool operator==(const Error& a, const Error& b) { return a.code == b.code && a.retry_at == b.retry_at; }
};

inline Error refuse(Errc code) { return Error{.code = code}; }
inline Error refuse_until(Errc code, TimePoint retry_at) { return Error{.code = code, .retry_at = retry_at}; }
inline Error bad_field(const char* field) { return Error{.code = Errc::invalid_argument, .field = field}; }

// What `Result::value()` throws on a refusal nobody looked at: a mistake of ours.
[[noreturn]] inline void throw_exception_from_error(const Error&, const boost::source_location&) {
    throw std::logic_error("a refusal was used as a value");
}

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace kindroom
