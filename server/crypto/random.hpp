// Where chance comes from: ids, jitter, codes.
#pragma once

#include <cstdint>
#include <span>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace kindroom::crypto {

// A stream of random bytes from a 256-bit seed (ChaCha20). Seeded from the operating system in the server and from a
// number in tests, so that a simulated house can be played again. Not for two threads at once: each shard owns one.
class Random {
  public:
    static Random from_system();
    explicit Random(std::uint64_t test_seed);
    ~Random();
    Random(Random&&) noexcept;
    Random& operator=(Random&&) noexcept;

    void fill(std::span<std::byte> out);
    // Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // Uniform in [-most, +most].
    Duration jitter(Duration most);

    template <class Id>
    Id id() {
        std::array<std::uint8_t, Id::size> bytes;
        fill(std::as_writable_bytes(std::span(bytes)));
        return Id(bytes);
    }

  private:
    std::array<std::uint8_t, 32> key_{};
    std::array<std::uint8_t, 512> pool_{};
    std::size_t used_ = 512;
    std::uint64_t block_ = 0;
};

}  // namespace kindroom::crypto
