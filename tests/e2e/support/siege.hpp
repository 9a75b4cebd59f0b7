// A house under attack while a crowd of members goes on talking in it, and what became of both.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "e2e/support/crowd.hpp"
#include "e2e/support/guest.hpp"
#include "support/test_client.hpp"

namespace kindroom::test {

class Siege;

// A row of the table of attacks.
struct Attack {
    // As the rest of a sentence that begins with "The crowd notices nothing of".
    const char* name;
    void (*carry_out)(Siege&);
    // Over those of the siege, which are the server's own defaults but for a few.
    Settings settings = {};
    // How much more memory the server may hold at any moment of it.
    std::uint64_t mebibytes_max = 48;
};

inline void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }

// KINDROOM_ATTACK_SECONDS: how long each attack goes on. From ten on it is meant seriously: the crowd and the attack
// are as large as the product's promise says, and the figures are held to it.
class Siege {
  public:
    explicit Siege(const Attack& attack);

    // The whole of it: a while without the attack, a while with it, and what is left of it afterwards. Fails the test
    // that runs it where the crowd noticed something.
    void run();

    // -- for the attack --
    // Whether there is still time.
    bool goes_on() const;
    // Lets a moment pass, or less if the server ends.
    void beat(Milliseconds moment);
    // How many of something: a few for an ordinary run, or as many as are meant.
    std::size_t many(std::size_t few, std::size_t all) const { return is_serious_ ? all : few; }
    // Counts something that belongs to the attack's own figures.
    void count(const std::string& what, std::uint64_t more = 1);

    // Of the server, compared with before the attack; a visitor of the crowd may be one of them.
    std::uint64_t more_descriptors();

    House& house() { return house_; }
    const Crowd& crowd() const { return crowd_; }
    // Connected over TCP and no further; the listeners with TLS and without are one server.
    net::TestClient plain() const;
    net::TestClient to_tls() const;
    // One for whom the WebSocket is open.
    net::TestClient upgraded(const std::string& subprotocol = "kindroom.v1") const;
    // And who has said Hello.
    net::TestClient greeted() const;

  private:
    void judge(const Crowd::Figures& before, const Crowd::Figures& during) const;

    const Attack& attack_;
    const Milliseconds lasts_;
    const bool is_serious_;
    House house_;
    Crowd crowd_;
    std::chrono::steady_clock::time_point ends_;
    std::uint64_t descriptors_ = 0;
    std::map<std::string, std::uint64_t> counted_;
};

// -- what an attacker says --

std::string framed(const v1::Request& request);
// The answer to a request; nothing if the connection ended first. What comes before it is not looked at.
std::optional<v1::Reply> asked(net::TestClient& client, v1::Request request);
// The code of the refusal; unspecified where it was none or no answer came.
v1::ErrorCode refusal(net::TestClient& client, v1::Request request);
// An account of one's own, by an invite; whether it was made.
std::optional<v1::AccountCreated> signed_up(net::TestClient& client, const std::string& invite);

std::vector<Attack> attacks_on_connections();
std::vector<Attack> attacks_on_frames();
std::vector<Attack> attacks_on_bytes();
std::vector<Attack> attacks_on_doors();
std::vector<Attack> attacks_on_people();

}  // namespace kindroom::test
