// What one person said lately in one room, as far as repetition and pace are judged: when, and a number that is the
// same for the same words. One's own only (PRODUCT look 30). Not durable.
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>

#include "base/time.hpp"

namespace kindroom::filters {

class Habits {
  public:
    // No filter can ask for more.
    static constexpr std::uint32_t remembered_max = 32;
    static constexpr Duration remembered_for{3'600'000};

    void note(std::string_view folded, TimePoint now);
    // How many of these words, or of any, there were since then.
    std::uint32_t repeated(std::string_view folded, TimePoint since) const;
    std::uint32_t said(TimePoint since) const;
    bool is_forgotten(TimePoint now) const { return said_.empty() || now - said_.back().at > remembered_for; }

  private:
    struct Said {
        TimePoint at{};
        std::uint64_t words = 0;
    };
    std::deque<Said> said_;
};

}  // namespace kindroom::filters
