// Stands in for the real Client: the same face towards net/, and behind it an echo that also obeys a few words.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "actors/transport.hpp"

namespace kindroom::actors {

class Home;

// Every frame comes back as it came, but for these words:
//   "three"       comes back as three frames of one turn: "one", "two", "three"
//   "end N"       "farewell" is queued, and the connection closed with code N
//   "pause"       "paused" is queued, and reading stops until Home::resume()
//   "flood"       frames of 100 KB are queued for ever
//   "who"         what the Peer says
//   "no memory"   std::bad_alloc
class Client {
  public:
    Client(Transport& transport, const Peer& peer, Home& home) : transport_(transport), peer_(peer), home_(home) {}

    void on_frame(std::span<const std::byte> bytes);
    bool take(std::vector<wire::Frame>& into, std::size_t max_bytes);
    void on_closed();
    wire::Format format() const { return peer_.format; }

    void say(std::string_view word);
    Transport& transport() { return transport_; }

  private:
    Transport& transport_;
    const Peer peer_;
    Home& home_;
    std::deque<wire::Frame> outbox_;
    bool woken_ = false;
    bool floods_ = false;
};

}  // namespace kindroom::actors
