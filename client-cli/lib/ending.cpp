#include "lib/ending.hpp"

namespace kindroom::client {

bool may_come_back(const Ending& ending) {
    switch (ending.kind) {
        case EndKind::closed_by_us:
        case EndKind::untrusted:
        case EndKind::misconfigured:
            return false;
        case EndKind::lost:
        case EndKind::timed_out:
        case EndKind::unreachable:
        case EndKind::refused:
            return true;
        case EndKind::closed_by_server:
            break;
    }
    const auto code = ending.close_code;
    if (code >= 4000) return code < 4500;
    // Of the standard codes: going away, trouble inside, restart, try later. The others blame us, and would again.
    return code == 1001 || code == 1005 || code == 1006 || (code >= 1011 && code <= 1014);
}

bool nobody_signed_in(const Ending& ending) {
    return ending.kind == EndKind::closed_by_server && ending.close_code == 4003;
}

}  // namespace kindroom::client
