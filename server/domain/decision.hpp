// Acts of moderation: what was decided about somebody, and what follows from it while it lasts. Pure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

enum class DecisionAction : std::uint8_t {
    server_ban = 1,
    warn = 2,
    retract = 3,
    listen_only = 4,
    out_of_room = 5,
    no_contacts = 6,
    remove = 7,
    room_ban = 8,
    network_ban = 9,
    hold = 10,
};

// What an act is like: whether it is over as soon as it is done, and whether it is about one room or the house.
struct ActKind {
    enum class Span : std::uint8_t { moment, timeout, ban } span = Span::moment;
    enum class Scope : std::uint8_t { room, house, either } scope = Scope::room;
};
ActKind kind_of(DecisionAction action);

// How it came to be decided.
enum class DecisionSource : std::uint8_t { own = 1, report = 2, rule = 3 };

enum class DecisionState : std::uint8_t {
    stands = 1,
    // Its time is over.
    ended = 2,
    reversed = 3,
    // No second moderator confirmed it in time.
    lapsed = 4,
};

// A statement of reasons (PRODUCT X1): authority is always explained.
struct Decision {
    DecisionId id{};
    DecisionAction action = DecisionAction::server_ban;
    // Nothing: the whole house.
    std::optional<RoomId> room{};
    // The message that it is about, if it is about one.
    std::optional<MessageId> message{};
    std::string rule_id;
    std::string rule_text;
    std::uint32_t rules_version = 0;
    std::string facts;
    DecisionSource source = DecisionSource::own;
    bool automated = false;
    TimePoint decided_at{};
    // `never` for one that does not end by itself.
    TimePoint ends_at = never;
    // Until when a second moderator must confirm it; `never`: there is nothing to wait for.
    TimePoint confirm_by = never;
    // How to object, and the code with which that can be done without signing in.
    std::string appeal;
    std::string appeal_code{};
    // As kept: what ends or lapses by itself goes on to say `stands`. See as_it_stands().
    DecisionState state = DecisionState::stands;
    // When it was reversed or lapsed, and what was said about a reversal.
    TimePoint settled_at{};
    std::string reversal{};
    friend bool operator==(const Decision&, const Decision&) = default;
};

DecisionState state_of(const Decision& decision, TimePoint now);
// As it is shown at this time.
Decision as_it_stands(Decision decision, TimePoint now);
// Whether what it imposes is imposed now. Of one that is over as soon as it is done: never.
bool is_in_force(const Decision& decision, TimePoint now);

// As moderators are shown it: without the code with which the one concerned can object, which is theirs alone.
Decision for_moderators(Decision decision);

// The refusal that a decision in force imposes; with retry_at if it ends by itself.
Error refuse_because_of(const Decision& decision, Errc code);

// What follows for somebody from all decisions about them. An immutable snapshot, asked with the time of the moment:
// what has ended or lapsed is over to the millisecond, whoever notices. Of several the one is given that ends last.
class Sanctions {
  public:
    Sanctions() = default;
    explicit Sanctions(std::vector<Decision> decisions) : decisions_(std::move(decisions)) {}

    const Decision* ban(TimePoint now) const;
    const Decision* out_of(RoomId room, TimePoint now) const;
    // Not in direct rooms, where no_contacts() is what counts.
    const Decision* listen_only_in(RoomId room, TimePoint now) const;
    const Decision* no_contacts(TimePoint now) const;
    // What they write there waits for a moderator. It closes nothing: they may speak.
    const Decision* held_in(RoomId room, TimePoint now) const;
    // The decision behind a refusal, if there is one behind this kind of refusal.
    const Decision* behind(Errc refusal, std::optional<RoomId> room, TimePoint now) const;

  private:
    template <class Fits>
    const Decision* last_of(TimePoint now, Fits fits) const;

    std::vector<Decision> decisions_;
};

using SanctionsPtr = std::shared_ptr<const Sanctions>;

}  // namespace kindroom::domain
