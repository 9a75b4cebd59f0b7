// What somebody is shown of a circle.
#include "kindroom/v1/circles.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {

void put(const domain::CircleView& from, v1::CircleView& to) {
    to.set_room_id(from.room.bytes().data(), RoomId::size);
    to.set_phase(static_cast<v1::CirclePhase>(from.phase));
    to.set_place(static_cast<v1::CirclePlace>(from.place));
    if (from.floor) {
        put(*from.floor, *to.mutable_floor());
        to.set_soft_end_ms(to_ms(from.soft_end));
        to.set_hard_end_ms(to_ms(from.hard_end));
    }
    for (const auto& person : from.unheard) put(person, *to.add_unheard());
}

}  // namespace kindroom::wire
