// How a connection ended, or why it never opened.
#pragma once

#include <cstdint>
#include <string>

namespace kindroom::client {

enum class EndKind {
    closed_by_us,      // we asked for it
    closed_by_server,  // close_code says why
    lost,              // cut without a word
    timed_out,         // nothing heard for too long, or not open in time
    unreachable,       // no such host, nobody listens
    untrusted,         // the certificate is not one that the options accept
    refused,           // something else than a Kindroom server answered, or it did not want this handshake
    misconfigured,     // the options make no sense; nothing was tried
};

struct Ending {
    EndKind kind = EndKind::lost;
    // The WebSocket close code that the server sent; 0 where it sent none.
    std::uint16_t close_code = 0;
    // One sentence for a person, without a full stop.
    std::string words;
};

// Whether a client may come back by itself: the server's close code invites it, or the network is to blame. A
// connection that we closed, that was not trusted or that cannot work does not come back.
bool may_come_back(const Ending& ending);

// Whether the server closed because nobody had signed in in time (4003). There is nothing to come back for before
// somebody asks for something.
bool nobody_signed_in(const Ending& ending);

}  // namespace kindroom::client
