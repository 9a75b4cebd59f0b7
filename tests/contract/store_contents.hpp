// All that a store says, in one value that can be compared: for tests that ask whether two stores hold the same.
#pragma once

#include <vector>

#include "contract/store_world.hpp"

namespace kindroom::test {

// Everything about the rooms, accounts and names that a test uses, in an order of its own.
struct Contents {
    struct Room {
        store::RoomRecord record;
        Position head{};
        std::vector<store::MembershipRecord> memberships;
        std::vector<store::StepRow> steps;
        std::vector<store::AcceptedPost> accepted;
        std::vector<store::HeldRecord> held;
        std::vector<store::RoomInviteRecord> invites;
        std::vector<store::WrappedKey> keys;
        friend bool operator==(const Room&, const Room&) = default;
    };
    struct Account {
        store::AccountRecord record;
        std::vector<store::SessionRecord> sessions;
        std::vector<store::MatterRecord> matters;
        std::vector<store::ReceivedRecord> received;
        std::vector<store::WrappedKey> keys;
        friend bool operator==(const Account&, const Account&) = default;
    };
    std::vector<Room> rooms;
    std::vector<Account> accounts;
    std::optional<store::InviteRecord> invite;
    std::vector<store::CaseRecord> cases;
    std::vector<store::ReportRecord> reports;
    std::vector<store::WrappedKey> keys_of_cases;
    std::optional<store::ReportRecord> report;
    std::optional<store::RulesRecord> rules;
    std::vector<store::AuditRow> audit;
    std::optional<Bytes> meta;
    friend bool operator==(const Contents&, const Contents&) = default;
};

struct Named {
    std::vector<AccountId> accounts;
    SecretHash invite;
    SecretHash report;
    std::string meta;
};

Contents read_contents(StoreWorld& world, const Named& named);

// A loaded room, or account, with its rows in an order of their own.
Contents::Room sorted(store::LoadedRoom loaded);
Contents::Account sorted(store::LoadedAccount loaded);

}  // namespace kindroom::test
