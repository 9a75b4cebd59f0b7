// The time zones of the world, from ICU's own table: a machine need not have one.
#pragma once

#include <optional>
#include <string_view>

#include "base/time_zone.hpp"

namespace kindroom::text {

// By its IANA name, such as "Europe/Berlin". Nothing for a name that is none.
std::optional<TimeZone> find_time_zone(std::string_view name);

}  // namespace kindroom::text
