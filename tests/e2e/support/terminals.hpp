// People in a test who use the command `kindroom` over TLS, each under a profile of their own: as scripts of requests,
// or as somebody who types.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

// A request as a line of a script.
std::string as_line(const v1::Request& asked);
std::string await_text(const std::string& text);

class Terminals {
  public:
    Terminals(House& house, std::string room) : house_(house), room_(std::move(room)), relay_(house.port()) {}

    // Pulls the plug and starts the house anew. All connections are gone.
    void kill_and_start();

    // -- lines about the room --
    std::string join(const std::string& name, const std::string& invite_code = {}) const;
    std::string say(const std::string& text, const std::string& reply_to = {}) const;
    std::string go_on_duty() const;

    // Makes an account and agrees to the rules; then these lines.
    Launch newcomer(const std::string& who, const std::string& role, const std::string& lines);
    // The same, and goes into the room first.
    Ran comes(const std::string& who, const std::string& role = "member", const std::string& lines = {});
    // Comes back and listens to the room; then these lines.
    Launch back(const std::string& who, const std::string& lines) const;
    Ran says(const std::string& who, const std::string& lines) const { return run(back(who, lines)); }
    // Comes back at the keyboard, in front of the room, and types these lines. Returns what stood on the screen.
    std::string types(const std::string& who, const std::string& typed) const;

  private:
    Launch launch(const std::string& who, const std::string& lines, std::vector<std::string> options) const;

    House& house_;
    std::string room_;
    // A profile is signed in at one address, whatever port the house has.
    Relay relay_;
};

bool has(const Ran& ran, const std::string& words);

}  // namespace kindroom::test
