// What of a step one viewer is not shown, as a small key: all who are shown the same get the same bytes.
#pragma once

#include <cstdint>

#include "domain/event.hpp"
#include "domain/window.hpp"

namespace kindroom::domain {

struct Variant {
    bool without_link = false;
    bool without_words = false;
    // One bit for each mention that is left out; there are never more than eight.
    std::uint8_t without_mentions = 0;

    bool is_whole() const { return *this == Variant{}; }
    friend auto operator<=>(const Variant&, const Variant&) = default;
};

// For a step that `view` shows.
Variant variant_of(const RoomStep& step, const View& view);
// The step without what the variant leaves out.
RoomStep cut_to(Variant variant, RoomStep step);

}  // namespace kindroom::domain
