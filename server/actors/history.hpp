// Reading further back than a room keeps in memory: page by page from the store, filtered for one viewer.
#pragma once

#include "actors/identity.hpp"
#include "actors/room_codec.hpp"
#include "base/task.hpp"
#include "domain/window.hpp"

namespace kindroom::actors {

class Home;

// One reading for one request. Lives by itself until it has answered; needs nothing of the room's actor, which may be
// gone by then. Runs on the room's home shard.
struct Reading {
    ReturnTo to;
    IdentityPtr who;
    RoomId room;
    domain::Horizon horizon;
    // Going back ends here.
    Position seen_already{};
};

// Answers with a HistoryPage, filled from what the viewer can see; `asked` is told along.
void read_history(Home& home, Reading reading, domain::PageQuery query, domain::GetHistory asked);

// The same page, for whoever has something else to do with it than to answer.
void read_page(Home& home, Reading reading, domain::PageQuery query,
               MoveOnlyFunction<void(Result<domain::HistoryPage>)> then);

// The step with which a message came, as the message is given.
domain::RoomStep step_of(RoomId room, domain::Message message);

// Fills `resumed` with the steps after `after`, and where they end: at `up_to`, or before it where one answer cannot
// hold more. What the viewer does not see takes no room in it, so how often one has to ask says nothing about what is
// hidden (PRODUCT look 22).
void read_missed(Home& home, Reading reading, domain::RoomResumed resumed, Position after, Position up_to,
                 MoveOnlyFunction<void(Result<domain::RoomResumed>)> then);

}  // namespace kindroom::actors
