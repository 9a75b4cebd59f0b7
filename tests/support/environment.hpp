// How much of the same a test does, as whoever runs it says (docs/testing.md).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>

namespace kindroom::test {

inline std::optional<std::uint64_t> from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (!value || !*value) return std::nullopt;
    return std::strtoull(value, nullptr, 10);
}

}  // namespace kindroom::test
