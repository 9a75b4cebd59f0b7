// A circle as a room publishes it, whole; and what one person is shown of it.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

class Visibility;

enum class CirclePhase : std::uint8_t { gathering = 1, check_in = 2, turns = 3, reflections = 4, closing = 5 };

// Where somebody stands in a circle. How many are before them is not said (PRODUCT X7).
enum class CirclePlace : std::uint8_t { listening = 1, signed_up = 2, waiting = 3, next = 4, floor = 5 };

// Somebody of whom a circle speaks. The account is for visibility and never encoded.
struct CirclePerson {
    AccountId account;
    Person person;
    friend bool operator==(const CirclePerson&, const CirclePerson&) = default;
};

// Before anybody's view of it has been made.
struct TrueCircle {
    RoomId room;
    CirclePhase phase = CirclePhase::gathering;
    std::set<AccountId> signed_up{};
    std::optional<CirclePerson> floor{};
    TimePoint soft_end{};
    TimePoint hard_end{};
    // Those who wait for the floor, the next one first.
    std::vector<AccountId> queue{};
    // Those who have not been heard and may soon be gone, for moderators on duty.
    std::vector<CirclePerson> unheard{};
    // When it was so.
    TimePoint at{};

    // Whether all is the same, whenever it was.
    bool says_the_same_as(const TrueCircle& other) const;
};

struct CircleView {
    RoomId room;
    CirclePhase phase = CirclePhase::gathering;
    CirclePlace place = CirclePlace::listening;
    std::optional<Person> floor{};
    // Of no meaning without a holder of the floor.
    TimePoint soft_end{};
    TimePoint hard_end{};
    std::vector<Person> unheard{};
    friend bool operator==(const CircleView&, const CircleView&) = default;
};

enum class CircleEye : std::uint8_t { member, on_duty };

// What the owner of this snapshot is shown. Whoever is hidden from them neither holds the floor nor waits before them.
CircleView view_of(const TrueCircle& circle, const Visibility& visibility, CircleEye eye);

}  // namespace kindroom::domain
