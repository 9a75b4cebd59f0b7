// Many keys in few bytes, each of which can be destroyed by itself and for good.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "crypto/random.hpp"
#include "crypto/vault.hpp"

namespace kindroom::crypto {

// A binary tree of secrets: each one's two children are hashes of it, and the leaves are the keys. Whoever has a secret
// has all that hangs below it; whoever has the leaves has nothing above them. To destroy a leaf, the secret above it is
// replaced by those that hang beside its way down (a puncturable pseudorandom function, after Goldreich, Goldwasser and
// Micali). So there is a key for every leaf before anybody asks for it, what is kept changes only when something is
// destroyed, and what was destroyed cannot be had back from what is kept.
class KeyTree {
  public:
    using Leaf = std::uint32_t;

    static KeyTree make(Random& random);
    // What written() gave; nothing for anything else.
    static std::optional<KeyTree> read(std::span<const std::byte> written);
    Bytes written() const;

    // Nothing: destroyed.
    std::optional<DataKey> key(Leaf leaf) const;
    // The first leaf from this one on whose key is there; nothing if none is.
    std::optional<Leaf> first_from(Leaf leaf) const;
    // Whether this one was destroyed, and no other.
    bool lacks_only(Leaf leaf) const;
    // Those from `first` up to and including `last`. Returns whether any of them was there.
    bool destroy(Leaf first, Leaf last);

  private:
    // The secret of all leaves from its place in the map on: 2^height of them.
    struct Secret {
        std::uint32_t height = 0;
        DataKey value;
    };
    using Secrets = std::map<Leaf, Secret>;

    static std::uint64_t end_of(Leaf begin, const Secret& secret) {
        return begin + (std::uint64_t{1} << secret.height);
    }
    // The one that this leaf hangs below, or the first one behind it.
    Secrets::const_iterator at_or_behind(Leaf leaf) const;

    Secrets secrets_;
};

}  // namespace kindroom::crypto
