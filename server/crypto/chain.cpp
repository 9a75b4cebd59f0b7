#include "crypto/chain.hpp"

#include <sodium.h>

#include "crypto/start.hpp"

namespace kindroom::crypto {

ChainKey::~ChainKey() { sodium_memzero(key_.data(), key_.size()); }

ChainHash ChainKey::follow(const ChainHash& before, std::uint64_t number, std::span<const std::byte> row) const {
    start_sodium();
    std::array<unsigned char, 8> numbered{};
    for (std::size_t i = 0; i < numbered.size(); ++i) numbered[i] = static_cast<unsigned char>(number >> (8 * i) & 0xff);
    ChainHash hash;
    crypto_generichash_state state;
    crypto_generichash_init(&state, key_.data(), key_.size(), hash.size());
    // Both have a fixed length, so no two splits of one sequence of bytes meet.
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(before.data()), before.size());
    crypto_generichash_update(&state, numbered.data(), numbered.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(row.data()), row.size());
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return hash;
}

}  // namespace kindroom::crypto
