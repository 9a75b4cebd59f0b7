// Short lists inside one column: read and written whole, never searched.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "domain/settings.hpp"

namespace kindroom::store {

// Each text after its length (32 bits, least significant byte first).
Bytes pack(const std::vector<std::string>& texts);
// Nothing if it was not packed by pack().
std::optional<std::vector<std::string>> unpack_texts(std::span<const std::byte> packed);

// Rule id and text of each rule in turn.
Bytes pack(const std::vector<domain::Rule>& rules);
std::optional<std::vector<domain::Rule>> unpack_rules(std::span<const std::byte> packed);

// Both minutes of each span, 16 bits each, least significant byte first.
Bytes pack(const domain::OpeningHours& hours);
std::optional<domain::OpeningHours> unpack_hours(std::span<const std::byte> packed);

// 16 bytes each.
Bytes pack(const std::vector<RoomId>& rooms);
std::optional<std::vector<RoomId>> unpack_rooms(std::span<const std::byte> packed);

}  // namespace kindroom::store
