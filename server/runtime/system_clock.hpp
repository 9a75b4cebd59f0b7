// The real clock.
#pragma once

#include <chrono>

#include "base/clock.hpp"

namespace kindroom::runtime {

// The wall clock as it was when this was made, and the time since by the monotonic clock. Any thread.
class SystemClock final : public Clock {
  public:
    SystemClock();
    TimePoint now() const override;

  private:
    const TimePoint wall_at_start_;
    const std::chrono::steady_clock::time_point start_;
};

}  // namespace kindroom::runtime
