// Commands of circles: none says more than the room.
#include "kindroom/v1/circles.pb.h"
#include "wire/decode_commands.hpp"

namespace kindroom::wire {

Read read(v1::SignUp& sign_up) { return only_room<domain::SignUp>(sign_up); }
Read read(v1::RaiseHand& raise) { return only_room<domain::RaiseHand>(raise); }
Read read(v1::LowerHand& lower) { return only_room<domain::LowerHand>(lower); }
Read read(v1::PassTurn& pass) { return only_room<domain::PassTurn>(pass); }
Read read(v1::GetCircle& get) { return only_room<domain::GetCircle>(get); }
Read read(v1::DrawSeats& draw) { return only_room<domain::DrawSeats>(draw); }
Read read(v1::NextTurn& next) { return only_room<domain::NextTurn>(next); }
Read read(v1::ExtendTurn& extend) { return only_room<domain::ExtendTurn>(extend); }
Read read(v1::StartReflections& start) { return only_room<domain::StartReflections>(start); }
Read read(v1::CloseCircle& close) { return only_room<domain::CloseCircle>(close); }

}  // namespace kindroom::wire
