// The end of a backup, as bytes.
#pragma once

#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "crypto/digest.hpp"
#include "store/sqlite/backup.hpp"

namespace kindroom::store {

Bytes pack(const BackupNote& note);

// The note, the seal over the database and the note, and a hash by which damage to these two is told from another
// house.
Bytes with_seal(const BackupNote& note, const crypto::Digest& seal);
struct SealedNote {
    BackupNote note;
    crypto::Digest seal;
};
// Nothing for anything else.
std::optional<SealedNote> read_note(std::span<const std::byte> end);

extern const std::size_t sealed_note_bytes;

}  // namespace kindroom::store
