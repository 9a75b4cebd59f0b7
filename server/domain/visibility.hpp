// Who and what is hidden from one account. `shows` is the one place where it is decided what somebody may see: live
// delivery, history, resume, replies' links, mentions, heard, offers, the roster and admission all ask here, and
// nothing else in the server compares two people.
//
// A Visibility is an immutable snapshot, shared between shards; a change makes a new one (domain/matters). It holds
// no clock: what ends by itself ends when its owner's actor makes the next snapshot.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/boundary.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// Something that might be shown: whose it is, where and when it happened, and what it concerns.
struct Sighting {
    enum class Kind : std::uint8_t {
        words,     // a message, its edit or its retraction, a link to it
        mention,   // somebody who is named in another one's words
        presence,  // a person in a roster that was taken at `at`
        sign,      // something that a person does towards the viewer: heard, an offer
        contact,   // somebody in the viewer's own list of contacts and offers
    };
    Kind kind = Kind::words;
    AccountId author;
    Voice voice = Voice::person;
    RoomId room;
    // The step itself, and when it happened. Of a sign: when it reached the viewer; zero if it has not yet.
    Position position{};
    TimePoint at{};
    // The message that it concerns: for a message, its own place and time.
    Position about{};
    TimePoint about_at{};
    // Of words: their labels, and what they say without regard to spelling.
    std::span<const std::string> labels{};
    std::string_view folded{};
};

// Words that somebody says at this moment.
inline Sighting said_now(AccountId author, RoomId room, TimePoint now) {
    constexpr Position newest{UINT64_MAX};
    return {.author = author, .room = room, .position = newest, .at = now, .about = newest, .about_at = now};
}

// What a member's place in a room lets them see at all: steps after this position. Moves only when they join anew.
struct Horizon {
    Position from{};
};

// A time during which two people are hidden from each other, as it concerns the one who looks.
struct Dark {
    // `chosen`: the viewer blocked the other, who is gone with all their past while it lasts. `met`: the other blocked
    // the viewer, who keeps what had reached them before.
    enum class Side : std::uint8_t { chosen = 1, met = 2 };
    Side side = Side::chosen;
    TimePoint from{};
    // `never`: it is in force. Afterwards what was said in this time stays dark for both, for ever.
    TimePoint until = never;
    // Of `chosen`: the viewer named this person, and not only another account of theirs.
    bool named = true;
    // Of `met`: per room, what of the other's words had reached the viewer when it began. None: nothing had.
    std::map<RoomId, Position> received{};

    bool is_in_force() const { return until == never; }
    friend bool operator==(const Dark&, const Dark&) = default;
};

// All times of darkness with one other person. Immutable and shared by the snapshots that follow one another.
using Edge = std::vector<Dark>;
using EdgePtr = std::shared_ptr<const Edge>;

// What an account has muted that is in force, folded for comparing.
struct Mutes {
    struct Place {
        // Everywhere, or in these rooms only.
        bool everywhere = false;
        std::set<RoomId> rooms{};
        bool covers(RoomId room) const { return everywhere || rooms.contains(room); }
    };
    std::unordered_map<AccountId, Place> people;
    std::set<RoomId> rooms;
    // By their first word, so that a text is looked through once however many there are.
    std::unordered_map<std::string, std::vector<std::pair<std::string, Place>>> words;
    std::map<std::string, Place> labels;

    bool empty() const { return people.empty() && rooms.empty() && words.empty() && labels.empty(); }
};

class Visibility {
  public:
    struct Parts {
        std::unordered_map<AccountId, EdgePtr> edges;
        Mutes mutes;
        // Labels whose words are shown at once; all others are asked for.
        std::set<std::string> shown_labels;
    };

    explicit Visibility(AccountId viewer) : viewer_(viewer) {}
    Visibility(AccountId viewer, Parts parts) : viewer_(viewer), parts_(std::move(parts)) {}

    AccountId viewer() const { return viewer_; }

    // What the same person sees in a room where they are on duty: nobody is overlooked because of a boundary that the
    // moderator has as a private person. What others chose against that person holds (PRODUCT X3), and who is away from
    // whom outside of the room: contacts, offers, heard.
    Visibility on_duty() const;
    // Whether it is for being on duty in this room that they see the person, whom they have blocked or muted.
    bool lifts(AccountId other, RoomId room) const;

    // As on_duty() sees what waits for whoever looks after the room, asked of whichever view is at hand. Never what is
    // one's own: nobody lets themselves through.
    bool shows_on_duty(const Sighting& sighting) const;

    // Whether the viewer, standing in the room since `horizon`, may see this. Symmetric between two people for a block.
    // A role voice is always seen (PRODUCT, "Roles"); what was said before the viewer came in is not, whoever said it.
    bool shows(const Sighting& sighting, Horizon horizon) const;

    // The same person's view without what they set themselves: whatever they mute, and have blocked from `now` on, had
    // been shown to them before. For what they report, which they may put away first.
    Visibility before_own_boundaries(TimePoint now) const;

    // Whether words with these labels are held back until the viewer asks for them (PRODUCT, "Messages"). One's own
    // never are.
    bool withholds(AccountId author, std::span<const std::string> labels) const;

    // When each of the viewer's own blocks began that is in force.
    std::vector<TimePoint> kept_away_since() const;

    // Whether the viewer would want to know, before going in, that this person is in a roster that was taken at `at`:
    // somebody they blocked, and who did not block them as well (PRODUCT, "Boundaries": from one's own list only).
    // Their own block counts at once, the other one's as in the roster itself: from the next one on.
    bool warns_of(AccountId other, TimePoint at) const;

    // Whether the viewer has chosen that the other one be kept away from them, and it is in force: for seats in a
    // circle.
    bool keeps_away(AccountId other) const;

  private:
    enum class Eye : std::uint8_t { person, on_duty };
    bool shows(const Sighting& sighting, Horizon horizon, Eye eye) const;
    bool is_dark(const Sighting& sighting, Eye eye) const;
    bool is_muted(const Sighting& sighting) const;
    // Whether nothing that the viewer chose themselves plays a part.
    static bool is_lifted(const Sighting& sighting, Eye eye);

    AccountId viewer_;
    Parts parts_;
    Eye eye_ = Eye::person;
};

using VisibilityPtr = std::shared_ptr<const Visibility>;

}  // namespace kindroom::domain
