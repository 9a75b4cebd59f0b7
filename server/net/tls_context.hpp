// How we speak TLS.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "base/time.hpp"

namespace boost::asio::ssl {
class context;
}

namespace kindroom::net {

// Shared by the handshakes that begin while it is the current one; a reload makes a new one.
using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only. `certificate` is a PEM chain, our own first,
// `key` belongs to it and has no passphrase. On trouble: one sentence for the operator that names the file and the
// remedy. A certificate whose time is over is refused as well: clients would refuse it, and say so less clearly.
std::variant<TlsContext, std::string> load_tls_context(const std::filesystem::path& certificate,
                                                       const std::filesystem::path& key);

// When the certificate is over.
TimePoint end_of_certificate(boost::asio::ssl::context& context);

// The same with other keys for session tickets: what was recorded of resumed TLS 1.2 sessions cannot be read with keys
// that are found later. Reads no file. Nothing for want of memory.
TlsContext with_new_tickets(boost::asio::ssl::context& old);

}  // namespace kindroom::net
