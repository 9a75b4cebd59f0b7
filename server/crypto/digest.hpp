// Hashes of what is too long to be held at once.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "base/bytes.hpp"
#include "crypto/master_key.hpp"

namespace kindroom::crypto {

using Digest = std::array<std::byte, 32>;

// BLAKE2b over all that is added. Under a key nobody can make it who does not have the key.
class Hasher {
  public:
    Hasher();
    explicit Hasher(const Key256& key);
    ~Hasher();

    void add(std::span<const std::byte> bytes);
    // Once, at the end.
    Digest take();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

Digest digest_of(std::span<const std::byte> bytes);

// Overwrites what must not be left in memory.
void wipe(Bytes& secret);

}  // namespace kindroom::crypto
