// Single fields of a command -> values of the domain. Each refusal names the field as the proto spells it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace kindroom::wire {

// 16 bytes that are not all zero: no real thing has the nil id, and the domain uses it for "none".
template <class Id>
Result<Id> required_id(const std::string& bytes, const char* field) {
    const auto id = Id::from_bytes(as_bytes(bytes));
    if (!id || id->is_nil()) return bad_field(field);
    return *id;
}

inline Result<RoomId> room_of(const std::string& bytes) { return required_id<RoomId>(bytes, "room_id"); }

template <class Id>
Result<std::optional<Id>> optional_id(const std::string& bytes, const char* field) {
    if (bytes.empty()) return std::optional<Id>{};
    const auto id = required_id<Id>(bytes, field);
    if (!id) return id.error();
    return std::optional<Id>{*id};
}

// The enumerator of a number that the proto knows. Unspecified is refused unless something is given to stand for it.
template <class Enum>
Result<Enum> enumerator(int number, bool (*is_known)(int), const char* field,
                        std::optional<Enum> if_unspecified = std::nullopt) {
    if (number == 0 && if_unspecified) return *if_unspecified;
    if (number == 0 || !is_known(number)) return bad_field(field);
    return static_cast<Enum>(number);
}

// A length of time: not negative, and at most a hundred years, so that adding it to any date of ours cannot overflow.
inline Result<Duration> duration(std::int64_t ms, const char* field) {
    constexpr Duration hundred_years = std::chrono::duration_cast<Duration>(std::chrono::years{100});
    if (ms < 0 || ms > hundred_years.count()) return bad_field(field);
    return Duration{ms};
}

// Overwrites a protobuf string, including what a longer value left behind its end. Through a volatile pointer, so that
// the compiler does not drop writes to memory that is freed next.
inline void wipe(std::string& text) {
    text.resize(text.capacity());
    volatile char* p = text.data();
    for (std::size_t i = 0; i < text.size(); ++i) p[i] = 0;
    text.clear();
}

}  // namespace kindroom::wire
