// A chain of hashes over the rows of a log.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "crypto/master_key.hpp"

namespace kindroom::crypto {

// All zero before the first row.
using ChainHash = std::array<std::byte, 32>;

// Each row's hash is taken over the hash before it, the row's number and its bytes, under a key that is not in the
// database (BLAKE2b, keyed). So whoever can write into the file but has no key can neither change, insert, drop nor swap
// rows without breaking the chain at the first that they touched, nor make it whole again. What a chain alone cannot
// show is that its end was cut off: for that, its head is noted elsewhere. Immutable; any thread.
class ChainKey {
  public:
    explicit ChainKey(const MasterKey& master) : key_(master.derive("audit")) {}
    ChainKey(const ChainKey&) = default;
    ChainKey& operator=(const ChainKey&) = default;
    ~ChainKey();

    // For a log that nobody keeps: the store in memory.
    static ChainKey without_secret() { return ChainKey(Key256{}); }

    ChainHash follow(const ChainHash& before, std::uint64_t number, std::span<const std::byte> row) const;

  private:
    explicit ChainKey(const Key256& key) : key_(key) {}

    Key256 key_;
};

}  // namespace kindroom::crypto
