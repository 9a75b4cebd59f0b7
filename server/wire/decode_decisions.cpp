// Commands about decisions of moderators.
#include "kindroom/v1/decisions.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {

Read read(v1::Decide& decide) {
    const auto room = room_of(decide.room_id());
    if (!room) return room.error();
    const auto token = optional_id<PersonToken>(decide.token(), "token");
    if (!token) return token.error();
    const auto message = optional_id<MessageId>(decide.message_id(), "message_id");
    if (!message) return message.error();
    // Two ways to say who is meant could name two people.
    if (token->has_value() == message->has_value()) return bad_field("token");
    const auto action = enumerator<domain::DecisionAction>(decide.action(), v1::DecisionAction_IsValid, "action");
    if (!action) return action.error();
    const auto source =
        enumerator(decide.source(), v1::DecisionSource_IsValid, "source", std::optional(domain::DecisionSource::own));
    if (!source) return source.error();
    if (*source == domain::DecisionSource::rule) return bad_field("source");
    const auto lasts = duration(decide.lasts_ms(), "lasts_ms");
    if (!lasts) return lasts.error();
    return domain::Decide{.room = *room,
                          .token = *token,
                          .message = *message,
                          .action = *action,
                          .rule_id = std::move(*decide.mutable_rule_id()),
                          .facts = std::move(*decide.mutable_facts()),
                          .lasts = *lasts,
                          .everywhere = decide.everywhere(),
                          .urgent = decide.urgent(),
                          .source = *source};
}

Read read(v1::ConfirmDecision& confirm) {
    const auto decision = required_id<DecisionId>(confirm.decision_id(), "decision_id");
    if (!decision) return decision.error();
    return domain::ConfirmDecision{*decision};
}

}  // namespace kindroom::wire
