// A clock that stands still until a test moves it.
#pragma once

#include <atomic>

#include "base/assert.hpp"
#include "base/clock.hpp"

namespace kindroom::test {

// Any thread may read it. Starts on a day that is easy to recognise: 2026-01-01 00:00 UTC.
class VirtualClock final : public Clock {
  public:
    VirtualClock() = default;
    explicit VirtualClock(TimePoint start) : now_ms_(to_ms(start)) {}

    TimePoint now() const override { return from_ms(now_ms_.load()); }

    // Forwards only, like every Clock. Moves the time and nothing else: timers run by ManualScheduler::advance.
    void move_to(TimePoint then) {
        KINDROOM_ASSERT(to_ms(then) >= now_ms_.load());
        now_ms_.store(to_ms(then));
    }

  private:
    std::atomic<std::int64_t> now_ms_{1'767'225'600'000};
};

}  // namespace kindroom::test
