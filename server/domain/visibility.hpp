// Who is hidden from one account. `shows` is the one place where it is decided what somebody may see: live delivery,
// history, resume, replies' links and the roster all ask here, and nothing else in the server compares two people.
//
// A Visibility is an immutable snapshot, shared between shards; a change makes a new one. In this version there are no
// boundaries yet, so a snapshot holds only whose it is; each account has one all the same, and every question is asked.
#pragma once

#include <memory>
#include <optional>

#include "base/ids.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// Something that might be shown: whose it is, where, and where in the room's story it stands.
struct Sighting {
    enum class Kind : std::uint8_t {
        words,     // a message, its edit or its retraction; `position` is the message's
        presence,  // a person in a roster; has no position
    };
    Kind kind = Kind::words;
    AccountId author;
    Voice voice = Voice::person;
    RoomId room;
    Position position{};
};

// What a member's place in a room lets them see at all: steps after this position. Moves only when they join anew.
struct Horizon {
    Position from{};
};

class Visibility {
  public:
    explicit Visibility(AccountId viewer) : viewer_(viewer) {}

    AccountId viewer() const { return viewer_; }

    // Whether the viewer, standing in the room since `horizon`, may see this. Symmetric between two people for a block.
    // A role voice is always seen (PRODUCT, "Roles"); what was said before the viewer came in is not, whoever said it.
    bool shows(const Sighting& sighting, Horizon horizon) const;

  private:
    AccountId viewer_;
};

using VisibilityPtr = std::shared_ptr<const Visibility>;

}  // namespace kindroom::domain
