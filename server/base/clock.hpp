// Seam: what time it is.
#pragma once

#include "base/time.hpp"

namespace kindroom {

// Wall-clock time. Any thread. The real one never goes backwards while the process runs (it adds monotonic time to the
// wall clock read at the start), so a sanction or a mute does not return because somebody set the clock.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

}  // namespace kindroom
