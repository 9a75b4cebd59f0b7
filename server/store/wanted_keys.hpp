// Which keys it takes to open what was loaded.
#pragma once

#include <set>

#include "store/sealed.hpp"

namespace kindroom::store {

inline void want(std::set<DataKeyId>& keys, const Sealed& sealed) {
    keys.insert(sealed.place_key);
    keys.insert(sealed.person_key);
}

}  // namespace kindroom::store
