#include "net/handed_in.hpp"

#include <charconv>
#include <cstdlib>
#include <unistd.h>

namespace kindroom::net {
namespace {

// Where systemd begins to count: behind standard input, output and error.
constexpr int first_descriptor = 3;

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view variable(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

HandedIn handed_in_socket() {
    return handed_in_socket(::getpid(), variable("LISTEN_PID"), variable("LISTEN_FDS"), variable("LISTEN_FDNAMES"));
}

HandedIn handed_in_socket(int own_pid, std::string_view pid, std::string_view count, std::string_view names) {
    // Variables that were meant for another process may be left in the environment.
    if (number(pid) != own_pid) return std::nullopt;
    const int descriptors = number(count).value_or(0);
    if (descriptors < 1) return std::nullopt;
    if (descriptors > 1)
        return "Several sockets were handed to the server, and it takes one: leave one ListenStream= in the socket "
               "unit, and one unit in Sockets=.";
    if (names != "tls")
        return "The socket that was handed to the server is not named tls: write FileDescriptorName=tls into the "
               "[Socket] section of its unit.";
    return first_descriptor;
}

}  // namespace kindroom::net
