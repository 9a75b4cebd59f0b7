#include "crypto/random.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <sodium.h>
#include <utility>

#include "base/assert.hpp"
#include "crypto/start.hpp"

namespace kindroom::crypto {
namespace {

// The number of a generator that was moved from. It must never run on: its twin draws the same numbers.
constexpr std::uint64_t moved_from = UINT64_MAX;

static_assert(std::endian::native == std::endian::little, "seeds and nonces are copied as they lie in memory");

}  // namespace

Random Random::from_system() {
    Random random{0};
    randombytes_buf(random.key_.data(), random.key_.size());
    return random;
}

Random::Random(std::uint64_t test_seed) {
    start_sodium();
    std::memcpy(key_.data(), &test_seed, sizeof test_seed);
}

Random::~Random() {
    sodium_memzero(key_.data(), key_.size());
    sodium_memzero(pool_.data(), pool_.size());
}

Random::Random(Random&& other) noexcept { *this = std::move(other); }

Random& Random::operator=(Random&& other) noexcept {
    if (this == &other) return *this;
    key_ = other.key_;
    pool_ = other.pool_;
    used_ = other.used_;
    block_ = other.block_;
    sodium_memzero(other.key_.data(), other.key_.size());
    sodium_memzero(other.pool_.data(), other.pool_.size());
    other.used_ = other.pool_.size();
    other.block_ = moved_from;
    return *this;
}

void Random::fill(std::span<std::byte> out) {
    while (!out.empty()) {
        if (used_ == pool_.size()) {
            KINDROOM_ASSERT(block_ != moved_from);
            std::array<unsigned char, crypto_stream_chacha20_NONCEBYTES> nonce{};
            std::memcpy(nonce.data(), &block_, sizeof block_);
            crypto_stream_chacha20(pool_.data(), pool_.size(), nonce.data(), key_.data());
            block_ += 1;
            // The first bytes are the next key, so that nobody who sees this memory later can tell what was drawn.
            std::memcpy(key_.data(), pool_.data(), key_.size());
            sodium_memzero(pool_.data(), key_.size());
            used_ = key_.size();
        }
        const std::size_t count = std::min(out.size(), pool_.size() - used_);
        std::memcpy(out.data(), pool_.data() + used_, count);
        sodium_memzero(pool_.data() + used_, count);
        used_ += count;
        out = out.subspan(count);
    }
}

std::uint64_t Random::below(std::uint64_t bound) {
    KINDROOM_ASSERT(bound > 0);
    // Values from the last, incomplete round of `bound` are drawn again, so that all are equally likely.
    const std::uint64_t rest = (UINT64_MAX % bound + 1) % bound;
    std::uint64_t value = 0;
    do {
        fill(std::as_writable_bytes(std::span(&value, 1)));
    } while (value > UINT64_MAX - rest);
    return value % bound;
}

Duration Random::jitter(Duration most) {
    if (most <= Duration::zero()) return Duration::zero();
    const auto width = static_cast<std::uint64_t>(most.count()) * 2 + 1;
    return Duration{static_cast<std::int64_t>(below(width))} - most;
}

}  // namespace kindroom::crypto
