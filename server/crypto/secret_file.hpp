// Small files that hold secrets: read whole, replaced whole, and what they held before is overwritten.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace kindroom::crypto {

// Nothing if there is none, or if it cannot be read or is longer than this.
std::optional<Bytes> read_secret_file(const std::filesystem::path& path, std::size_t bytes_max);

// Leaves either the old file or the new one, whatever happens meanwhile, readable by its owner only and on the disk
// with its name. The bytes of the old one are overwritten then; settle_secret_file() does that where a crash came
// between. How much that helps is the file system's affair: one that copies on write, and most flash, keep old bytes
// for a while. False: the disk refuses some of it, and it is to be tried again; until then either one stands, whole.
bool replace_secret_file(const std::filesystem::path& path, std::span<const std::byte> content);
// What a crash in the middle of replacing has left.
void settle_secret_file(const std::filesystem::path& path);

// Overwrites its bytes and removes it. Nothing happens if there is none. False: it is still there, for the disk refuses
// to overwrite it.
bool wipe_secret_file(const std::filesystem::path& path);

}  // namespace kindroom::crypto
