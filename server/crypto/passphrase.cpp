#include "crypto/passphrase.hpp"

#include <sodium.h>

#include <array>
#include <new>

namespace kindroom::crypto {

std::string hash_passphrase(std::string_view passphrase, const PassphraseCost& cost) {
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    if (crypto_pwhash_str_alg(encoded.data(), passphrase.data(), passphrase.size(), cost.passes, cost.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return encoded.data();
}

bool verify_passphrase(std::string_view passphrase, const std::string& encoded) {
    return crypto_pwhash_str_verify(encoded.c_str(), passphrase.data(), passphrase.size()) == 0;
}

std::string unmatchable_hash(const PassphraseCost& cost) {
    std::array<char, 32> drawn;
    randombytes_buf(drawn.data(), drawn.size());
    return hash_passphrase({drawn.data(), drawn.size()}, cost);
}

}  // namespace kindroom::crypto
