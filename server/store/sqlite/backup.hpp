// A copy of the whole database in one file, and what can be said about such a file.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/time.hpp"
#include "crypto/master_key.hpp"
#include "store/sqlite/key_ring.hpp"

namespace kindroom::store {

// What stands at the end of a backup, behind the database itself, under a hash that takes the house's key to make: over
// every byte before it.
struct BackupNote {
    using Print = std::array<std::byte, 16>;
    std::uint32_t schema = 0;
    std::uint64_t database_bytes = 0;
    TimePoint made_at{};
    // Of the house, of the master key that its data keys are wrapped under, and of the ring that they hang from.
    Print house{};
    Print master{};
    RingId ring;
};

// How far it is, in pages of the database.
using BackupProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

// Copies the database as it is at one moment into a new file that only its owner may read. A server may have it open:
// it goes on writing, and its log grows until the copy is made. Nothing, or a sentence.
std::optional<std::string> make_backup(const std::string& database, const std::filesystem::path& to,
                                       const crypto::MasterKey& master, TimePoint now, const BackupProgress& progress);

// Whether the file is a backup of this house, whole and unchanged, made under this master key, and of a schema that
// this program knows. Reads each byte once and believes none before. Refuses with a sentence.
std::variant<BackupNote, std::string> check_backup(const std::filesystem::path& path, const crypto::MasterKey& master);

// What is in a backup that has passed the check. Gone: destroyed since, and not to be had back.
struct BackupContents {
    std::uint64_t keys = 0;
    std::uint64_t keys_gone = 0;
    std::uint64_t messages = 0;
    std::uint64_t messages_gone = 0;
};
// Opens all that this ring still opens, after SQLite's own check. Refuses with a sentence.
std::variant<BackupContents, std::string> look_into_backup(const std::filesystem::path& path,
                                                           const crypto::MasterKey& master, const KeyRing& ring);

// Copies the database of a backup that has passed the check into a new file that only its owner may read; compares once
// more what it copies. Nothing, or a sentence.
std::optional<std::string> take_out_of_backup(const std::filesystem::path& path, const crypto::MasterKey& master,
                                              const std::filesystem::path& to);

}  // namespace kindroom::store
