// Seals the texts of people, under two keys at once: destroy either, and the text is gone (see store::Sealed).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "crypto/master_key.hpp"
#include "crypto/random.hpp"

namespace kindroom::crypto {

// A data key in memory. Wiped when it goes.
class DataKey {
  public:
    explicit DataKey(const Key256& key) : key_(key) {}
    DataKey(const DataKey&) = default;
    DataKey& operator=(const DataKey&) = default;
    ~DataKey();
    static DataKey make(Random& random);

    const Key256& reveal() const { return key_; }

  private:
    Key256 key_;
};

// Wraps and unwraps data keys, and seals and opens texts: AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces. What
// is sealed carries its format's version as the first byte. Any thread.
class Vault {
  public:
    explicit Vault(const MasterKey& master);

    Bytes wrap(const DataKey& key, DataKeyId id, Random& random) const;
    // Nothing if it was wrapped under another master key or id, or has been changed.
    std::optional<DataKey> unwrap(std::span<const std::byte> wrapped, DataKeyId id) const;

    // What a text belongs to. A text moved to another place in the database does not open there.
    struct Binding {
        RoomId room;              // nil for none
        MessageId message;        // nil for none
        std::string_view kind;    // "content", "name", "label", "note", "ban"
    };
    // `place` or `person` may be null where there is no such key, not both.
    static Bytes seal(std::string_view text, const DataKey* place, const DataKey* person, const Binding& binding,
                      Random& random);
    static std::optional<std::string> open(std::span<const std::byte> box, const DataKey* place, const DataKey* person,
                                           const Binding& binding);
    // A digest of the text, so that it says nothing to whoever lacks one of the keys, as nobody else could be kept from
    // guessing short words until it fits. Hidden twice it is itself.
    static SecretHash hide(SecretHash digest, const DataKey* place, const DataKey* person, const Binding& binding);

  private:
    Key256 wrapping_key_;
};

}  // namespace kindroom::crypto
