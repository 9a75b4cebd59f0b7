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

// Immutable after it is made, so any thread may use it. Wiped when it goes.
class MasterKey {
  public:
    explicit MasterKey(const Key256& key) : key_(key) {}
    MasterKey(const MasterKey&) = delete;
    MasterKey& operator=(const MasterKey&) = delete;
    MasterKey(MasterKey&& other) noexcept;
    ~MasterKey();

    // Reads 32 bytes written as 64 hexadecimal digits (blanks around them are fine). On trouble: one English sentence for
    // the operator that names the file and the remedy; also when others than the owner may read the file.
    static std::variant<MasterKey, std::string> read_file(const std::filesystem::path& path);
    // Makes a new key and writes it (mode 0600, never over an existing file, synced together with its folder).
    static std::variant<MasterKey, std::string> create_file(const std::filesystem::path& path, Random& random);

    // A key of its own for one purpose; `purpose` is a literal at most 8 characters long.
    Key256 derive(std::string_view purpose) const;
    // Tells two master keys apart and nothing else; kept in the database, so that a wrong key is noticed at the start.
    std::array<std::byte, 16> fingerprint() const;

  private:
    Key256 key_;
};

}  // namespace kindroom::crypto
