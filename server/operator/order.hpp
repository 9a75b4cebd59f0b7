// What an operator can ask of the running server, as plain values (from the command line).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "domain/people.hpp"
#include "domain/settings.hpp"

namespace kindroom::operator_ {

// A room is named by its topic, or by its id where two have the same.
using RoomName = std::string;

// Prints a code that makes an account.
struct Invite {
    domain::Role role = domain::Role::member;
    RoomName room{};  // the one room that a moderator looks after; empty: all
    std::uint32_t uses = 1;
    Duration holds_for{0};     // 0: the house's default
    bool first_admin = false;  // say what to do next
};

// Whether a text says when a room is open, as RoomOptions::hours.
bool are_hours(const std::string& text);

// What is said of a room; what is not said stays as it is, or has its default in a new room.
struct RoomOptions {
    std::optional<std::string> topic;
    std::optional<std::string> welcome;
    std::optional<std::vector<std::string>> labels;
    std::optional<domain::Retention> retention;
    std::optional<Duration> slow_mode;
    std::optional<std::uint32_t> seats;
    std::optional<std::uint32_t> hold_first_messages;
    std::optional<bool> history_before_joining;
    std::optional<bool> needs_moderator;
    std::optional<Duration> listen_only;
    std::optional<domain::JoinPolicy> join_policy;
    std::optional<std::string> hours;  // "mon-fri 18:00-20:00", "always"
    std::optional<std::string> opening_words;
    std::optional<std::string> closing_words;
};
struct CreateRoom {
    RoomOptions options;
};
struct ChangeRoom {
    RoomName room;
    RoomOptions options;
};
struct CloseRoom {
    RoomName room;
};
struct ListRooms {};

struct PublishRules {
    std::filesystem::path file;
};
struct ShowRules {};

struct SetRole {
    std::string login_id;
    domain::Role role = domain::Role::member;
    RoomName room;
};
struct Ban {
    std::string login_id;
    std::string rule_id;
    std::string facts;  // "-": read from standard input, so that they do not stand in the list of processes
    Duration lasts{0};  // 0: until lifted
};
struct LiftBan {
    std::string login_id;
};

using Order =
    std::variant<Invite, CreateRoom, ChangeRoom, CloseRoom, ListRooms, PublishRules, ShowRules, SetRole, Ban, LiftBan>;

}  // namespace kindroom::operator_
