// Who is to receive what, and whether they did: each message that a member may see exactly once, each author's in
// order, and all in one order for all who see the same. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/tags.hpp"

namespace kindroom::bench {

// The one thing that makes a measurement fail.
struct WrongDelivery : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Ledger {
  public:
    // Members are numbered through; `room_of[i]` is the room of member i, and members of one room stand together.
    // `sees(viewer, author)` is asked for two members of one room.
    Ledger(std::vector<std::uint32_t> room_of, const std::function<bool(std::uint32_t, std::uint32_t)>& sees);

    // The next message of this author: from now on everybody who may see it is to receive it.
    Tag post(std::uint32_t author);
    // Throws WrongDelivery where this was not the next of the author's messages that the viewer was to receive.
    void received(std::uint32_t viewer, Tag tag);

    // How many are to receive what this author posts.
    std::uint32_t audience(std::uint32_t author) const { return audience_[author]; }
    // Nothing is owed to this viewer any more, whose connection stands still; what comes is looked at as before.
    void excuse(std::uint32_t viewer);
    bool is_excused(std::uint32_t viewer) const { return excused_[viewer]; }
    // Listens again, from now on.
    void readmit(std::uint32_t viewer);
    // Whether this viewer has all that was posted for them.
    bool has_all(std::uint32_t viewer) const;

    bool is_complete() const { return missing_ == 0; }
    std::uint64_t deliveries() const { return deliveries_; }
    // Once it is complete. Throws WrongDelivery where two who see the same authors received in different orders.
    void check_order() const;
    // For people: who still waits for what.
    std::string first_missing() const;

  private:
    // A message that one is never to receive.
    static constexpr std::uint32_t hidden = UINT32_MAX;

    std::uint32_t& next_of(std::uint32_t viewer, std::uint32_t author);
    const std::uint32_t* row_of(std::uint32_t viewer) const;

    struct Room {
        std::uint32_t first = 0;
        std::uint32_t size = 0;
        std::size_t table = 0;
    };
    const std::vector<std::uint32_t> room_of_;
    std::vector<Room> rooms_;
    // For each room a table: for each viewer the number of each author's message that is to come next.
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> posted_;
    std::vector<std::uint32_t> audience_;
    std::vector<std::uint64_t> order_;
    std::vector<bool> excused_;
    // Was away, so that their order is not that of the others.
    std::vector<bool> partial_;
    std::uint64_t missing_ = 0;
    std::uint64_t deliveries_ = 0;
};

}  // namespace kindroom::bench
