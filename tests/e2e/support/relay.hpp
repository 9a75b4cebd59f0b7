// A network between a client and the house that a test can cut. It has one address, whatever port the house has.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace kindroom::test {

// Bytes go through as they come, both ways. Threads: runs one of its own; call it from any one thread at a time.
class Relay {
  public:
    // Leads to this port of the loopback.
    explicit Relay(const std::string& port);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    std::string url() const;
    // Where connections lead that are made from now on.
    void lead_to(const std::string& port);
    // Ends all connections without a word.
    void cut();
    // Ends each connection that there is now, once this many more bytes have gone through it to the client.
    void cut_after(std::uint64_t bytes);
    // The same for the next connection that comes, and for that one only.
    void cut_next_after(std::uint64_t bytes);
    // What clients say is lost on the way from now on.
    void mute();
    // Nothing goes through to clients any more, and the house's socket is not read; or it goes on.
    void freeze(bool frozen);

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace kindroom::test
