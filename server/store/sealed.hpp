// A text that only its keys open, and the keys as they are stored.
#pragma once

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace kindroom::store {

// A text that can be read only with both keys: the one of its place and time, and the one of the person whose words it
// is. Destroying either makes it unreadable, in every copy of the database: the first is how retention ends, the second
// is how an account is erased. A text that has no place (a device label, a name) has a nil place key, and a text of
// the house (a handover note) a nil person key.
struct Sealed {
    DataKeyId place_key;
    DataKeyId person_key;
    Bytes box;  // empty: no text at all
    friend bool operator==(const Sealed&, const Sealed&) = default;
};

// A data key as it is stored: encrypted under the master key, which is never in the database.
struct WrappedKey {
    DataKeyId id;
    // For the key of a room and day: which room, and when it is to be destroyed. Nil and `never` for other keys.
    RoomId room;
    TimePoint destroy_at = never;
    Bytes wrapped;
    friend bool operator==(const WrappedKey&, const WrappedKey&) = default;
};

}  // namespace kindroom::store
