// What the store keeps of accounts that are being erased.
#pragma once

#include "base/ids.hpp"

namespace kindroom::store {

// A room that still has to take back the words of an account that was erased.
struct Erasure {
    RoomId room;
    AccountId account;
    friend bool operator==(const Erasure&, const Erasure&) = default;
};

// ---- Changes --------------------------------------------------------------------------------------------------------

// Destroys the key of this person, and forgets the account with all that is private to it. The rooms that it was ever
// in come onto the list of erasures, from which EndErasure takes them.
struct EraseAccount {
    AccountId account;
};
// The room has taken back the words of an account that was erased: what is left of it there goes too, but for who it is
// that has left.
struct EndErasure {
    RoomId room;
    AccountId account;
};

}  // namespace kindroom::store
