#include "crypto/random.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace kindroom::crypto {

Random Random::from_system() {
    Random random{0};
    randombytes_buf(random.key_.data(), random.key_.size());
    random.used_ = random.pool_.size();
    return random;
}

Random::Random(std::uint64_t test_seed) { std::memcpy(key_.data(), &test_seed, sizeof test_seed); }

Random::~Random() {
    sodium_memzero(key_.data(), key_.size());
    sodium_memzero(pool_.data(), pool_.size());
}

Random::Random(Random&&) noexcept = default;
Random& Random::operator=(Random&&) noexcept = default;

void Random::fill(std::span<std::byte> out) {
    while (!out.empty()) {
        if (used_ == pool_.size()) {
            // Each refill is one more stretch of the same ChaCha20 stream: the block number is its nonce.
            std::array<unsigned char, crypto_stream_chacha20_NONCEBYTES> nonce{};
            std::memcpy(nonce.data(), &block_, sizeof block_);
            crypto_stream_chacha20(pool_.data(), pool_.size(), nonce.data(), key_.data());
            block_ += 1;
            used_ = 0;
        }
        const std::size_t count = std::min(out.size(), pool_.size() - used_);
        std::memcpy(out.data(), pool_.data() + used_, count);
        // What was given out is not kept.
        std::memset(pool_.data() + used_, 0, count);
        used_ += count;
        out = out.subspan(count);
    }
}

std::uint64_t Random::below(std::uint64_t bound) {
    // Values from the last, incomplete round of `bound` are drawn again, so that all are equally likely.
    const std::uint64_t rest = (UINT64_MAX % bound + 1) % bound;
    std::uint64_t value;
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
