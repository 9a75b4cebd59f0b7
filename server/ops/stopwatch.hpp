// How long something takes, for Metrics::observe(). Nothing is decided by it: what decides asks the injected Clock,
// which knows whole milliseconds only.
#pragma once

#include <chrono>

namespace kindroom::ops {

// Runs from its construction.
class Stopwatch {
  public:
    std::chrono::nanoseconds elapsed() const { return Instant::clock::now() - begun_; }

  private:
    using Instant = std::chrono::steady_clock::time_point;
    Instant begun_ = Instant::clock::now();
};

}  // namespace kindroom::ops
