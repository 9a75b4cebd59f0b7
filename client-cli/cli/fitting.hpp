// Whether what a moderator asks for can be decided at all, so that it is said before the reasons are asked for. Pure.
#pragma once

#include <optional>
#include <string>

#include "kindroom/v1/frames.pb.h"

namespace kindroom::cli {

// Whether somebody looks after that room, and whether after all of them.
bool may_moderate(const v1::Me& me, const std::string& room_id);
bool may_moderate_the_house(const v1::Me& me);

// Why the server would refuse the time, the place or the one who decides; nothing: it would not. A limit that a server
// of before does not tell is left to it.
std::optional<std::string> misfit(const v1::Decide& decide, const v1::Limits& limits, const v1::Me& me);

}  // namespace kindroom::cli
