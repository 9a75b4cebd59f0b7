#include "domain/visibility.hpp"

namespace kindroom::domain {

bool Visibility::shows(const Sighting& sighting, Horizon horizon) const {
    switch (sighting.kind) {
        case Sighting::Kind::words:
            return sighting.position > horizon.from;
        case Sighting::Kind::presence:
            return true;
    }
    return false;
}

}  // namespace kindroom::domain
