#include "runtime/dead_stack.hpp"

#include <array>
#include <cstring>

namespace kindroom::runtime {

[[gnu::noinline]] void wipe_dead_stack() {
    // Deeper than a shard's tasks go; a small part of what a thread has.
    constexpr std::size_t bytes = 128 * 1024;
    std::array<char, bytes> dead;
    ::explicit_bzero(dead.data(), dead.size());
}

}  // namespace kindroom::runtime
