#include "crypto/passphrase.hpp"

#include <array>
#include <new>
#include <sodium.h>

#include "crypto/start.hpp"

namespace kindroom::crypto {

std::string hash_passphrase(std::string_view passphrase, const PassphraseCost& cost) {
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    if (crypto_pwhash_str_alg(encoded.data(), passphrase.data(), passphrase.size(), cost.passes, cost.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return encoded.data();
}

bool verify_passphrase(std::string_view passphrase, const std::string& encoded) {
    start_sodium();
    return crypto_pwhash_str_verify(encoded.c_str(), passphrase.data(), passphrase.size()) == 0;
}

std::string unmatchable_hash(const PassphraseCost& cost) {
    start_sodium();
    std::array<char, 32> drawn;
    randombytes_buf(drawn.data(), drawn.size());
    return hash_passphrase({drawn.data(), drawn.size()}, cost);
}

}  // namespace kindroom::crypto
