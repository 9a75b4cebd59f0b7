// A certificate for trying things out on one machine, without asking anybody.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace kindroom::operator_ {

struct DevCertificate {
    std::filesystem::path authority;  // for the client's --ca
    std::filesystem::path certificate;
    std::filesystem::path key;
    std::string fingerprint;  // SHA-256 of the certificate, AB:CD:..., for the client's --pin
};

// Makes a certificate authority and, signed by it, a certificate for localhost, 127.0.0.1 and ::1, both for 90 days,
// and writes ca.pem, server.pem and server.key (mode 0600) into the folder, never over existing files. On trouble: a
// sentence.
//
// The authority's own key is never written and is gone afterwards, and the authority is limited to these names:
// somebody who takes the folder cannot make other certificates that whoever trusts ca.pem would believe.
std::variant<DevCertificate, std::string> make_dev_certificate(const std::filesystem::path& folder);

// The fingerprint of the certificate that is served from this file, for the client's --pin, where nobody else vouches
// for it: it was made as above, or is signed by itself. Nothing for any other, and where it cannot be read.
std::optional<std::string> pin_to_tell(const std::filesystem::path& certificate);

}  // namespace kindroom::operator_
