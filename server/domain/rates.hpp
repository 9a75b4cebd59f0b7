// How fast is too fast. Pure: time is an argument.
#pragma once

#include <cstdint>

#include "base/error.hpp"
#include "base/time.hpp"

namespace kindroom::domain {

// What a rate is made of: `burst` at once, then one more `every` so long.
struct Rate {
    std::uint32_t burst = 1;
    Duration every{0};
};

// A token bucket that stores one time instead of a level: when it will be full again (GCRA, as in ITU-T I.371).
class TokenBucket {
  public:
    // Takes a token, or refuses with rate_limited and says when there will be one. A refusal takes nothing.
    Result<void> take(const Rate& rate, TimePoint now);
    // Whether nothing was taken lately, so that this bucket need not be remembered.
    bool is_full(TimePoint now) const { return full_at_ <= now; }

  private:
    TimePoint full_at_{};
};

}  // namespace kindroom::domain
