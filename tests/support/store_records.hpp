// Records of the store for tests: plain ones by number, and arbitrary ones for properties.
#pragma once

#include <cstdint>

#include "crypto/chain.hpp"
#include "store/records.hpp"

namespace kindroom::test {

// The same number gives the same id of a kind, and never the nil one.
template <class Id>
Id an_id(std::uint64_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    // Spread over all bytes as random ids are, so that order and hashes are not those of the numbers.
    std::uint64_t state = number;
    for (auto& byte : bytes) {
        state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
        byte = static_cast<std::uint8_t>(state >> 56);
    }
    bytes[15] = static_cast<std::uint8_t>(bytes[15] | 1);
    return Id(bytes);
}

// The key of the audit log's chain in all tests.
crypto::ChainKey a_chain_key();

inline constexpr TimePoint a_day = from_ms(1'767'225'600'000);

store::RoomRecord a_room(std::uint64_t number);
// Message number `position` of the room at that position, posted a second after the one before, sealed under
// place_key_of(room) and the key of its author.
store::MessageRecord a_message(RoomId room, std::uint64_t position);
store::Sealed some_words(DataKeyId place_key, DataKeyId person_key, std::string_view words);
store::WrappedKey a_key(DataKeyId id, RoomId room = {}, TimePoint destroy_at = never);
DataKeyId place_key_of(RoomId room);
// Held from a_day on, a second longer than the one before; sealed under place_key_of(room) and the key of its author.
store::HeldRecord a_held(RoomId room, std::uint64_t number);
store::AccountRecord an_account(std::uint64_t number);
store::SessionRecord a_session(AccountId account, std::uint64_t number);
// Sealed under the key of its account.
store::MatterRecord a_matter(AccountId account, std::uint64_t number);
// Sealed under a key of its own.
store::CaseRecord a_case(std::uint64_t number);
// By account number 1, of case number 1; sealed under a key of its own, which is number `number`.
store::ReportRecord a_report(std::uint64_t number);
// About account 1; of a room where the number is even.
store::DecisionRecord a_decision(std::uint64_t number, TimePoint confirm_by = never);
// A ban of account `number` by account 2, a second after the one of the number before.
domain::AuditEntry an_audit_entry(std::uint64_t number);

// Arbitrary within what a record may be; only inside a rapidcheck property.
store::RoomRecord any_room();
store::MembershipRecord any_membership(RoomId room);
store::MessageRecord any_message(RoomId room, Position position);
store::HeldRecord any_held(RoomId room);
store::WrappedKey any_key();
store::AccountRecord any_account();
store::SessionRecord any_session(AccountId account);
store::MatterRecord any_matter(AccountId account);
store::ReceivedRecord any_received(AccountId account);
store::ReportRecord any_report();
store::InviteRecord any_invite();
store::RoomInviteRecord any_room_invite(RoomId room);
store::RulesRecord any_rules();

}  // namespace kindroom::test
