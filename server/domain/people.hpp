// Who somebody is to the house, and how they are seen in one room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace kindroom::domain {

enum class Role : std::uint8_t { member = 1, moderator = 2, admin = 3 };

// In which capacity words are said. The moderator's voice cannot be blocked; the private person behind it can. What is
// said unsigned, in a circle, is said by nobody for all who read it, and is its author's in every other respect.
enum class Voice : std::uint8_t { person = 1, moderator = 2, unsigned_share = 3 };

// Why somebody only listens in a room for a while: a first visit begins so, many came for the first time at once, or a
// moderator decided it.
enum class ListenCause : std::uint8_t { first_visit = 1, wave = 2, decision = 3 };
struct Listening {
    TimePoint until{};
    ListenCause cause = ListenCause::first_visit;
    friend bool operator==(const Listening&, const Listening&) = default;
};

// What an account may do, as it stands now. A value: connections hold a copy that is replaced when it changes.
struct Standing {
    Role role = Role::member;
    // For a moderator: the rooms looked after; empty for all of them.
    std::vector<RoomId> moderates;

    bool is_admin() const { return role == Role::admin; }
    bool may_moderate(RoomId room) const;
    bool may_moderate_the_house() const {
        return role == Role::admin || (role == Role::moderator && moderates.empty());
    }
    friend bool operator==(const Standing&, const Standing&) = default;
};

// A person as members of one room see them. Holds no account id: this is what leaves the server.
struct Person {
    PersonToken token;
    std::string name;
    std::string sign;
    Voice voice = Voice::person;
    // In the roster of a moderator on duty: they keep this person away, and see them because they are on duty.
    bool is_kept_away = false;
    friend bool operator==(const Person&, const Person&) = default;
};

// Somebody at a room's door, as whoever opens it sees them, and whose account it is: that does not leave the server.
struct Knocker {
    AccountId account;
    Person person;
    // When they knocked.
    TimePoint at{};
    friend bool operator==(const Knocker&, const Knocker&) = default;
};

}  // namespace kindroom::domain
