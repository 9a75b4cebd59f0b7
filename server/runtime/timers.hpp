// Tasks that wait for their time, in the order in which it comes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/task.hpp"

namespace kindroom::runtime {

// A heap, so that ten thousand waiting connections cost one kernel timer. Pure: the caller says what time it is. Not
// for two threads at once.
class Timers {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    void add(Instant due, Task task);
    // When the next task is due; nothing if none waits.
    std::optional<Instant> next() const;
    // The first task due at `now` or before, earliest first and among equals in the order of add(); an empty one if
    // none.
    Task take_due(Instant now);
    // Drops all of them unrun.
    void clear();

  private:
    struct Entry {
        Instant due;
        std::uint64_t order;
        Task task;
    };
    static bool later(const Entry& a, const Entry& b);

    std::vector<Entry> heap_;
    std::uint64_t added_ = 0;
};

}  // namespace kindroom::runtime
