// An answer as one person may see it, made when it is written: what was computed under boundaries that have changed
// since is judged anew.
#pragma once

#include <functional>
#include <optional>

#include "domain/reply.hpp"
#include "domain/window.hpp"

namespace kindroom::actors {

// Through whose eyes somebody looks at a room: their own, or, where they are on duty, the moderator's.
using Eyes = std::function<const domain::Visibility&(RoomId)>;

// Cuts the answer down to what the viewer is shown; an answer about nothing but what they are not shown becomes a
// refusal. Gives what is to be asked again: a page of history, or of what was missed, has lost something by that, and
// one that was short by what is hidden would tell (PRODUCT looks 2 and 22).
std::optional<domain::Command> cut_to_shown(domain::Reply& reply, const Eyes& eyes);

// A roster as one person may see it. Only people remain whom they are shown. On duty they are told whom of them they
// keep away themselves.
void cut_to_shown(domain::TrueRoster& roster, RoomId room, const domain::Visibility& visibility);

// The roster with which somebody comes into a room, if the answer is one: use(room, roster).
template <class Use>
void with_roster(const domain::Reply& answer, Use use) {
    if (const auto* joined = std::get_if<domain::RoomJoined>(&answer)) use(joined->card.room, joined->roster);
    if (const auto* resumed = std::get_if<domain::RoomResumed>(&answer)) use(resumed->card.room, resumed->roster);
}

// A knock, as whoever looks after the room may hear of it, at once or later. It stands until it fades, whatever becomes
// of who made it: leaving does not take it back, and so a block that follows it does not either (PRODUCT X3). One that
// is made while a block lasts is not heard by whoever met the block.
domain::Sighting sighting_of_knock(AccountId by, RoomId room, TimePoint at);

// Whether the answer shows words or people at all.
bool shows_people(const domain::Reply& reply);

}  // namespace kindroom::actors
