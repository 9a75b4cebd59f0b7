// What is shown of a decision. Who decided is nowhere in it: the house answers for its moderators.
#include "kindroom/v1/decisions.pb.h"
#include "kindroom/v1/errors.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {

void put(const domain::Decision& from, v1::Decision& to) {
    to.set_action(static_cast<v1::DecisionAction>(from.action));
    to.set_rule_id(from.rule_id);
    to.set_rule_text(from.rule_text);
    to.set_facts(from.facts);
    if (from.ends_at != never) to.set_ends_at_ms(to_ms(from.ends_at));
    to.set_appeal(from.appeal);
    to.set_decided_at_ms(to_ms(from.decided_at));
    // Of one that is not kept yet nothing more can be said.
    if (from.id.is_nil()) return;
    to.set_decision_id(from.id.bytes().data(), DecisionId::size);
    if (from.room) to.set_room_id(from.room->bytes().data(), RoomId::size);
    if (from.message) to.set_message_id(from.message->bytes().data(), MessageId::size);
    to.set_rules_version(from.rules_version);
    to.set_source(static_cast<v1::DecisionSource>(from.source));
    to.set_automated(from.automated);
    if (from.confirm_by != never) to.set_confirm_by_ms(to_ms(from.confirm_by));
    to.set_appeal_code(from.appeal_code);
    to.set_state(static_cast<v1::DecisionState>(from.state));
    to.set_settled_at_ms(to_ms(from.settled_at));
    to.set_reversal(from.reversal);
}

void put(const domain::UnconfirmedDecision& from, v1::UnconfirmedDecision& to) {
    put(from.decision, *to.mutable_decision());
    put(from.person, *to.mutable_person());
    to.set_own(from.own);
}

}  // namespace kindroom::wire
