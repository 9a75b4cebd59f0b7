// How many are connected, and from where. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "base/limits.hpp"
#include "net/guest.hpp"

namespace kindroom::net {

// Not for two threads at once. Operators and loopback belong to no network; operators do not make the house full
// either.
class Crowd {
  public:
    explicit Crowd(const Limits& limits)
        : guests_max_(limits.connections_max), per_network_max_(limits.connections_per_network_max) {}

    enum class Welcome {
        come_in,
        say_too_many,  // is counted, and told to come back later
        turn_away,     // is not counted: its network does not listen to what it is told
    };
    Welcome arrive(const Guest& guest);
    // Once for each that was counted.
    void leave(const Guest& guest);

    bool is_full() const { return guests_ >= guests_max_; }
    bool is_empty() const { return guests_ == 0 && operators_ == 0; }
    // What is remembered: as many as have somebody here.
    std::size_t networks() const { return by_network_.size(); }

  private:
    std::uint32_t guests_max_;
    std::uint32_t per_network_max_;
    std::uint32_t guests_ = 0;
    std::uint32_t operators_ = 0;
    std::unordered_map<NetworkId, std::uint32_t> by_network_;
};

}  // namespace kindroom::net
