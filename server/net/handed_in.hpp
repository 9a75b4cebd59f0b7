// A listening socket that somebody keeps for us while we restart: whoever connects meanwhile waits, and is not refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kindroom::net {

// The descriptor of the one that was handed to this process under the name "tls", the way systemd does it
// (sd_listen_fds(3)); nothing, where none was handed to it. Whoever connects to a socket that nobody accepts from waits
// for ever, so one that is named otherwise is trouble, and a second one too: one sentence for the operator. Whether it
// is a listening socket at all is for whoever opens it to find out.
using HandedIn = std::variant<std::optional<int>, std::string>;
HandedIn handed_in_socket();

// Of what systemd says: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES. Pure.
HandedIn handed_in_socket(int own_pid, std::string_view pid, std::string_view count, std::string_view names);

}  // namespace kindroom::net
