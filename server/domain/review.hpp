// Posts that wait before others see them, as plain values: why, until when, and what becomes of them.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace kindroom::domain {

enum class HeldFor : std::uint8_t {
    breath = 1,          // its author wished others to see it only after a while
    first_messages = 2,  // it is one of the first of its author in this room
    filter = 3,          // a filter of the house
    own_wish = 4,        // its author wished a moderator to see it first
    returned = 5,        // it waits no more: it is back with its author, until they say that they have it
    decision = 6,        // a moderator decided that its author's words are looked at first
};
// Whether a moderator is to look at it.
inline bool is_for_review(HeldFor cause) { return cause != HeldFor::breath && cause != HeldFor::returned; }

enum class ReturnCause : std::uint8_t {
    could_not_be_shown = 1,  // its author left, or the room is paused or closed
    unreviewed = 2,          // no moderator looked at it in time
    by_moderator = 3,        // with a note
};

// Why a post waits.
struct Hold {
    HeldFor cause = HeldFor::breath;
    // Of a filter: which, and its own sentence. Authority is always explained (PRODUCT X1).
    std::string filter_id{};
    std::string says{};
    friend bool operator==(const Hold&, const Hold&) = default;
};

// Of one that is back: why, and the moderator's words.
struct Return {
    ReturnCause cause = ReturnCause::could_not_be_shown;
    std::string note{};
    friend bool operator==(const Return&, const Return&) = default;
};

// A post that waits, as its author sees it, or a moderator who is to look at it.
struct HeldCard {
    MessageId message;
    std::string text;
    std::vector<std::string> labels{};
    Hold why{};
    Return back{};
    TimePoint accepted_at{};
    // When it is shown, or goes back; `never` for one that is back.
    TimePoint until = never;
    // For visibility. Never encoded.
    AccountId author{};
    friend bool operator==(const HeldCard&, const HeldCard&) = default;
};

// A filter that acted, as its author is told.
struct FilterNote {
    std::string filter_id;
    std::string says;
    friend bool operator==(const FilterNote&, const FilterNote&) = default;
};

}  // namespace kindroom::domain
