// People with boundaries and moments in time, for tests of who sees whom. Knows no room.
#pragma once

#include <array>

#include "domain/matters.hpp"

namespace kindroom::domain::test {

using namespace std::chrono_literals;

// An id that is easily told from others of its kind.
template <class Id>
Id numbered(std::uint64_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    bytes.back() = 2;
    return Id(bytes);
}

namespace people {
inline const AccountId ana = numbered<AccountId>(1);
inline const AccountId ben = numbered<AccountId>(2);
inline const AccountId cleo = numbered<AccountId>(3);
// Other accounts of Ben's.
inline const AccountId bens_second = numbered<AccountId>(22);
inline const AccountId bens_third = numbered<AccountId>(23);
}  // namespace people

inline const RoomId garden = numbered<RoomId>(1);
inline const RoomId attic = numbered<RoomId>(2);

inline Acquaintance met_in_the_garden(AccountId account, std::string name = "Ben") {
    return {.account = account,
            .room = garden,
            .person = {.token = numbered<PersonToken>(account.hash()), .name = std::move(name), .sign = "heron"}};
}

inline Sighting words(AccountId author, std::uint64_t position, TimePoint at, RoomId room = garden) {
    return {.author = author,
            .room = room,
            .position = Position{position},
            .at = at,
            .about = Position{position},
            .about_at = at};
}
inline Sighting edit_of(Sighting message, std::uint64_t position, TimePoint at) {
    message.position = Position{position};
    message.at = at;
    return message;
}
inline Sighting presence(AccountId who, TimePoint roster_at) {
    return {.kind = Sighting::Kind::presence, .author = who, .room = garden, .at = roster_at};
}
inline Sighting sign(AccountId by, TimePoint at, RoomId room = garden) {
    return {.kind = Sighting::Kind::sign, .author = by, .room = room, .at = at};
}

// Why something was refused; no code if it was not.
template <class T>
Error refusal_of(const Result<T>& result) {
    return result ? Error{.code = Errc{}} : result.error();
}

// The matters of one account; what it decides is applied at once, as its actor does.
class MattersDialogue {
  public:
    explicit MattersDialogue(AccountId owner = people::ana, Limits with = {}) : limits(with), matters(owner, limits) {}
    // The matters look at these limits.
    MattersDialogue(const MattersDialogue&) = delete;
    MattersDialogue& operator=(const MattersDialogue&) = delete;

    MatterId fresh() { return numbered<MatterId>(++ids_); }

    // Whether anything changed.
    Result<bool> block(const Acquaintance& other, std::optional<AccountId> because_of = std::nullopt) {
        const auto change = matters.decide_block(other, because_of, fresh(), now);
        if (!change) return change.error();
        if (*change) matters.apply(**change);
        return change->has_value();
    }
    Result<bool> block(AccountId other, std::optional<AccountId> because_of = std::nullopt) {
        return block(met_in_the_garden(other), because_of);
    }
    bool blocks(AccountId other) const { return matters.block_of(other).has_value(); }
    MatterId block_id(AccountId other) const { return matters.block_of(other).value().first; }
    Result<TimePoint> unblock(AccountId other) {
        const auto unblocking = matters.decide_unblock(block_id(other), now);
        if (!unblocking) return unblocking.error();
        for (const auto& change : unblocking->changes) matters.apply(change);
        return unblocking->takes_effect_at;
    }
    // Whom the blocks concerned that have ended by now.
    std::vector<Matters::Ending> let_blocks_end() {
        auto endings = matters.blocks_to_end(now);
        for (const auto& ending : endings) matters.apply({ending.id, ending.block});
        return endings;
    }
    Result<MatterId> mute(const AddMute& command, std::optional<Acquaintance> person = std::nullopt) {
        const auto change = matters.decide_mute(command, std::move(person), fresh(), now);
        if (!change) return change.error();
        matters.apply(*change);
        return change->id;
    }
    Result<void> step_away(const StepAway& command) {
        const auto change = matters.decide_step_away(command, fresh(), now);
        if (!change) return change.error();
        matters.apply(*change);
        return {};
    }
    // Whether the owner had been away.
    Result<bool> come_back(std::optional<RoomId> room = std::nullopt) {
        const auto change = matters.decide_return({room}, now);
        if (!change) return change.error();
        if (*change) matters.apply(**change);
        return change->has_value();
    }
    bool shows(const Sighting& sighting) const { return matters.visibility(now)->shows(sighting, Horizon{}); }

    const Limits limits;
    Matters matters;
    TimePoint now = from_ms(1'767'225'600'000);

  private:
    std::uint64_t ids_ = 0;
};

}  // namespace kindroom::domain::test
