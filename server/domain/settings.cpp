#include "domain/settings.hpp"

#include <algorithm>

#include "domain/texts.hpp"

namespace kindroom::domain {

namespace {

// What is about turns.
Result<void> judge_turns(RoomSettings& settings, const Limits& limits) {
    if (settings.kind != RoomKind::circle) {
        settings.turn_soft = settings.turn_hard = Duration{0};
        return {};
    }
    if (settings.seats < limits.circle_seats_min || settings.seats > limits.circle_seats_max)
        return bad_field("settings.seats");
    // What was shared in one sitting is not for the next.
    if (settings.history_before_joining) return bad_field("settings.history_before_joining");
    if (settings.turn_hard == Duration{0}) settings.turn_hard = limits.turn_hard_default;
    if (settings.turn_soft == Duration{0}) settings.turn_soft = std::min(limits.turn_soft_default, settings.turn_hard);
    if (settings.turn_hard > limits.turn_max) return bad_field("settings.turn_hard_ms");
    if (settings.turn_soft > settings.turn_hard) return bad_field("settings.turn_soft_ms");
    return {};
}

}  // namespace

Result<RoomSettings> judge_settings(RoomSettings settings, const Limits& limits) {
    const bool is_circle = settings.kind == RoomKind::circle;
    if (settings.seats == 0) settings.seats = is_circle ? limits.circle_seats_max : limits.seats_default;
    // Direct rooms are made by two who accept one another, and never out of another room.
    if (settings.kind == RoomKind::direct) return bad_field("settings.kind");
    if (is_blank(settings.topic) || count_code_points(settings.topic) > limits.topic_code_points_max)
        return bad_field("settings.topic");
    if (count_code_points(settings.welcome_text) > limits.welcome_code_points_max)
        return bad_field("settings.welcome_text");
    if (settings.content_labels.size() > limits.labels_max) return bad_field("settings.content_labels");
    for (const auto& label : settings.content_labels)
        if (is_blank(label) || count_code_points(label) > limits.name_code_points_max)
            return bad_field("settings.content_labels");
    if (settings.seats > limits.seats_max) return bad_field("settings.seats");
    if (settings.hold_first_messages > limits.first_messages_max) return bad_field("settings.hold_first_messages");
    if (settings.slow_mode > std::chrono::hours{24}) return bad_field("settings.slow_mode_ms");
    if (auto judged = judge_hours(settings.opening_hours, limits); !judged) return judged.error();
    if (count_code_points(settings.opening_words) > limits.sentence_code_points_max)
        return bad_field("settings.opening_words");
    if (count_code_points(settings.closing_words) > limits.sentence_code_points_max)
        return bad_field("settings.closing_words");
    if (!settings.listen_only) settings.listen_only = limits.listen_only_default;
    if (*settings.listen_only > std::chrono::hours{24}) return bad_field("settings.listen_only_ms");
    if (auto judged = judge_turns(settings, limits); !judged) return judged.error();
    return settings;
}

}  // namespace kindroom::domain
