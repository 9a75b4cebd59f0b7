// Reading further back than a room keeps in memory: page by page from the store, filtered for one viewer.
#pragma once

#include "actors/identity.hpp"
#include "actors/room_codec.hpp"
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
};

// Answers with a HistoryPage, filled from what the viewer can see.
void read_history(Home& home, Reading reading, domain::PageQuery query);

// Answers with `resumed`, whose steps, position and caught_up = false are filled in: the steps after `after`. If the
// store holds none, the position becomes `shown_up_to`.
void read_missed(Home& home, Reading reading, domain::RoomResumed resumed, Position after, Position shown_up_to);

}  // namespace kindroom::actors
