#include "runtime/system_clock.hpp"

namespace kindroom::runtime {

using std::chrono::steady_clock;

SystemClock::SystemClock()
    : wall_at_start_(std::chrono::floor<Duration>(std::chrono::system_clock::now())), start_(steady_clock::now()) {}

TimePoint SystemClock::now() const {
    return wall_at_start_ + std::chrono::duration_cast<Duration>(steady_clock::now() - start_);
}

}  // namespace kindroom::runtime
