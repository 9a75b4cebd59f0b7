// What may happen a thousand times a second, and fills no log.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

namespace kindroom::ops {

// Of one kind of line. Any thread.
class Seldom {
  public:
    using Instant = std::chrono::steady_clock::time_point;
    // Between two lines.
    static constexpr std::chrono::minutes pause{1};

    // It has happened. Nothing if there was a line a moment ago; otherwise it is time for one, and for how often it has
    // happened since the last.
    std::optional<std::uint64_t> happened(Instant now = Instant::clock::now());

  private:
    // Guards what follows.
    std::mutex mutex_;
    std::optional<Instant> told_at_;
    std::uint64_t untold_ = 0;
};

}  // namespace kindroom::ops
