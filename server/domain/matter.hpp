// The private matters of an account as they are kept: each one packed and sealed by itself under its owner's key, so
// that the database tells nobody who has a boundary with whom.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "domain/boundary.hpp"
#include "domain/decision.hpp"
#include "domain/visibility.hpp"

namespace kindroom::domain {

// Somebody as they were called in the room where the owner met them: outlasts their renames, and their leaving.
struct Acquaintance {
    AccountId account;
    RoomId room;
    Person person;
    friend bool operator==(const Acquaintance&, const Acquaintance&) = default;
};

// The owner blocks somebody. Kept when it is over, because its time stays dark.
struct ChosenBlock {
    Acquaintance other;
    TimePoint from{};
    TimePoint until = never;
    // Asked to end: when that was, and when it takes effect. Of a named one only.
    TimePoint end_asked_at = never;
    TimePoint ends_at = never;
    // Not named by the owner, but linked by a moderator to this account, which was.
    std::optional<AccountId> because_of{};
    friend bool operator==(const ChosenBlock&, const ChosenBlock&) = default;
};
// Somebody blocks the owner.
struct MetBlock {
    AccountId other;
    Dark dark;
    friend bool operator==(const MetBlock&, const MetBlock&) = default;
};
struct KeptMute {
    // A person, or what Mute says.
    std::variant<Acquaintance, WholeRoom, Words, Label> what;
    std::optional<RoomId> room;
    TimePoint ends_at = never;
    friend bool operator==(const KeptMute&, const KeptMute&) = default;
};
struct KeptLabelChoice {
    std::string label;
    LabelChoice choice = LabelChoice::ask;
    friend bool operator==(const KeptLabelChoice&, const KeptLabelChoice&) = default;
};
struct KeptAway {
    Away away;
    friend bool operator==(const KeptAway&, const KeptAway&) = default;
};
// A moderator said that this account and the owner's are one person's.
struct Linked {
    AccountId account;
    friend bool operator==(const Linked&, const Linked&) = default;
};
// Somebody with whom the owner has, or had, a direct room.
struct KeptContact {
    AccountId other;
    Contact contact;
    // When the owner ended it; no new offer from the other one is shown for a while after.
    TimePoint ended_at = never;
    friend bool operator==(const KeptContact&, const KeptContact&) = default;
};
struct KeptOffer {
    enum class Way : std::uint8_t { made = 1, received = 2 };
    enum class State : std::uint8_t {
        open = 1,
        accepted = 2,
        // Declined, or never to be shown. The one who made it sees it open until it fades, as for any other.
        put_away = 3,
    };
    Way way = Way::made;
    State state = State::open;
    Acquaintance other;
    TimePoint made_at{};
    TimePoint fades_at{};
    // How the owner is called in that room.
    std::string own_name;
    // The same offer in the other one's matters.
    MatterId counterpart;
    // Of a received one: it has reached a device of the owner, or been listed, and stays whatever the one who made it
    // sets afterwards.
    bool shown = false;
    friend bool operator==(const KeptOffer&, const KeptOffer&) = default;
};
// The owner has switched contacts off.
struct ContactsOff {
    friend bool operator==(const ContactsOff&, const ContactsOff&) = default;
};
// What was decided about the owner.
struct KeptDecision {
    Decision decision;
    // Who decided and who confirmed it, for recusal and appeals; never sent. Nil: the operator, a rule of the house, or
    // nobody.
    AccountId by;
    AccountId confirmed_by{};
    // The owner as they were called in the room, for moderators; empty if they were named otherwise.
    Person subject{};
    friend bool operator==(const KeptDecision&, const KeptDecision&) = default;
};

using Matter = std::variant<ChosenBlock, MetBlock, KeptMute, KeptLabelChoice, KeptAway, Linked, KeptContact, KeptOffer,
                            ContactsOff, KeptDecision>;

// Everything of one kind among these matters, with its id.
template <class M, class F>
void each(const std::map<MatterId, Matter>& kept, F&& f) {
    for (const auto& [id, matter] : kept)
        if (const auto* one = std::get_if<M>(&matter)) f(id, *one);
}

std::string pack(const Matter& matter);
// Nothing if it was not packed by pack().
std::optional<Matter> unpack_matter(std::string_view packed);

}  // namespace kindroom::domain
