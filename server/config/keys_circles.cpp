// The limits of circles.
#include "config/key_rows.hpp"

namespace kindroom::config {

void add_circle_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Circles")
        .count("circle_seats_min", limit<&L::circle_seats_min>, {2, 100}, "The fewest seats of a circle.")
        .count("circle_seats_max", limit<&L::circle_seats_max>, {2, 100},
               "The most seats of a circle; also the default. More people than eight seldom all have a turn.")
        .count("sign_ups_max", limit<&L::sign_ups_max>, {2, 1'000},
               "People who may take part in one draw, and be there while a circle gathers.")
        .count("blank_tickets_per_cent", limit<&L::blank_tickets_per_cent>, {0, 50},
               "How many tickets of a draw are blanks. With 0, not to be drawn can tell of a boundary.")
        .duration("turn_soft_default", limit<&L::turn_soft_default>, {second, day},
                  "When a turn should come to an end, where the room does not say.")
        .duration("turn_hard_default", limit<&L::turn_hard_default>, {second, day},
                  "When the floor goes on, where the room does not say.")
        .duration("turn_max", limit<&L::turn_max>, {second, day}, "The longest turn that a room may set.")
        .duration("short_turn_soft", limit<&L::short_turn_soft>, {second, day},
                  "When a turn of check-in, reflections and closing should come to an end.")
        .duration("short_turn_hard", limit<&L::short_turn_hard>, {second, day}, "When the floor goes on there.")
        .duration("turn_extension", limit<&L::turn_extension>, {second, day},
                  "What a moderator adds to a turn at once.")
        .duration("floor_grace", limit<&L::floor_grace>, {0, hour},
                  "How long the floor waits for a holder whose devices have gone.")
        .duration("circle_abandoned_after", limit<&L::circle_abandoned_after>, {second, day},
                  "After how long a sitting is over that everybody has gone from.");
}

}  // namespace kindroom::config
