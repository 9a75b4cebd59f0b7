// What the threads of one store share about trouble.
#pragma once

#include <atomic>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/task.hpp"

namespace kindroom::store {

// Told once, in a sentence for the operator without anything private, when the store can no longer promise anything.
// Called on a thread of the store; the real one prints and ends the process.
using OnFatal = MoveOnlyFunction<void(std::string_view sentence)>;

class Fate {
  public:
    Fate(const Clock& clock, OnFatal on_fatal) : clock_(clock), on_fatal_(std::move(on_fatal)) {}

    // From here on no completion says success; nothing is answered at all. Any thread.
    void end(std::string_view sentence) {
        if (!over_.exchange(true)) on_fatal_(sentence);
    }
    bool is_over() const { return over_.load(); }

    // The one refusal: long enough away not to hurry a disk in trouble, short for a person who waits.
    Error unavailable() const { return refuse_until(Errc::unavailable, clock_.now() + Duration{1'000}); }

  private:
    const Clock& clock_;
    OnFatal on_fatal_;
    std::atomic<bool> over_ = false;
};

}  // namespace kindroom::store
