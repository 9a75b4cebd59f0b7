// Who asks, and how an answer finds its way back.
#pragma once

#include <memory>

#include "base/ids.hpp"
#include "crypto/vault.hpp"
#include "domain/command.hpp"
#include "domain/reply.hpp"
#include "domain/room.hpp"
#include "domain/visibility.hpp"

namespace kindroom::actors {

// One connection: the shard it lives on, and its number there. A number is never used again.
struct ClientRef {
    std::uint32_t shard = 0;
    std::uint64_t number = 0;
    friend auto operator<=>(const ClientRef&, const ClientRef&) = default;
};

// The key under which the words of one person are sealed.
struct PersonKey {
    DataKeyId id;
    crypto::DataKey key;
};

// Somebody who is signed in, as the server knows them now. An immutable snapshot: when anything changes, every
// connection of the account is given a new one.
struct Identity {
    AccountId account;
    SessionId session;
    domain::Standing standing;
    std::uint32_t rules_consented = 0;
    TimePoint newcomer_until{};
    domain::VisibilityPtr visibility{};
    // Of those who look after rooms: what they see where they are on duty.
    domain::VisibilityPtr on_duty_view{};
    // From where the account has stepped away; each ends by itself when its time has come.
    std::vector<domain::Away> away{};
    // What follows from decisions about the account; null: nothing. Each ends by itself when its time has come.
    domain::SanctionsPtr sanctions{};
    std::shared_ptr<const PersonKey> key{};
    // Accounts that a moderator has linked to this one: the same person's.
    std::vector<AccountId> linked{};
    // Came in by the operator's own socket: an admin without an account, who manages the house but is not in it.
    bool is_operator = false;

    // The absence that is in force: from everywhere, or from this room.
    const domain::Away* is_away_from(std::optional<RoomId> room, TimePoint now) const {
        for (const domain::Away& one : away)
            if (now < one.until && (!one.room || one.room == room)) return &one;
        return nullptr;
    }

    // The decision that keeps them out of this room.
    const domain::Decision* is_kept_out_of(RoomId room, TimePoint now) const {
        return sanctions ? sanctions->out_of(room, now) : nullptr;
    }

    // Through whose eyes they look at a room: their own, or the moderator's.
    const domain::VisibilityPtr& eyes(bool is_on_duty) const {
        return is_on_duty && on_duty_view ? on_duty_view : visibility;
    }

    domain::Asker asker(TimePoint now) const {
        return {.account = account,
                .standing = standing,
                .visibility = visibility,
                .is_newcomer = now < newcomer_until,
                .sanctions = sanctions};
    }

    // A refusal as this account is told it: with the statement of reasons, if there is a decision behind it.
    domain::Refused refused(const Error& error, std::optional<RoomId> room, TimePoint now) const {
        const domain::Decision* behind = sanctions ? sanctions->behind(error.code, room, now) : nullptr;
        return {.error = error, .decision = behind ? std::optional(*behind) : std::nullopt};
    }
};

using IdentityPtr = std::shared_ptr<const Identity>;

// Where an answer goes.
struct ReturnTo {
    ClientRef client;
    std::uint32_t request = 0;
};

// A command on its way to the actor that decides.
struct Envelope {
    ReturnTo from;
    IdentityPtr who;
    domain::Command command;
};

}  // namespace kindroom::actors
