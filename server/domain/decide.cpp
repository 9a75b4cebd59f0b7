#include "domain/decide.hpp"

#include <algorithm>

#include "domain/texts.hpp"

namespace kindroom::domain {

namespace {

bool is_time_fitting(DecisionAction action, Duration lasts, const Limits& limits) {
    if (action == DecisionAction::network_ban) return lasts > Duration{0} && lasts <= limits.network_ban_max;
    switch (kind_of(action).span) {
        case ActKind::Span::moment:
            return lasts == Duration{0};
        case ActKind::Span::timeout:
            return lasts >= limits.timeout_min && lasts <= limits.timeout_max;
        case ActKind::Span::ban:
            return true;
    }
    return false;
}

}  // namespace

Result<Decision> judge_decision(const Decide& command, const Standing& by, const HouseRules& rules,
                                const Limits& limits, TimePoint now) {
    using Scope = ActKind::Scope;
    if (!by.may_moderate(command.room)) return refuse(Errc::not_allowed);
    const Scope scope = kind_of(command.action).scope;
    if (command.everywhere && scope == Scope::room) return bad_field("everywhere");
    const bool is_house_wide = scope == Scope::house || (scope == Scope::either && command.everywhere);
    if (is_house_wide && !by.may_moderate_the_house()) return refuse(Errc::not_allowed);
    if (command.action == DecisionAction::retract && !command.message) return bad_field("message_id");
    const auto rule = std::find_if(rules.rules.begin(), rules.rules.end(),
                                   [&](const Rule& one) { return one.rule_id == command.rule_id; });
    if (rule == rules.rules.end()) return bad_field("rule_id");
    if (is_blank(command.facts) || count_code_points(command.facts) > limits.facts_code_points_max)
        return bad_field("facts");
    if (!is_time_fitting(command.action, command.lasts, limits)) return bad_field("lasts_ms");
    return Decision{.action = command.action,
                    .room = is_house_wide ? std::nullopt : std::optional(command.room),
                    .message = command.message,
                    .rule_id = rule->rule_id,
                    .rule_text = rule->text,
                    .rules_version = rules.version,
                    .facts = command.facts,
                    .source = command.source,
                    .decided_at = now,
                    .ends_at = command.lasts > Duration{0} ? now + command.lasts : never,
                    .appeal = {}};
}

}  // namespace kindroom::domain
