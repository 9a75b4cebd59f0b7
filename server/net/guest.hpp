// Who has come, as far as the socket tells.
#pragma once

#include "base/ids.hpp"

namespace kindroom::net {

struct Guest {
    NetworkId network{};
    bool is_loopback = false;
    bool is_operator = false;
    bool is_over_tls = false;
    // One more from its network than may be: told so with close code 4004 and not let in.
    bool is_too_many = false;
};

}  // namespace kindroom::net
