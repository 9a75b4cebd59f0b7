// A network between a client and the house that a test can cut. It has one address, whatever port the house has.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
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
    // Ends each connection, those that come as well, once this many more bytes have gone through it to the client.
    // Nothing: no longer.
    void cut_each_after(std::optional<std::uint64_t> bytes);
    // Nothing goes through to clients any more, and the house's socket is not read; or it goes on.
    void freeze(bool frozen);

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace kindroom::test
