// How a connection ends that we end.
#pragma once

#include <cstdint>

#include "actors/transport.hpp"
#include "ops/metrics.hpp"

namespace kindroom::net {

struct Ending {
    std::uint16_t code = 0;
    // For the eyes of whoever writes a client; programs read the code.
    const char* reason = "";
    ops::Counter counted_as = ops::Counter::connections_closed_by_client;
};

Ending ending_of(actors::CloseCode code);

// Code 1003 of RFC 6455: text where binary was agreed, or the other way about.
inline constexpr Ending wrong_kind_of_frames{1003, "not the frames of this subprotocol",
                                             ops::Counter::connections_closed_malformed};

}  // namespace kindroom::net
