#include "lib/trust.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace kindroom::client {

std::string read_pin(std::string_view text) {
    if (text.starts_with("sha256:") || text.starts_with("SHA256:")) text.remove_prefix(7);
    std::string bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ':') continue;
        int digit = -1;
        if (c >= '0' && c <= '9') digit = c - '0';
        if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        if (digit < 0) return {};
        if (high < 0) {
            high = digit;
        } else {
            bytes.push_back(static_cast<char>(high * 16 + digit));
            high = -1;
        }
    }
    return high < 0 && bytes.size() == 32 ? bytes : std::string();
}

std::string fingerprint(X509* certificate) {
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(digest.data()), &size) != 1) return {};
    digest.resize(size);
    return digest;
}

std::string show_fingerprint(std::string_view sha256) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : sha256) {
        const auto byte = static_cast<unsigned char>(c);
        if (!text.empty()) text.push_back(':');
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

std::variant<std::shared_ptr<Trust>, Ending> make_trust(const TrustOptions& options) {
    auto trust = std::make_shared<Trust>();
    boost::system::error_code failed;
    SSL_CTX_set_min_proto_version(trust->context.native_handle(), TLS1_2_VERSION);
    trust->context.set_verify_mode(boost::asio::ssl::verify_peer, failed);
    if (!options.pin.empty()) {
        trust->pin = read_pin(options.pin);
        if (trust->pin.empty()) return Ending{EndKind::misconfigured, 0, "the pin is not the SHA-256 of a certificate"};
        return trust;
    }
    if (options.ca_file.empty()) {
        trust->context.set_default_verify_paths(failed);
        if (failed) return Ending{EndKind::misconfigured, 0, "the system's certificate authorities cannot be read"};
    } else {
        trust->context.load_verify_file(options.ca_file, failed);
        if (failed) return Ending{EndKind::misconfigured, 0, "no certificates can be read from " + options.ca_file};
    }
    return trust;
}

}  // namespace kindroom::client
