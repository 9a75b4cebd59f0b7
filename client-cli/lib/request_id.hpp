// The number by which a request is known until its reply has come.
#pragma once

#include <cstdint>
#include <set>

#include "kindroom/v1/frames.pb.h"

namespace kindroom::client {

// That of the request, where whoever made it has given it one; otherwise it gets the next after `last` that no request
// has which waits.
inline std::uint32_t number(v1::Request& request, std::uint32_t& last, const std::set<std::uint32_t>& waiting) {
    if (request.id() == 0) {
        do {
            ++last;
        } while (waiting.contains(last));
        request.set_id(last);
    }
    return request.id();
}

}  // namespace kindroom::client
