// Who gets a seat when the seats of a circle are drawn. Pure: the tickets are handed in, and the same tickets give the
// same seating.
//
// Nobody sits with somebody there is a boundary between: during that person's turn they would sit before a silence that
// tells of it (PRODUCT look 17). Rather a seat stays empty.
//
// Somebody has to give way, and it is whoever chose the boundary: the draw is for the other one as if the one who chose
// it had not signed up at all (X3), and takes nothing from them (X4). Two who chose it both have the same chance. That
// would still tell those who see that there was a seat left: so a few tickets are blanks, whoever holds them. Not to be
// drawn proves nothing, because it happens to anybody.
//
// What remains, and is said here because it cannot be helped: whoever has blocked somebody who signs up as well sits
// only when the other one does not, and may guess so. Where both have blocked each other this holds for each of them,
// whoever did it first: either of them has kept the other one away, and so may be left without a seat. And where blocks
// form a chain (one blocked the one who blocked somebody who blocked another), the chance at the chain's end can move a
// little by who is in its middle.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "base/ids.hpp"

namespace kindroom::domain {

// Somebody who takes part in a draw.
struct DrawnFor {
    AccountId account;
    // Random in each draw, and not moved by who else takes part.
    std::uint64_t ticket = 0;
    // Whom they have blocked, as far as it is known; also others than those who take part.
    std::set<AccountId> apart_from{};
};

// Whether this ticket gets no seat, however many there are.
bool is_blank_ticket(std::uint64_t ticket, std::uint32_t blanks_per_cent);

// Those who are seated, at most `seats`, in the order of their tickets; nobody among them is apart from another. Of
// those who chose no boundary the lowest tickets are seated; somebody who chose one is seated as if they were one of
// these, but not beside those they are apart from. An empty seat is left only where everybody who was not seated holds
// a blank or would have to sit with somebody they are apart from.
std::vector<AccountId> draw_seats(std::vector<DrawnFor> people, std::size_t seats, std::uint32_t blanks_per_cent);

}  // namespace kindroom::domain
