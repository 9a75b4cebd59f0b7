#include "domain/people.hpp"

#include <algorithm>

#include "domain/settings.hpp"

namespace kindroom::domain {

bool Standing::may_moderate(RoomId room) const {
    if (may_moderate_the_house()) return true;
    return role == Role::moderator && std::find(moderates.begin(), moderates.end(), room) != moderates.end();
}

Duration length_of(Retention retention) {
    using std::chrono::days;
    switch (retention) {
        case Retention::hours_24:
            return days{1};
        case Retention::days_7:
            return days{7};
        case Retention::days_30:
            return days{30};
    }
    return days{1};
}

}  // namespace kindroom::domain
