// What is owed to whom while boundaries come and go. Between two people who had none all the time: each message exactly
// once. Once a boundary was answered: nothing more. In between: at most once and in order. And one order of a room for
// all. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "bench/ledger.hpp"
#include "bench/tags.hpp"

namespace kindroom::bench {

class LifeBook {
  public:
    // `room_of` as in Ledger.
    explicit LifeBook(std::vector<std::uint32_t> room_of);

    Tag post(std::uint32_t author) { return {.author = author, .number = posted_[author]++}; }
    // Throws WrongDelivery for what was not to arrive.
    void received(std::uint32_t viewer, Tag tag);

    // A boundary between them is asked for: from now on nothing of the author's is owed to the viewer.
    void unsettle(std::uint32_t viewer, std::uint32_t author) { between_[pair(viewer, author)]; }
    // The viewer has the answer: nothing of the author's follows it, until they unmute.
    void mute(std::uint32_t viewer, std::uint32_t author) { between_[pair(viewer, author)].muted = true; }
    void unmute(std::uint32_t viewer, std::uint32_t author) { between_[pair(viewer, author)].muted = false; }
    // The blocker has the answer: nothing of the other's follows it, and what they say from now on does not reach the
    // other, who is told nothing.
    void block(std::uint32_t blocker, std::uint32_t other);
    bool is_settled(std::uint32_t viewer, std::uint32_t author) const {
        return !between_.contains(pair(viewer, author));
    }

    // Whether all that is owed has arrived.
    bool is_complete() const;
    // Throws WrongDelivery unless there is one order of each room that everybody's fits.
    void check_order() const;
    std::uint64_t deliveries() const { return deliveries_; }

  private:
    struct Between {
        bool muted = false;
        bool blocks = false;
        std::uint32_t kept_from = UINT32_MAX;
    };
    static std::uint64_t pair(std::uint32_t viewer, std::uint32_t author) {
        return std::uint64_t{viewer} << 32 | author;
    }

    const std::vector<std::uint32_t> room_of_;
    std::vector<std::uint32_t> posted_;
    std::unordered_map<std::uint64_t, Between> between_;
    // By viewer and author, the number after the last that arrived.
    std::unordered_map<std::uint64_t, std::uint32_t> next_;
    std::vector<std::vector<Tag>> stories_;
    std::uint64_t deliveries_ = 0;
};

}  // namespace kindroom::bench
