// The one key from which all others come or under which they are wrapped. It lives outside the database.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/random.hpp"

namespace kindroom::crypto {

using Key256 = std::array<std::uint8_t, 32>;

// Two keys in one file. The one wraps the data keys, and is another one after each rotation. The other is the house's
// own, the first that it ever had: tokens, signs, cursors, the audit log's chain and the hashes of secrets come from
// it, and would all be others if it were. Until the first rotation they are the same, and the file has one line.
// Immutable after it is made, so any thread may use it. Wiped when it goes.
class MasterKey {
  public:
    explicit MasterKey(const Key256& key) : wrapping_(key), house_(key) {}
    MasterKey(const MasterKey&) = delete;
    MasterKey& operator=(const MasterKey&) = delete;
    MasterKey(MasterKey&& other) noexcept;
    ~MasterKey();

    // Reads 32 bytes written as 64 hexadecimal digits (blanks around them are fine), or two such lines. On trouble: one
    // English sentence for the operator that names the file and the remedy; also when others than the owner may read
    // it.
    static std::variant<MasterKey, std::string> read_file(const std::filesystem::path& path);
    // Makes a new key and writes it (mode 0600, never over an existing file, synced together with its folder).
    static std::variant<MasterKey, std::string> create_file(const std::filesystem::path& path, Random& random);
    // The same for the key that follows this one: it wraps anew, and is of the same house.
    std::variant<MasterKey, std::string> create_successor(const std::filesystem::path& path, Random& random) const;

    // A key of the house's for one purpose; `purpose` is a literal at most 8 characters long.
    Key256 derive(std::string_view purpose) const;
    // For wrapping data keys.
    Key256 wrapping_key() const;
    // Tells two master keys apart and nothing else; kept in the database, so that a wrong key is noticed at the start.
    std::array<std::byte, 16> fingerprint() const;
    // Tells two houses apart: the same after a rotation.
    std::array<std::byte, 16> house_print() const;

  private:
    MasterKey(const Key256& wrapping, const Key256& house) : wrapping_(wrapping), house_(house) {}
    static std::variant<MasterKey, std::string> write_file(const std::filesystem::path& path, MasterKey key);

    Key256 wrapping_;
    Key256 house_;
};

}  // namespace kindroom::crypto
