// What people set between themselves and others, as plain values in PRODUCT's words.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// Somebody whom a command means. Only the room can tell who that is.
struct PersonRef {
    RoomId room;
    PersonToken token;
    friend bool operator==(const PersonRef&, const PersonRef&) = default;
};

enum class LabelChoice : std::uint8_t { show = 1, ask = 2 };

// What a mute may be about, besides a person.
struct WholeRoom {
    friend bool operator==(const WholeRoom&, const WholeRoom&) = default;
};
struct Words {
    std::vector<std::string> words;
    friend bool operator==(const Words&, const Words&) = default;
};
struct Label {
    std::string label;
    friend bool operator==(const Label&, const Label&) = default;
};

// A mute as its owner is shown it.
struct Mute {
    MatterId id;
    std::variant<Person, WholeRoom, Words, Label> what;
    std::optional<RoomId> room;
    TimePoint ends_at = never;
    friend bool operator==(const Mute&, const Mute&) = default;
};

// A block as its owner is shown it.
struct Block {
    MatterId id;
    Person person;
    RoomId room;
    // When it ends, because that was asked for.
    TimePoint ends_at = never;
    friend bool operator==(const Block&, const Block&) = default;
};

struct Away {
    // Nothing: from everywhere.
    std::optional<RoomId> room;
    TimePoint until = never;
    bool firm = false;
    friend bool operator==(const Away&, const Away&) = default;
};

struct Contact {
    RoomId room;
    Person person;
    bool resting = false;
    // Who it is, where it is listed; for visibility, never encoded.
    AccountId other{};
    friend bool operator==(const Contact&, const Contact&) = default;
};

struct Offer {
    MatterId id;
    Person person;
    RoomId room;
    TimePoint fades_at{};
    // As in Contact.
    AccountId other{};
    friend bool operator==(const Offer&, const Offer&) = default;
};

}  // namespace kindroom::domain
