// Passphrases: argon2id (RFC 9106) by libsodium.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kindroom::crypto {

// Slow on purpose; call them on the passphrase thread, never on a shard.
struct PassphraseCost {
    std::uint64_t passes = 2;
    std::uint64_t memory_bytes = 64ull * 1024 * 1024;
};

// The encoded hash with salt and cost. Throws std::bad_alloc when the memory cannot be had.
std::string hash_passphrase(std::string_view passphrase, const PassphraseCost& cost);
// Constant time in the passphrase. `encoded` may have other costs than today's.
bool verify_passphrase(std::string_view passphrase, const std::string& encoded);
// A hash that no passphrase fits, of the given cost: checked where there is no account, so that both take as long.
std::string unmatchable_hash(const PassphraseCost& cost);

// Whether a passphrase is one that guessers try first although it is long: a known phrase; nothing but common words and
// digits; one piece repeated; runs along the alphabet, the digits or the keyboard; few letters; or the form of a login
// id, which others may know. Sees through case, blanks, punctuation and digits for letters. It knows some two hundred
// words and phrases, not what was ever stolen: a passphrase that it lets through is not therefore a good one.
bool is_well_known(std::string_view passphrase);

}  // namespace kindroom::crypto
