// How fast one connection may send to us.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kindroom::net {

// A bucket of bytes: full at first, filled at a steady rate. Pure: the caller says what time it is.
class ReadAllowance {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    ReadAllowance(std::uint32_t bytes_per_second, std::uint32_t burst_bytes)
        : per_byte_(std::chrono::nanoseconds(std::chrono::seconds(1)) / (bytes_per_second == 0 ? 1 : bytes_per_second)),
          burst_(per_byte_ * burst_bytes) {}

    // That many have been read. May overdraw: one reads what has come, and pauses after it.
    void took(std::size_t bytes, Instant now) {
        if (spent_until_ < now) spent_until_ = now;
        spent_until_ += per_byte_ * static_cast<std::int64_t>(bytes);
    }
    // How long to wait before reading on; zero or less: not at all.
    Instant::duration pause(Instant now) const { return spent_until_ - burst_ - now; }

  private:
    std::chrono::nanoseconds per_byte_;
    std::chrono::nanoseconds burst_;
    // When the bucket is full again. One instant is the whole state.
    Instant spent_until_{};
};

}  // namespace kindroom::net
