#include "cli/fitting.hpp"

#include <algorithm>

namespace kindroom::cli {

namespace {

// As it is typed: "5m", "28d".
std::string as_typed(std::int64_t ms) {
    constexpr std::int64_t minute = 60'000;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    if (ms % day == 0) return std::to_string(ms / day) + "d";
    if (ms % hour == 0) return std::to_string(ms / hour) + "h";
    if (ms % minute == 0) return std::to_string(ms / minute) + "m";
    return std::to_string(ms / 1'000) + "s";
}

bool is_timeout(v1::DecisionAction action) {
    return action == v1::DECISION_ACTION_LISTEN_ONLY || action == v1::DECISION_ACTION_OUT_OF_ROOM ||
           action == v1::DECISION_ACTION_NO_CONTACTS || action == v1::DECISION_ACTION_HOLD;
}

bool is_for_one_room(v1::DecisionAction action) {
    return action == v1::DECISION_ACTION_OUT_OF_ROOM || action == v1::DECISION_ACTION_HOLD;
}

bool is_for_the_house(const v1::Decide& decide) {
    return decide.action() == v1::DECISION_ACTION_NO_CONTACTS || decide.action() == v1::DECISION_ACTION_SERVER_BAN ||
           decide.action() == v1::DECISION_ACTION_NETWORK_BAN ||
           (decide.action() == v1::DECISION_ACTION_LISTEN_ONLY && decide.everywhere());
}

std::optional<std::string> misfit_of_time(const v1::Decide& decide, const v1::Limits& limits) {
    if (is_timeout(decide.action()) && limits.timeout_ms_max() != 0 &&
        (decide.lasts_ms() < limits.timeout_ms_min() || decide.lasts_ms() > limits.timeout_ms_max()))
        return "That lasts from " + as_typed(limits.timeout_ms_min()) + " to " + as_typed(limits.timeout_ms_max()) +
               " here.";
    if (decide.action() == v1::DECISION_ACTION_NETWORK_BAN && limits.network_ban_ms_max() != 0 &&
        (decide.lasts_ms() == 0 || decide.lasts_ms() > limits.network_ban_ms_max()))
        return "With \"network\" it needs a time, " + as_typed(limits.network_ban_ms_max()) +
               " at most: an address soon is somebody else's.";
    return std::nullopt;
}

}  // namespace

bool may_moderate_the_house(const v1::Me& me) {
    return me.role() == v1::ROLE_ADMIN || (me.role() == v1::ROLE_MODERATOR && me.moderates().empty());
}

bool may_moderate(const v1::Me& me, const std::string& room_id) {
    const auto& rooms = me.moderates();
    return may_moderate_the_house(me) ||
           (me.role() == v1::ROLE_MODERATOR && std::find(rooms.begin(), rooms.end(), room_id) != rooms.end());
}

std::optional<std::string> misfit(const v1::Decide& decide, const v1::Limits& limits, const v1::Me& me) {
    if (!may_moderate(me, decide.room_id())) return "That is for moderators of that room.";
    if (decide.everywhere() && is_for_one_room(decide.action()))
        return "With \"out\" and \"hold\" one room is meant: leave \"everywhere\" away.";
    if (is_for_the_house(decide) && !may_moderate_the_house(me))
        return "That reaches beyond the rooms you look after: it is for moderators of the whole house.";
    return misfit_of_time(decide, limits);
}

}  // namespace kindroom::cli
