#include "support/wire_samples_decisions.hpp"

namespace kindroom::samples {
namespace {

constexpr auto some_end = some_time + Duration{86'400'000};

v1::Request& next(std::vector<CommandSample>& all, const char* name) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(static_cast<std::uint32_t>(all.size()));
    return sample.request;
}

v1::Decide& next_decide(std::vector<CommandSample>& all, const char* name) {
    auto& decide = *next(all, name).mutable_decide();
    decide.set_room_id(bytes_of(0x11));
    decide.set_rule_id("kind");
    decide.set_facts("Told Ana to leave.");
    return decide;
}

domain::Decision kept_decision() {
    auto kept = decision();
    kept.id = id_of<DecisionId>(0x71);
    kept.action = domain::DecisionAction::room_ban;
    kept.room = room;
    kept.message = message;
    kept.rules_version = 3;
    kept.source = domain::DecisionSource::report;
    kept.automated = true;
    kept.ends_at = some_end;
    kept.confirm_by = some_end;
    kept.appeal_code = "ABCD-EFGH";
    kept.state = domain::DecisionState::reversed;
    kept.settled_at = some_time;
    kept.reversal = "It was somebody else.";
    return kept;
}

}  // namespace

void add_decision_commands(std::vector<CommandSample>& all) {
    auto& decide = next_decide(all, "decide");
    decide.set_token(bytes_of(0x55));
    decide.set_action(v1::DECISION_ACTION_LISTEN_ONLY);
    decide.set_lasts_ms(3'600'000);
    decide.set_everywhere(true);
    decide.set_urgent(true);
    decide.set_source(v1::DECISION_SOURCE_REPORT);
    auto& retract = next_decide(all, "decide_about_a_message");
    retract.set_message_id(bytes_of(0x22));
    retract.set_action(v1::DECISION_ACTION_RETRACT);
    next(all, "list_my_decisions").mutable_list_my_decisions();
    next(all, "confirm_decision").mutable_confirm_decision()->set_decision_id(bytes_of(0x71));
    next(all, "list_unconfirmed").mutable_list_unconfirmed();
}

void add_hold_commands(std::vector<CommandSample>& all) {
    auto& decide = next_decide(all, "decide_hold");
    decide.set_token(bytes_of(0x55));
    decide.set_action(v1::DECISION_ACTION_HOLD);
    decide.set_lasts_ms(3'600'000);
}

void add_decision_replies(std::vector<ReplySample>& all) {
    all.push_back({"message_accepted_held_by_decision",
                   domain::MessageAccepted{.message = message,
                                           .posted_at = some_time,
                                           .appears_at = std::nullopt,
                                           .held = domain::Hold{.cause = domain::HeldFor::decision},
                                           .held_until = some_end}});
    all.push_back({"my_decisions", domain::MyDecisions{{kept_decision()}}});
    all.push_back({"decision_taken", domain::DecisionTaken{kept_decision()}});
    all.push_back({"unconfirmed", domain::Unconfirmed{{{kept_decision(), person(), true}}}});
    all.push_back({"me_while_banned", domain::Me{.login_id = "amber-heron-4127",
                                                 .standing = {},
                                                 .rules_consented = 3,
                                                 .rooms = {},
                                                 .ban = kept_decision()}});
}

void add_decision_events(std::vector<EventSample>& all) {
    all.push_back({"decision_made", domain::DecisionMade{kept_decision()}});
    all.push_back({"decision_confirmed", domain::DecisionConfirmed{kept_decision()}});
    all.push_back({"decision_lapsed", domain::DecisionLapsed{kept_decision()}});
    all.push_back({"decision_reversed", domain::DecisionReversed{kept_decision()}});
}

}  // namespace kindroom::samples
