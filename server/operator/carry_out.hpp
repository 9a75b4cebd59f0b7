// The operator's commands: ordinary commands of the protocol, said to a running server through its own Unix socket.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "base/limits.hpp"
#include "config/config.hpp"
#include "operator/order.hpp"

namespace kindroom::operator_ {

// The same as those of the command-line client.
enum class Exit : int { done = 0, refused = 1, usage = 2, connection = 3 };

struct Setting {
    std::filesystem::path socket;
    Limits limits;  // for reading a file of rules before it is sent
    bool json = false;
    std::istream& in;      // facts of a ban, where "-" says so
    std::ostream& out;     // what was asked for; with json one object a line: the server's reply
    std::ostream& err;     // what went wrong, for people
    std::string way_in{};  // how clients come in, in lines for people
};

// Of the listener with TLS: what a running server has noted, else what it was told. "PORT" where only whoever set up
// the house knows it: behind a proxy, and with any free one.
std::string port_for_clients(const config::Config::Listen& listen);

// The client's command that leads into this house from any machine, and what is to be known about it.
std::string way_in(const config::Config::Listen& listen);

// Connects, says it, waits for the answer and prints it.
Exit carry_out(const Order& order, const Setting& setting);

}  // namespace kindroom::operator_
