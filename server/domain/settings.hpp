// What is set about rooms and about the house, as plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/opening_hours.hpp"

namespace kindroom::domain {

enum class RoomKind : std::uint8_t { open = 1, direct = 2, circle = 3 };
enum class JoinPolicy : std::uint8_t { open = 1, knock = 2, invite = 3 };
enum class Retention : std::uint8_t { hours_24 = 1, days_7 = 2, days_30 = 3 };
enum class RoomState : std::uint8_t { open = 1, paused = 2, closed = 3, winding_down = 4, out_of_hours = 5 };

Duration length_of(Retention retention);

// What a room is like; judge_settings() says which can be.
struct RoomSettings {
    std::string topic;
    std::string welcome_text;
    std::vector<std::string> content_labels;
    RoomKind kind = RoomKind::open;
    JoinPolicy join_policy = JoinPolicy::open;
    Retention retention = Retention::days_30;
    Duration slow_mode{0};
    std::uint32_t seats = 0;  // 0 in a command: the house's default
    bool history_before_joining = false;
    bool needs_moderator = false;
    OpeningHours opening_hours{};
    std::string opening_words{};
    std::string closing_words{};
    // How long somebody only listens who comes in for the first time. Nothing in a command: the house's default; in a
    // room that is older than this: no time at all.
    std::optional<Duration> listen_only{};
    // How many first messages of each person a moderator looks at before others see them.
    std::uint32_t hold_first_messages = 0;
    // Of a circle; 0 in a command: the house's defaults. After `soft` a turn should come to an end, after `hard` it
    // does.
    Duration turn_soft{0};
    Duration turn_hard{0};
    friend bool operator==(const RoomSettings&, const RoomSettings&) = default;
};

// Settings that a room can have that somebody makes, or bad_field. Fills in the defaults; texts are cleaned before.
Result<RoomSettings> judge_settings(RoomSettings settings, const Limits& limits);

// A room as it is shown. `joined` is of the viewer; all else is the same for everybody.
struct RoomCard {
    RoomId room;
    RoomSettings settings;
    RoomState state = RoomState::open;
    bool moderator_on_duty = false;
    bool joined = false;
    // Never encoded: that the sentence is there says it.
    bool is_paused_by_hand = false;
    std::string pause_sentence{};
    // While it is winding down, or outside of its hours; `never` otherwise.
    TimePoint pauses_at = never;
    TimePoint opens_at = never;
    friend bool operator==(const RoomCard&, const RoomCard&) = default;
};

struct Rule {
    std::string rule_id;
    std::string text;
    friend bool operator==(const Rule&, const Rule&) = default;
};

struct HouseRules {
    std::uint32_t version = 0;
    std::vector<Rule> rules;
    friend bool operator==(const HouseRules&, const HouseRules&) = default;
};

struct HelpEntry {
    std::string name;
    std::string about;
    std::string country;
    std::vector<std::string> languages;
    std::string contact;
    std::string hours;
    std::string verified_on;
    // Nobody has tried it lately; set when it is asked for.
    bool doubtful = false;
    friend bool operator==(const HelpEntry&, const HelpEntry&) = default;
};

struct HelpDirectory {
    std::string introduction;
    std::vector<HelpEntry> entries;
    friend bool operator==(const HelpDirectory&, const HelpDirectory&) = default;
};

}  // namespace kindroom::domain
