// Reading what was said in a room: page by page from the store, filtered for one viewer.
//
// How far back a room's memory reaches depends on all that is said in it, hidden or not. So every answer takes the same
// way, through the store, and has what had been said when it was asked for: what the memory has only spares opening
// what was read (PRODUCT X3, looks 15 and 22).
#pragma once

#include <optional>
#include <vector>

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
    // What follows this is durable perhaps, but was not told yet: its turn comes.
    Position up_to{};
    // Going back ends here.
    Position seen_already{};
};

// Answers with a HistoryPage, filled from what the viewer can see; `asked` is told along. `at_hand`: the same page, as
// the memory has it. Edits and retractions that were told while it was read are in it: they reached the reader before
// it does, who had no such message then, and nothing tells of them again.
void read_history(Home& home, const Reading& reading, domain::PageQuery query,
                  std::optional<domain::HistoryPage> at_hand, domain::GetHistory asked);

// The same page, for whoever has something else to do with it than to answer.
void read_page(Home& home, Reading reading, domain::PageQuery query, std::optional<domain::HistoryPage> at_hand,
               MoveOnlyFunction<void(Result<domain::HistoryPage>)> then);

struct Missed {
    // What the reader has seen.
    Position after{};
    // Where the reading begins, not before `after`.
    Position from{};
    // All messages since `from` are told, which is where those of a catch-up begin. Of edits and retractions the
    // newest, as many as a window holds steps.
    bool catches_up = false;
    // There are older messages than those since `from`.
    bool leaves_out = false;
    // All of it, as the memory has it.
    std::optional<std::vector<domain::RoomStep>> at_hand{};
};

// What somebody missed, as far as it is told at once.
struct MissedPart {
    std::vector<domain::RoomStep> steps{};
    // Nothing up to here is to be told any more.
    Position at{};
    // Something that was missed is not among them, because there is so much.
    bool leaves_out = false;
};

// Reads what was missed up to the reading's `up_to`, or less where one answer cannot hold more. What the viewer does
// not see takes no room in it, so how often one has to ask says nothing about what is hidden (PRODUCT look 22).
void read_missed(Home& home, Reading reading, Missed missed, MoveOnlyFunction<void(Result<MissedPart>)> then);

}  // namespace kindroom::actors
