// Opening hours as people write them. Pure.
#pragma once

#include <string>
#include <string_view>

#include "kindroom/v1/types.pb.h"

namespace kindroom::client {

// "mon 18:00-20:00, thu 19:30-21:00", "mon-fri 18:00-20:00", "daily 21:00-01:00", or "always". False, and nothing is
// changed, for anything else.
bool read_hours(std::string_view text, v1::RoomSettings& settings);

// As read_hours() takes them.
std::string hours_in_words(const v1::RoomSettings& settings);

}  // namespace kindroom::client
