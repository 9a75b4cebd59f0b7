// New files that only their owner may read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kindroom::operator_ {

// Writes a new file, mode 0600, never over an existing one. On trouble: one sentence that names the file.
std::optional<std::string> write_private_file(const std::filesystem::path& path, std::string_view text);

}  // namespace kindroom::operator_
