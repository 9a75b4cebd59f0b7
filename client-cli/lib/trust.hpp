// Which server certificates are accepted. There is no way to accept all of them.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>
#include <variant>

#include "lib/ending.hpp"

namespace kindroom::client {

// Immutable once made, so that many connections share it.
struct Trust {
    boost::asio::ssl::context context{boost::asio::ssl::context::tls_client};
    // SHA-256 of the one accepted server certificate, 32 bytes; or empty: a chain to a certificate authority and the
    // right name are asked for.
    std::string pin;
};

struct TrustOptions {
    // A PEM file of certificate authorities, instead of those of the system. Empty: those of the system.
    std::string ca_file;
    // SHA-256 of the server's certificate in hexadecimal, with or without colons and a leading "sha256:". Takes the
    // place of authorities and name.
    std::string pin;
};

std::variant<std::shared_ptr<Trust>, Ending> make_trust(const TrustOptions& options);

// 64 hexadecimal digits, with or without colons and "sha256:", to 32 bytes; anything else to an empty string.
std::string read_pin(std::string_view text);

// SHA-256 of a certificate, 32 bytes.
std::string fingerprint(X509* certificate);

// AB:CD:... for a person to compare.
std::string show_fingerprint(std::string_view sha256);

}  // namespace kindroom::client
