// Heads of the audit log, noted outside the database: what shows that the end of the log was cut off.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "store/audit.hpp"

namespace kindroom::operator_ {

struct NotedHead {
    TimePoint at{};
    store::AuditHead head;
    friend bool operator==(const NotedHead&, const NotedHead&) = default;
};

// One line for each, oldest first: time, number, hash. A file that is not there has none. On trouble: one sentence that
// names the file.
std::variant<std::vector<NotedHead>, std::string> read_noted_heads(const std::filesystem::path& path);

// Adds a line, unless the last one has this head already. Nothing is ever overwritten, so that a log which was cut and
// then went on still disagrees with an earlier line. On trouble: one sentence that names the file.
std::optional<std::string> note_head(const std::filesystem::path& path, const NotedHead& noted);

std::string hex(const crypto::ChainHash& hash);
// 32 bytes from 64 hexadecimal digits.
std::optional<crypto::ChainHash> chain_hash_from_hex(std::string_view text);

}  // namespace kindroom::operator_
