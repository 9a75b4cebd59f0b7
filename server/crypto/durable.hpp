// What makes bytes and names of files outlast a loss of power.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace kindroom::crypto {

// All of it, however many writes that takes. False: the disk refuses, `errno` says why, and part of it may be written.
bool write_all(int file, std::span<const std::byte> content);

// Names that were made, changed or removed in the folder of this file are on the disk then. False: the disk refuses.
bool sync_folder_of(const std::filesystem::path& path);

// Gives a file another name, on the disk too; a file that has this name already is replaced.
bool rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);
// A second name for the same file. False if that name is taken.
bool link_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kindroom::crypto
