#include "net/ending.hpp"

namespace kindroom::net {

Ending ending_of(actors::CloseCode code) {
    const auto ending = [code](const char* reason, ops::Counter counted_as) {
        return Ending{static_cast<std::uint16_t>(code), reason, counted_as};
    };
    using enum actors::CloseCode;
    switch (code) {
        case server_restarts:
            return ending("the server restarts", ops::Counter::connections_closed_server_restarts);
        case too_slow:
            return ending("too slow in reading", ops::Counter::connections_closed_too_slow);
        case idle:
            return ending("nothing heard for too long", ops::Counter::connections_closed_idle);
        case signed_in_too_late:
            return ending("signed in too late", ops::Counter::connections_closed_signed_in_too_late);
        case too_many_connections:
            return ending("too many connections", ops::Counter::connections_closed_too_many);
        case malformed:
            return ending("malformed frames", ops::Counter::connections_closed_malformed);
        case session_ended:
            return ending("the session ended", ops::Counter::connections_closed_session_ended);
        case limit_broken:
            return ending("a limit was broken", ops::Counter::connections_closed_limit_broken);
    }
    return {};
}

}  // namespace kindroom::net
