#include "crypto/digest.hpp"

#include <sodium.h>

#include "crypto/start.hpp"

namespace kindroom::crypto {

struct Hasher::State {
    crypto_generichash_state hash;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
    start_sodium();
    crypto_generichash_init(&state_->hash, nullptr, 0, std::tuple_size_v<Digest>);
}

Hasher::Hasher(const Key256& key) : state_(std::make_unique<State>()) {
    start_sodium();
    crypto_generichash_init(&state_->hash, key.data(), key.size(), std::tuple_size_v<Digest>);
}

Hasher::~Hasher() { sodium_memzero(&state_->hash, sizeof state_->hash); }

void Hasher::add(std::span<const std::byte> bytes) {
    crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Digest Hasher::take() {
    Digest digest;
    crypto_generichash_final(&state_->hash, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
    return digest;
}

Digest digest_of(std::span<const std::byte> bytes) {
    Hasher hasher;
    hasher.add(bytes);
    return hasher.take();
}

void wipe(Bytes& secret) { sodium_memzero(secret.data(), secret.size()); }

}  // namespace kindroom::crypto
